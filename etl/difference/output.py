"""A difference as text for people, as JSON and as CSV."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Literal

from etl.difference.compare import Change, Difference, FieldChange, LinkChange, Named, ValueChange
from etl.identifiers import BASE
from etl.namespaces import PREFIXES, compact

__all__ = ["CSV_COLUMNS", "DifferenceFormat", "render_csv", "render_json", "render_text"]

DifferenceFormat = Literal["text", "json", "csv"]

#: One row per value; ``graphs_before`` is empty for a value that was added, ``graphs_after`` for one that was removed.
CSV_COLUMNS = (
    "section", "change", "kind", "iri", "title", "subject", "property", "property_title",
    "value", "value_title", "type", "language", "datatype", "graphs_before", "graphs_after",
)  # fmt: skip

_SIGNS = {"added": "+", "removed": "-", "changed": "*"}


def render_text(difference: Difference, old: str, new: str, *, most: int = 20) -> str:
    """Write what changed in words: counts, then items, links and terms by kind.

    :param old: what the earlier dataset is called, and :param new: the later one.
    :param most: how many to write of each kind.
    """
    if difference.is_empty():
        return f"no difference between {old} and {new}\n"
    lines = [f"{old} -> {new}", "", f"{'':8}{'added':>9}{'removed':>9}{'changed':>9}"]
    for section, counts in difference.counts().items():
        lines.append(f"{section:8}{counts['added']:9}{counts['removed']:9}{counts['changed']:9}")
    for section, changes in _sections(difference):
        for happening, sign in _SIGNS.items():
            some = [change for change in changes if change.change == happening]
            for kind, same in groupby(some, key=lambda change: change.kind):
                lines += ["", *_group(f"{section} {happening}: {kind}", list(same), sign, most)]
    return "\n".join(lines) + "\n"


def _sections(difference: Difference) -> tuple[tuple[str, tuple[Change, ...]], ...]:
    return ("items", difference.items), ("links", difference.links), ("terms", difference.terms)


def _group(title: str, changes: list[Change], sign: str, most: int) -> Iterator[str]:
    yield f"{title} ({len(changes)})"
    for change in changes[:most]:
        yield f"  {sign} {_heading(change)}"
        if isinstance(change, LinkChange) and change.change != "changed":
            yield f"      {', '.join(_standing(change))}"
            yield f"      {change.rationale}"
        elif change.change == "changed":
            yield from (f"      {line}" for line in _field_lines(change))
    if len(changes) > most:
        yield f"  ... and {len(changes) - most} more (--most)"


def _heading(change: Change) -> str:
    if isinstance(change, LinkChange):
        return f"{_name(change.source)} — {_small(change.property.title)} → {_name(change.target)}"
    return _name(change)


def _standing(link: LinkChange) -> list[str]:
    return [word for word in (link.strength, link.basis, link.confidence and f"confidence {link.confidence}") if word]


def _name(named: Named | Change) -> str:
    """The title, and the path or compact name by which an item or term is found in the files and in its IRI."""
    path = named.iri.removeprefix(f"{BASE}id/")
    path = compact(path) if path == named.iri else path
    return named.title if named.title in {named.iri, path} else f"{named.title} ({path})"


def _small(words: str) -> str:
    """A label as it stands inside a line; some vocabularies write theirs with a capital or as one word."""
    words = re.sub(r"(?<=[a-z])[A-Z]", lambda capital: f" {capital[0].lower()}", words)
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def _field_lines(change: Change) -> Iterator[str]:
    wholes = {change.iri, change.source.iri} if isinstance(change, LinkChange) else {change.iri}
    for subject, same in groupby(change.fields, key=lambda field: field.subject):
        fields = list(same)
        if subject in wholes:
            yield from _lines(fields, "")
            continue
        part = subject.removeprefix(f"{change.iri}/").removeprefix(f"{BASE}id/")
        sides = {(bool(value.before), bool(value.after)) for field in fields for value in field.values}
        if len(sides) == 1 and sides != {(True, True)}:
            said = (f"{_small(f.property.title)} {_words(v)}" for f in fields for v in f.values if _tells(f, v, change))
            yield f"{'-' if sides == {(True, False)} else '+'} {part}: {'; '.join(said)}"
        else:
            yield from _lines(fields, f"{part}: ")


def _tells(field: FieldChange, value: ValueChange, change: Change) -> bool:
    """Whether a value of a part says more than what kind of part it is, of what, and what follows from that."""
    inferred = {*value.before, *value.after} == {"inferred"}
    return value.value != change.iri and field.property.iri != PREFIXES["rdf"] + "type" and not inferred


def _lines(fields: Iterable[FieldChange], part: str) -> Iterator[str]:
    """Lines of each field; fields with the same values, such as title and preferred label, are written once."""
    names: dict[tuple[ValueChange, ...], list[str]] = {}
    for field in fields:
        names.setdefault(field.values, []).append(_small(field.property.title))
    for values, titles in names.items():
        yield from _value_lines(part + ", ".join(titles), values)


def _value_lines(name: str, values: Iterable[ValueChange]) -> Iterator[str]:
    """``name: old -> new`` where one short value of a language was replaced, else a line for each value."""
    for language, same in groupby(sorted(values, key=lambda value: value.language), key=lambda value: value.language):
        changes = list(same)
        field = f"{name} ({language})" if language else name
        removed = [value for value in changes if not value.after]
        added = [value for value in changes if not value.before]
        if len(changes) == 2 and len(removed) == len(added) == 1 and all(len(value.value) < 60 for value in changes):
            yield f"{field}: {_words(removed[0])} -> {_words(added[0])}"
        else:
            yield from (f"{field}: {_sign(value)} {_words(value)}{_graphs(value)}" for value in changes)


def _sign(value: ValueChange) -> str:
    return "+" if not value.before else "-" if not value.after else "="


def _words(value: ValueChange) -> str:
    return _name(Named(iri=value.value, title=value.title)) if value.type == "uri" else value.value


def _graphs(value: ValueChange) -> str:
    before, after = set(value.before), set(value.after)
    if not before or not after:
        return " (inferred)" if before | after == {"inferred"} else ""
    gained, lost = (
        ", ".join(name or "the default graph" for name in sorted(names)) for names in (after - before, before - after)
    )
    return f" ({', '.join(filter(None, [gained and f'now in {gained}', lost and f'no longer in {lost}']))})"


def render_json(difference: Difference, old: str, new: str) -> str:
    """Write everything as one JSON object: the two versions, the counts, and each change with its values."""
    content = {"old": old, "new": new, "counts": difference.counts(), **difference.model_dump()}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def render_csv(difference: Difference, cell: Callable[[str], str] = str) -> str:
    """Write one row for each value that is new, gone or moved, with a header even if there is none.

    :param cell: what becomes of each cell, for spreadsheets that would run some.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(CSV_COLUMNS)
    for section, changes in _sections(difference):
        for change in changes:
            about = (section, change.change, change.kind, change.iri, change.title)
            for field in change.fields:
                where = (*about, field.subject, field.property.iri, field.property.title)
                for value in field.values:
                    what = (value.value, value.title, value.type, value.language, value.datatype)
                    writer.writerow(map(cell, (*where, *what, " ".join(value.before), " ".join(value.after))))
    return text.getvalue()
