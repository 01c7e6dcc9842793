"""The common template of practices: its columns, as ``docs/contributing-practices.md`` has them."""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["COLUMNS", "COLUMN_NAMES", "NEEDED", "TELLING", "Column"]

_SHORT: Final = 300
_LONG: Final = 20_000


class Column(NamedTuple):
    """A column.

    :ivar label: as the compendium of 2024 prints it.
    :ivar most: most characters of a cell.
    :ivar asked: whether a practice that is added to the dataset must have it.
    :ivar example: of a practice that is made up.
    """

    name: str
    label: str
    most: int
    asked: bool
    example: str


COLUMNS: Final = (
    Column("title", "Title", _SHORT, True, "Language café in the library"),
    Column("country", "Country", _SHORT, True, "Estonia"),
    Column("locality", "Locality", _SHORT, False, "Narva"),
    Column("type", "Type", _SHORT, True, "project"),
    Column("area", "Area of intervention", _SHORT, True, "education"),
    Column("duration", "Duration", _SHORT, False, "2019 - 2021"),
    Column("purpose", "Purpose", _LONG, True, "Newcomers and their neighbours meet and practise the language together."),
    Column("stimulus", "Stimulus", _LONG, False, "Learners had nobody to speak with outside their course."),
    Column("process", "Process", _LONG, False, "Volunteers of the town library host a table every Friday evening."),
    Column("impact", "Impact", _LONG, False, "Forty learners came to most evenings."),
    Column("references", "References", _LONG, False, "https://example.org/cafe"),
)
COLUMN_NAMES: Final = tuple(column.name for column in COLUMNS)
#: Columns without which a practice cannot be compared.
NEEDED: Final = ("title", "purpose")
#: Columns that say what a practice is and does; these are compared.
TELLING: Final = ("type", "area", "purpose", "stimulus", "process", "impact")
