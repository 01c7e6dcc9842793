"""The page of ``/overlay``: the form, what is wrong with a file, and own practices beside those of the dataset."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from query_service.analyst.desk import View
from query_service.analyst.overlay.records import Named, Overlay, OverlaySeries, Own, Standing
from query_service.language import LANGUAGES, Reading, words_of
from query_service.overlay.columns import COLUMN_NAMES, COLUMNS
from query_service.overlay.records import Remark
from query_service.pages import Site, render_page
from query_service.settings import ServiceSettings
from query_service.suggest.records import FEWEST_WORDS, Suggestion

__all__ = ["FormPage", "ResultPage", "ToldRemark", "column_labels", "form_page", "overlay_page", "tell_remark"]

#: A table that is sent again for a download stands in the page; a longer one does not.
_MOST_REPEATED: Final = 100_000


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ToldRemark(_Record):
    """A remark in words."""

    where: str = Field(description="row and column; empty where it is about the whole")
    what: str = Field(description="what is there")
    mend: str = Field(description="what should be there, and how to mend it")


class ColumnLine(_Record):
    """A column of the template."""

    name: str = Field(description="name in the header")
    label: str = Field(description="what it is called")
    need: str = Field(description="whether it must be there")
    most: int = Field(description="most characters of a cell")
    accepted: str = Field(description="what is accepted")


class Limits(_Record):
    """What a file may be."""

    megabytes: float = Field(description="longest file")
    rows: int = Field(description="most practices")
    words: int = Field(description="fewest different words of a practice")


class FormPage(_Record):
    """Context of ``overlay.html``."""

    site: Site = Field(description="what all pages have in common")
    name: str = Field(description="name of the file that cannot be used; may be empty")
    failures: tuple[ToldRemark, ...] = Field(description="what is wrong with it")
    columns: tuple[ColumnLine, ...] = Field(description="columns of the template")
    limits: Limits = Field(description="what a file may be")
    templates: tuple[tuple[str, str], ...] = Field(description="ending and address of each template")


class Likeness(_Record):
    """A reason for a suggestion."""

    item: Named = Field(description="practice or provision that the own practice resembles")
    url: str = Field(description="its page")
    relation: str = Field(description="implements, elaborates or is")
    share: int = Field(description="its part of the score, in per cent")
    words: str = Field(description="words that both have")
    trace: str = Field(description="address of the trace from it to the provision; empty where there is none")


class Line(_Record):
    """A provision that is suggested for a practice."""

    rank: int = Field(description="place in its series")
    standing: Standing = Field(description="the provision, with what the dataset holds on it")
    url: str = Field(description="its page")
    score: float = Field(description="likeness, from 0 to 1")
    reasons: tuple[Likeness, ...] = Field(description="what it is like")


class PracticePart(_Record):
    """A practice of the file with what is suggested for it."""

    own: Own = Field(description="the practice")
    series: tuple[tuple[str, tuple[Line, ...]], ...] = Field(description="name of each series, and what is suggested of it")


class ResultPage(_Record):
    """Context of ``overlay_result.html``."""

    site: Site = Field(description="what all pages have in common")
    overlay: Overlay = Field(description="the practices beside the dataset")
    file: str = Field(description="name of the file; may be empty")
    left_out: tuple[ToldRemark, ...] = Field(description="rows that were left out")
    remarks: tuple[ToldRemark, ...] = Field(description="what else there is to know")
    principles: OverlaySeries = Field(description="the Common Basic Principles")
    others: tuple[OverlaySeries, ...] = Field(description="the other series")
    urls: dict[str, str] = Field(description="pages of provisions and countries by path")
    titles: dict[int, str] = Field(description="titles of the practices by number")
    parts: tuple[PracticePart, ...] = Field(description="practice by practice")
    table: str = Field(description="the practices as CSV, to be sent again for a download; empty where that is too long")
    limits: Limits = Field(description="what a file may be")


def column_labels() -> Mapping[str, str]:
    """Names of columns in the languages of the pages, with the names of the template that they stand for."""
    return {words_of(language)(f"overlay-column-{name}"): name for language in LANGUAGES for name in COLUMN_NAMES}


def tell_remark(reading: Reading, remark: Remark) -> ToldRemark:
    """A remark in the language of a page."""
    words = reading.words
    column = words(f"overlay-column-{remark.column}") if remark.column in COLUMN_NAMES else remark.column
    expected = words(f"overlay-column-{remark.expected}") if remark.expected in COLUMN_NAMES else remark.expected
    near = ", ".join(words(f"overlay-column-{name}") if name in COLUMN_NAMES else name for name in remark.near)
    values = {"column": column, "found": remark.found, "expected": expected, "near": near}
    if remark.row is None:
        where = ""
    elif column:
        where = words("overlay-where-cell", row=str(remark.row), column=column)
    else:
        where = words("overlay-where-row", row=str(remark.row))
    near_words = f" {words('overlay-near', near=near)}" if near else ""
    return ToldRemark(
        where=where,
        what=words(f"overlay-remark-{remark.kind}", **values),
        mend=words(f"overlay-mend-{remark.kind}", **values) + near_words,
    )


def form_page(view: View, settings: ServiceSettings, failures: Sequence[Remark] = (), name: str = "") -> bytes:
    """The page with the form.

    :param failures: what is wrong with a file that was sent.
    :param name: of that file.
    """
    words = view.reading.words
    page = FormPage(
        site=view.site,
        name=name,
        failures=tuple(tell_remark(view.reading, remark) for remark in failures),
        columns=tuple(
            ColumnLine(
                name=column.name,
                label=words(f"overlay-column-{column.name}"),
                need=words(
                    "overlay-needed"
                    if column.name in {"title", "purpose"}
                    else "overlay-wanted"
                    if column.asked
                    else "overlay-free"
                ),
                most=column.most,
                accepted=words(f"overlay-accepted-{column.name}", words=FEWEST_WORDS),
            )
            for column in COLUMNS
        ),
        limits=_limits(settings),
        templates=tuple((ending, view.urls.at(f"overlay/template.{ending}")) for ending in ("xlsx", "csv")),
    )
    return render_page("overlay.html", page)


def _limits(settings: ServiceSettings) -> Limits:
    return Limits(megabytes=round(settings.upload_bytes / 1024**2, 1), rows=settings.upload_rows, words=FEWEST_WORDS)


def overlay_page(view: View, settings: ServiceSettings, overlay: Overlay, file: str) -> bytes:
    """The page with own practices beside those of the dataset.

    :param file: name of the file.
    """
    standings = {standing.provision.path: standing for series in overlay.series for standing in series.standings}
    named = [standing.provision for standing in standings.values()] + [told.country for told in overlay.countries]
    named += [item for standing in standings.values() for item in standing.under]
    principles, *others = overlay.series
    page = ResultPage(
        site=view.site,
        overlay=overlay,
        file=file,
        left_out=tuple(tell_remark(view.reading, remark) for remark in overlay.left_out),
        remarks=tuple(tell_remark(view.reading, remark) for remark in overlay.remarks),
        principles=principles,
        others=tuple(others),
        urls={item.path: view.urls.page(item.iri) for item in named},
        titles={own.number: own.title for own in overlay.practices},
        parts=tuple(_part(view, own, standings) for own in overlay.practices),
        table=_table(overlay.practices),
        limits=_limits(settings),
    )
    return render_page("overlay_result.html", page)


def _part(view: View, own: Own, standings: Mapping[str, Standing]) -> PracticePart:
    return PracticePart(
        own=own,
        series=tuple(
            (series.series, tuple(_line(view, told, standings[told.provision.path]) for told in series.suggestions))
            for series in own.series
        ),
    )


def _line(view: View, told: Suggestion, standing: Standing) -> Line:
    reasons = []
    for reason in told.reasons:
        title = view.things.title(reason.item.path, view.language)
        is_practice = reason.relation == "implements"
        reasons.append(
            Likeness(
                item=Named(path=reason.item.path, iri=reason.item.iri, title=title.text, language=title.language),
                url=view.urls.page(reason.item.iri),
                relation=reason.relation,
                share=round(100 * reason.share),
                words=", ".join(reason.words),
                trace=view.urls.at("trace", start=reason.item.path, end=told.provision.path) if is_practice else "",
            )
        )
    return Line(
        rank=told.rank, standing=standing, url=view.urls.page(standing.provision.iri), score=told.score, reasons=tuple(reasons)
    )


def _table(practices: Sequence[Own]) -> str:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, COLUMN_NAMES)
    writer.writeheader()
    for practice in practices:
        writer.writerow({"title": practice.title, **practice.cells})
    text = file.getvalue()
    return text if len(text) <= _MOST_REPEATED else ""
