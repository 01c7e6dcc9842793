"""Organisations: those to which a field gives a role, and those that a text only names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etl.actors import Gazetteer
from etl.errors import ExtractionError
from etl.identifiers import Key, PassageKey
from etl.records import Mention
from etl.sources.assess_2015.layout import blank_calls
from etl.sources.assess_2015.manifest import DeclaredEntry
from etl.sources.assess_2015.passages import PassageWriter

__all__ = ["find_named", "find_with_role"]


def find_with_role(
    writer: PassageWriter,
    gazetteer: Gazetteer,
    entry: DeclaredEntry,
    enacting: Sequence[PassageKey],
    funding: Sequence[PassageKey],
) -> Iterator[Mention]:
    """Find the organisations that the manifest declares for the fields of enacting entities and funding.

    :param enacting: paragraphs of the field of enacting entities; each must name one.
    :param funding: lines of the funding field.
    :raises ExtractionError: when one is not there in the form declared, or is not in the register.
    """
    used: set[PassageKey] = set()
    for body in entry.bodies:
        keys = _find(writer, gazetteer, entry.slug, enacting, (body.actor, body.printed))
        if body.kind and not writer.book.text(keys[0]).startswith(body.kind):
            raise _error(writer, entry.slug, f"{body.printed!r} does not stand behind {body.kind!r}")
        used.update(keys)
        yield Mention(actor=f"actor/{body.actor}", printed=body.printed, role=body.role, kind_printed=body.kind, passages=keys)
    for key in enacting:
        if key not in used:
            raise _error(writer, entry.slug, f"the paragraph {key} names no organisation that the manifest declares")
    for line in entry.funding:
        for funder in line.funders:
            keys = _find(writer, gazetteer, entry.slug, funding, (funder.actor, funder.printed))
            yield Mention(actor=f"actor/{funder.actor}", printed=funder.printed, role="funder", passages=keys)


def find_named(writer: PassageWriter, gazetteer: Gazetteer, keys: Sequence[PassageKey], entry: Key) -> Iterator[Mention]:
    """Find registered organisations in passages: one mention each, in the order in which they come first."""
    found: dict[Key, tuple[str, dict[PassageKey, None]]] = {}
    for key in keys:
        for hit in gazetteer.find(blank_calls(writer.book.text(key)), entry):
            found.setdefault(hit.actor, (hit.printed, {}))[1][key] = None
    for actor, (printed, passages) in found.items():
        yield Mention(actor=f"actor/{actor}", printed=printed, passages=tuple(passages))


def _find(
    writer: PassageWriter, gazetteer: Gazetteer, entry: Key, keys: Sequence[PassageKey], form: tuple[Key, str]
) -> tuple[PassageKey, ...]:
    """Paragraphs in which an organisation stands in one printed form."""

    def stands_in(key: PassageKey) -> bool:
        hits = gazetteer.find(blank_calls(writer.book.text(key)), entry)
        return any((hit.actor, hit.printed) == form for hit in hits)

    found = tuple(key for key in keys if stands_in(key))
    if not found:
        actor, printed = form
        raise _error(writer, entry, f"{printed!r} is not found as {actor}")
    return found


def _error(writer: PassageWriter, entry: Key, found: str) -> ExtractionError:
    return ExtractionError(
        f"{writer.layout.rendition.name}: {entry}: enacting entities and funding",
        found,
        "the organisations that the manifest declares, each with this form in the register",
        "compare the document with its manifest, or add the form to the actor in data/curation/actors/",
    )
