"""A coverage as pages show it: titles in the language of the reader, and a way down from every cell."""

from __future__ import annotations

from typing import Any, Final

from pydantic import Field

from query_service.analyst.desk import View
from query_service.analyst.naming import Named, namer_of
from query_service.analyst.page_parts import PageRecord
from query_service.analyst.reasons import statement_facts
from query_service.analyst.things import Text
from query_service.coverage.matrix import coverage
from query_service.coverage.question import CoverageQuestion, DimensionName
from query_service.coverage.records import Cell, Column, Coverage, FrameworkFacts, Row

__all__ = [
    "Edition",
    "Head",
    "Line",
    "Square",
    "cell_url",
    "edition_of",
    "head_of",
    "kept_coverage",
    "line_of",
    "named_dimension",
    "square_of",
]

_CLASSES: Final = {"ipg:Evidenced": "evidenced", "ipg:ReviewedNoneFound": "none-found", "ipg:NotReviewed": "not-reviewed"}


class Edition(PageRecord):
    """A framework, and which edition of it."""

    framework: Named = Field(description="the framework")
    status: str | None = Field(description="draft or adopted, as its document prints it")
    adopted_as: str | None = Field(description="number under which it was adopted")
    issued: str | None = Field(description="its date")
    documents: tuple[Named, ...] = Field(description="documents that print it")


class Head(PageRecord):
    """The head of a column."""

    key: str = Field(description="key of the column, e.g. est")
    title: Text = Field(description="its title")
    practices: int = Field(description="practices in it, reviewed or not")
    reviewed: int = Field(description="practices in it that were reviewed: the denominator of its cells")
    url: str | None = Field(description="where its item is described")


class Square(PageRecord):
    """A cell."""

    look: str = Field(description="evidenced, none-found or not-reviewed, as the style sheet calls them")
    sign: str = Field(description="what stands in it")
    words: str = Field(description="what it says in words, with its denominator")
    url: str | None = Field(description="where its practices are listed")


class Line(PageRecord):
    """A provision with its cells."""

    provision: Named
    squares: tuple[Square, ...] = Field(description="one per column, in the same order")
    total: Square = Field(description="all practices, each counted once")


def kept_coverage(view: View, question: CoverageQuestion) -> Coverage:
    """The answer to a question, which is worked out once for each version.

    :raises ServiceError: as :func:`query_service.coverage.matrix.coverage` does.
    """
    analysis = view.analysis
    return analysis.kept(
        f"coverage {question.model_dump_json()}", lambda: coverage(analysis.source, question, statement_facts(view))
    )


def edition_of(view: View, framework: FrameworkFacts) -> Edition:
    """A framework with its edition, in the language of the page."""
    namer = namer_of(view)
    return Edition(
        framework=namer.item(framework.path),
        status=namer_of(view).term(framework.status) if framework.status else None,
        adopted_as=framework.adopted_as,
        issued=framework.issued,
        documents=namer.items(document.path for document in framework.documents),
    )


def named_dimension(view: View, by: DimensionName, *, first: bool = False) -> str:
    """What the columns of a dimension are, in words.

    :param first: whether the words begin a line.
    """
    words = view.reading.words(f"coverage-by-{by}")
    return words[:1].upper() + words[1:] if first else words


def cell_url(view: View, question: CoverageQuestion, provision: str, column: str) -> str:
    """Where the practices of a cell are listed.

    :param provision: its path.
    :param column: its key.
    """
    defaults: dict[str, Any] = {name: field.default for name, field in CoverageQuestion.model_fields.items()}
    asked = {name: value for name, value in question.model_dump().items() if value != defaults[name]}
    return view.urls.at("coverage/cell", **asked, provision=provision, column=column)


def head_of(view: View, column: Column) -> Head:
    """The head of a column in the language of the page."""
    title = view.things.title(column.path, view.language) if column.path else Text(column.title)
    if column.key == "not-stated":
        title = Text(view.reading.words("coverage-not-stated"), view.language)
    return Head(
        key=column.key,
        title=title,
        practices=column.practices,
        reviewed=column.reviewed,
        url=_describing(view, column.path) if column.path else None,
    )


def _describing(view: View, path: str) -> str:
    """Where a column is described: a country on its sheet."""
    kind, _, key = path.partition("/")
    return view.urls.at(f"country/{key}") if kind == "place" else view.urls.page(view.things.iri(path))


def line_of(view: View, question: CoverageQuestion, row: Row, columns: tuple[Column, ...]) -> Line:
    """A provision with its cells, one for each of the columns."""
    return Line(
        provision=namer_of(view).item(row.path),
        squares=tuple(
            square_of(view, cell, cell_url(view, question, row.path, column.key))
            for column, cell in zip(columns, row.cells, strict=True)
        ),
        total=square_of(view, row.total, None),
    )


def square_of(view: View, cell: Cell, url: str | None) -> Square:
    """A cell: a number, 0 for none among those reviewed, or a question mark."""
    look = _CLASSES[cell.status]
    return Square(
        look=look,
        sign="?" if look == "not-reviewed" else str(cell.found),
        words=view.reading.words(f"coverage-cell-{look}", found=cell.found, reviewed=cell.reviewed),
        url=url,
    )
