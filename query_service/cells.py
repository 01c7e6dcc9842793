"""Cells of tables that people open in a spreadsheet."""

from __future__ import annotations

from typing import Final

__all__ = ["neutralise"]

#: What spreadsheet programs take for the beginning of a formula (OWASP, CSV Injection), full-width forms included.
_BEGINNINGS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def neutralise(cell: str) -> str:
    """A cell that no spreadsheet program runs: an apostrophe goes before what would be a formula."""
    return f"'{cell}" if cell.startswith(_BEGINNINGS) else cell
