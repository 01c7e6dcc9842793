"""Read the fields of the common template from the lines of an entry."""

from __future__ import annotations

from collections.abc import Sequence

from etl.errors import ExtractionError
from etl.records import TemplateField
from etl.rendition import Line, Rendition
from etl.sources.cdadi_2024_39.blocks import Block, Reader
from etl.sources.cdadi_2024_39.model import EntryFacts, Label

__all__ = ["read_fields"]


def read_fields(
    reader: Reader, entry: EntryFacts, labels: Sequence[Label], lines: Sequence[Line]
) -> dict[tuple[TemplateField, ...], list[Block]]:
    """Read the fields of an entry in the order in which its labels open them; a field without text has no blocks.

    A label that opens the field already open is part of that field's text.

    :returns: blocks by the field, or the two fields, that their label opens.
    :raises ExtractionError: when text stands before the first label, a label is unknown, or the labels are not those
        declared for the entry.
    """
    expected = [tuple(step.split("+")) for step in entry.fields.split()]
    found: list[tuple[TemplateField, ...]] = []
    fields: dict[tuple[TemplateField, ...], list[Block]] = {}
    for line in reader.content(lines):
        label = _known_label(reader, labels, line)
        if label:
            if len(found) >= len(expected) or label.fields != expected[len(found)]:
                raise _unexpected(reader.rendition, line, label, entry, expected[len(found) : len(found) + 1])
            found.append(label.fields)
            if len(found) == 1 or found[-2] != label.fields:
                blocks = fields.setdefault(label.fields, [])
                text_start = line.start + line.text.index(":", len(label.printed)) + 1
                if line.end > text_start and reader.rendition.text[text_start : line.end].strip():
                    reader.add(blocks, line, text_start)
                else:
                    reader.ledger.use(line, reader.owner)
                continue
        if not found:
            raise ExtractionError(
                reader.rendition.where(line),
                f"{line.text[:40]!r} stands between the heading of {entry.slug} and its first field",
                "a field",
                "if a heading moved, correct entries.toml",
            )
        reader.add(fields[found[-1]], line)
    if len(found) < len(expected):
        raise ExtractionError(
            f"{reader.rendition.name}: {entry.slug}",
            f"{len(found)} labels",
            f"{len(expected)}: next {'+'.join(expected[len(found)])!r}",
            "compare the entry with its fields in entries.toml",
        )
    return fields


def _known_label(reader: Reader, labels: Sequence[Label], line: Line) -> Label | None:
    text = line.text.rstrip()
    for label in labels:
        if label.longer and text.startswith(label.printed) and text.endswith(":"):
            return label
    printed = reader.label_of(line)
    if printed is None:
        return None
    for label in labels:
        if label.printed == printed:
            return label
    raise reader.refuse_label(line, printed)


def _unexpected(
    rendition: Rendition, line: Line, label: Label, entry: EntryFacts, expected: Sequence[tuple[str, ...]]
) -> ExtractionError:
    return ExtractionError(
        rendition.where(line),
        f"{label.printed + ':'!r} opens the field {'+'.join(label.fields)!r} of {entry.slug}",
        f"the field {'+'.join(expected[0])!r}" if expected else "no further field",
        "if the document changed, correct the fields of the entry in etl/sources/cdadi_2024_39/entries.toml",
    )
