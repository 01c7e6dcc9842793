"""All frameworks with their provisions, and how many practices there are for each: ``/principle``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from starlette.responses import Response

from query_service.analyst.desk import Desk, View
from query_service.analyst.naming import Named, namer_of
from query_service.analyst.provisions.counts import FrameworkCounts, ProvisionCounts, all_counts
from query_service.analyst.tables import Row, as_csv, as_json, as_workbook
from query_service.coverage.records import FrameworkFacts
from query_service.coverage.words import printed_in
from query_service.errors import UnknownItem
from query_service.pages import Site, render_page

__all__ = ["ListingPage", "ListingParameters", "add_routes"]

_COLUMNS: Final = (
    "framework", "framework_title", "provision", "iri", "kind", "number", "title", "title_language", "summary", "heading",
    "elaborates", "related_to", "supports", "corresponds_to",
    "practices_primary", "practices_asserted", "practices_inferred_only", "practices_reviewed", "practices_total", "status",
)  # fmt: skip
_LEADING: Final = {
    "elaborates": "ipg:elaborates",
    "related_to": "ipg:relatedTo",
    "supports": "ipg:supports",
    "corresponds_to": "ipg:correspondsTo",
}


def _filled(value: Any) -> Any:
    return [one for one in value if one] if isinstance(value, list) else value


class ListingParameters(BaseModel):
    """Parameters of ``/principle``."""

    model_config = ConfigDict(frozen=True)

    framework: Annotated[list[str], BeforeValidator(_filled)] = Field(
        default=[], description="frameworks to list, by key such as eu-cbp-2004; all by default"
    )


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Line(_Record):
    """A provision in the listing."""

    item: Named
    summary: str
    summary_language: str
    leads_to: tuple[tuple[str, Named], ...] = Field(description="principles that it elaborates or supports, each with the link")
    primary: int | None = Field(description="practices of which it is the primary principle; none where it cannot be that")
    asserted: int | None = Field(description="practices with an asserted link; none where no practice was read for it")
    inferred: int | None = Field(description="practices that contribute by inference alone; none where nothing is inferred")


class Part(_Record):
    """A framework in the listing."""

    item: Named
    edition: str = Field(description="how and when it was adopted, as far as the documents say")
    printed_in: str = Field(description="titles of documents, in their language")
    reviewed: int
    total: int
    has_primary: bool
    has_inferred: bool
    lines: tuple[Line, ...]


class Chip(_Record):
    """A framework to choose."""

    url: str
    text: str
    language: str
    count: int
    is_chosen: bool


class ListingPage(_Record):
    """Context of ``principles.html``."""

    site: Site
    chips: tuple[Chip, ...]
    parts: tuple[Part, ...]
    others: tuple[Named, ...] = Field(description="frameworks without provisions of their own")
    downloads: tuple[tuple[str, str], ...] = Field(description="names of formats with their addresses")


def add_routes(router: APIRouter, desk: Desk) -> None:
    """Add the route.

    :param desk: what pages for analysts share.
    """

    @router.get("/principle", summary="All frameworks with their provisions, and the practices counted for each")
    async def principle(parameters: Annotated[ListingParameters, Query()]) -> Response:
        """Principles, conclusions, recommendations and guidelines: as page, JSON, CSV or workbook."""
        what = "Principles, conclusions, recommendations and guidelines, with the practices counted for each"
        forms = {
            "html": lambda view: _page(view, parameters),
            "json": lambda view: as_json(view, what, {"notes": _NOTES, "provisions": _rows(view, parameters)}),
            "csv": lambda view: as_csv(view, _rows(view, parameters), _COLUMNS),
            "xlsx": lambda view: as_workbook(view, what, {"Provisions": _rows(view, parameters)}, _NOTES),
        }
        return desk.answer(forms, name="provisions")


_NOTES: Final = {
    "practices_primary": "practices of which this is the primary principle, one each; blank where it cannot be that",
    "practices_asserted": "practices with an asserted link, primary ones among them; blank where none was read for it",
    "practices_inferred_only": "practices that contribute by inference and no asserted link; blank where nothing is inferred",
    "practices_reviewed": "practices that were read for the framework: the denominator",
    "status": "evidenced; reviewed, none found (in these documents: it may well be done elsewhere); not reviewed",
}


def _chosen(view: View, parameters: ListingParameters) -> Sequence[FrameworkCounts]:
    """Frameworks that are listed.

    :raises UnknownItem: when one is not known.
    """
    counts = {framework.path: framework for framework in all_counts(view)}
    wanted = [f"framework/{view.things.path(name).removeprefix('framework/')}" for name in parameters.framework]
    unknown = [path for path in wanted if path not in counts]
    if unknown:
        raise UnknownItem(
            "No framework with provisions has this key.",
            found=unknown[0].removeprefix("framework/"),
            expected=", ".join(path.removeprefix("framework/") for path in counts),
        )
    return [framework for framework in counts.values() if not wanted or framework.path in wanted]


def _rows(view: View, parameters: ListingParameters) -> list[Row]:
    return [_row(view, framework, counted) for framework in _chosen(view, parameters) for counted in framework.provisions]


def _row(view: View, framework: FrameworkCounts, counted: ProvisionCounts) -> Row:
    provision = view.things.provisions[counted.path]
    title, summary = provision.title(view.language), provision.summary(view.language)
    heading = provision.paths("ipg:underHeading")
    is_read = framework.reviewed > 0
    return {
        "framework": framework.path,
        "framework_title": view.things.title(framework.path, view.language).text,
        "provision": counted.path,
        "iri": provision.iri,
        "kind": provision.kind,
        "number": counted.notation,
        "title": title.text,
        "title_language": title.language,
        "summary": summary.text if summary else "",
        "heading": view.things.title(heading[0], view.language).text if heading else "",
        **{name: " | ".join(provision.paths(property_)) for name, property_ in _LEADING.items()},
        "practices_primary": "" if counted.primary is None else counted.primary,
        "practices_asserted": counted.asserted.found if is_read else "",
        "practices_inferred_only": "" if counted.inferred is None else counted.inferred,
        "practices_reviewed": framework.reviewed,
        "practices_total": framework.laid_out.practices,
        "status": counted.asserted.status,
    }


def _page(view: View, parameters: ListingParameters) -> bytes:
    chosen = _chosen(view, parameters)
    picked = {framework.path for framework in chosen} if parameters.framework else set()
    query = urlencode([("framework", path.removeprefix("framework/")) for path in sorted(picked)])
    chips = [
        Chip(
            url=view.urls.at("principle", framework=framework.path.removeprefix("framework/")),
            text=view.things.title(framework.path, view.language).text,
            language=view.things.title(framework.path, view.language).language,
            count=len(framework.provisions),
            is_chosen=framework.path in picked,
        )
        for framework in all_counts(view)
    ]
    page = ListingPage(
        site=view.site,
        chips=tuple(chips),
        parts=tuple(_part(view, framework) for framework in chosen),
        others=namer_of(view).items(
            path for path in view.things.of("ipg:Framework") if path not in {one.path for one in all_counts(view)}
        ),
        downloads=tuple(
            (form.upper(), view.urls.at(f"principle.{form}") + (f"?{query}" if query else "")) for form in ("csv", "xlsx", "json")
        ),
    )
    return render_page("principles.html", page)


def _part(view: View, framework: FrameworkCounts) -> Part:
    return Part(
        item=namer_of(view).item(framework.path),
        edition=_edition(view, framework.laid_out.framework),
        printed_in=printed_in(framework.laid_out.framework),
        reviewed=framework.reviewed,
        total=framework.laid_out.practices,
        has_primary=any(counted.primary is not None for counted in framework.provisions),
        has_inferred=any(counted.inferred is not None for counted in framework.provisions),
        lines=tuple(_line(view, framework, counted) for counted in framework.provisions),
    )


def _edition(view: View, framework: FrameworkFacts) -> str:
    words = view.reading.words
    parts = [
        words("provisions-printed-as", status=namer_of(view).term(framework.status)) if framework.status else "",
        words("provisions-adopted-as", number=framework.adopted_as) if framework.adopted_as else "",
        words("provisions-dated", date=framework.issued) if framework.issued else "",
    ]
    return ", ".join(filter(None, parts)) or words("provisions-no-date")


def _line(view: View, framework: FrameworkCounts, counted: ProvisionCounts) -> Line:
    provision, namer = view.things.provisions[counted.path], namer_of(view)
    summary = provision.summary(view.language)
    leading = [
        (namer.term(property_), namer.item(path))
        for property_ in ("ipg:elaborates", "ipg:relatedTo", "ipg:correspondsTo")
        for path in provision.paths(property_)
    ]
    return Line(
        item=namer.item(counted.path),
        summary=summary.text if summary else "",
        summary_language=summary.language if summary else "",
        leads_to=tuple(leading),
        primary=counted.primary,
        asserted=counted.asserted.found if framework.reviewed else None,
        inferred=counted.inferred,
    )
