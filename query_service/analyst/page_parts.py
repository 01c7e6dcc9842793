"""What several pages are made of: their question in the address, choices in forms, and files to take away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from query_service.analyst.desk import FORM_TYPES, View
from query_service.analyst.things import Text

__all__ = ["Choice", "PageFile", "PageQuery", "PageRecord", "files_of"]

#: Forms that are named by the ending of a path; the others only by ``format=``.
_ENDINGS: Final = frozenset({"csv", "xlsx", "json"})


class PageQuery(BaseModel):
    """What every page takes in its address; whatever else it does not know is an error and never passed over."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: str | None = Field(default=None, description="form of the answer, e.g. csv; goes before the Accept header")
    lang: str | None = Field(default=None, description="language of the page: en, fr or de")
    raw: Literal["0", "1"] = Field(
        default="0", description="1 leaves cells of tables as they are, also those that a spreadsheet program would run"
    )


class PageRecord(BaseModel):
    """A record that pages are filled with; its addresses name no language, as templates add it with ``link``."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Choice(PageRecord):
    """Something that can be chosen in a form."""

    value: str = Field(description="what is sent")
    text: Text = Field(description="what is shown")
    chosen: bool = Field(default=False, description="whether it is chosen now")


class PageFile(PageRecord):
    """A form of the page that can be taken away."""

    name: str = Field(description="what it is called, e.g. CSV")
    media_type: str = Field(description="its media type")
    url: str = Field(description="where it is")


def files_of(view: View, path: str, query: Mapping[str, str | Sequence[str]], forms: Iterable[str]) -> tuple[PageFile, ...]:
    """The forms of a page that can be taken away.

    :param path: of the page, without an ending.
    :param query: its question.
    :param forms: words of :data:`query_service.analyst.desk.FORM_TYPES`.
    """
    return tuple(
        PageFile(
            name=form.upper(),
            media_type=FORM_TYPES[form].partition(";")[0],
            url=view.urls.at(f"{path}.{form}", **query) if form in _ENDINGS else view.urls.at(path, **query, format=form),
        )
        for form in forms
    )
