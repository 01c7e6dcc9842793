"""Read practices that somebody drafts: free text, a plain text file, or a file in the common template."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from etl.errors import RecordError
from etl.template import MAX_BYTES, TemplateEntry, read_template_file
from query_service.suggest.records import FEWEST_WORDS, Draft

__all__ = ["read_drafts"]

_TEMPLATES: Final = (".md", ".csv", ".xlsx")
#: Fields that say what a practice is and does.
_TELLING: Final = ("type", "area", "purpose", "stimulus", "process", "impact")


def read_drafts(given: str) -> list[Draft]:
    """Read the drafts that an argument gives: of the file of that name if there is one, else the argument itself.

    :raises RecordError: naming file and line, row or column of what is wrong.
    """
    if os.path.isfile(given):  # pathlib raises where a text is too long for the name of a file
        path = Path(given)
        return _read_template(path) if path.suffix.lower() in _TEMPLATES else [_read_plain(path)]
    if os.path.isdir(given):
        raise RecordError(given, "is a folder", "a file or a text", "name a file in it")
    if len(given.split()) < FEWEST_WORDS and Path(given).suffix.lower() in {".txt", *_TEMPLATES}:
        raise RecordError(given, "there is no such file", "a file, or a text of some words", "check the path")
    return [Draft(title=None, text=given, name="the text")]


def _read_plain(path: Path) -> Draft:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise RecordError(
            str(path), f"cannot be read ({error.strerror})", "a readable file", "check path and permissions"
        ) from error
    if len(raw) > MAX_BYTES:
        raise RecordError(str(path), f"has {len(raw)} bytes", f"at most {MAX_BYTES}", "keep what tells what the practice does")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise RecordError(
            f"{path}: line {line}",
            f"byte 0x{raw[error.start]:02x} is not UTF-8",
            "UTF-8 text, or the template in .md, .csv or .xlsx",
            "save the file as UTF-8",
        ) from error
    return Draft(title=None, text=text, name=str(path))


def _read_template(path: Path) -> list[Draft]:
    entries = read_template_file(path)
    if not entries:
        raise RecordError(str(path), "holds no practice", "a row below the header", "add one")
    return [Draft(title=entry.title, text=_tell(entry), name=f"{path}: {entry.title!r}") for entry in entries]


def _tell(entry: TemplateEntry) -> str:
    return "\n".join(filter(None, (getattr(entry, name) for name in _TELLING)))
