"""The list of all countries: those with practices, and those that the graph only names."""

from __future__ import annotations

from typing import Final

from pydantic import Field

from query_service.analyst.country.findings import find_in
from query_service.analyst.country.places import chapters_of, countries, named_country, practices_in
from query_service.analyst.desk import View
from query_service.analyst.naming import Named, namer_of
from query_service.analyst.page_parts import PageFile, PageRecord, files_of
from query_service.analyst.things import Thing
from query_service.ordering import LEVELS
from query_service.pages import Site

__all__ = ["CountryLine", "CountryList", "make_country_list"]

_FORMS: Final = ("csv", "xlsx", "json")


class CountryLine(PageRecord):
    """A country in the list."""

    country: Named
    key: str
    practices: int
    reviewed: int = Field(description="practices reviewed for the principles: the denominator")
    evidenced: int = Field(description="principles found in at least one of them")
    none_found: int = Field(description="principles found in none of them")
    not_reviewed: int = Field(description="principles of which nothing is known, as no practice was read")
    documents: tuple[Named, ...]
    levels: tuple[Named, ...]
    chapters: tuple[Named, ...]


class CountryList(PageRecord):
    """The context of ``countries.html``."""

    site: Site
    version: str
    principles: int
    practices: int
    with_practices: tuple[CountryLine, ...]
    without: tuple[CountryLine, ...]
    coverage: str
    files: tuple[PageFile, ...]


def make_country_list(view: View) -> CountryList:
    """The list.

    :raises ServiceError: when the dataset cannot be asked now.
    """
    lines = [_line(view, country) for country in countries(view).values()]
    return CountryList(
        site=view.site,
        version=view.analysis.version,
        principles=max((line.evidenced + line.none_found + line.not_reviewed for line in lines), default=0),
        practices=len(view.things.practices),
        with_practices=tuple(line for line in lines if line.practices),
        without=tuple(line for line in lines if not line.practices),
        coverage=view.urls.at("coverage"),
        files=files_of(view, "country", {}, _FORMS),
    )


def _line(view: View, country: Thing) -> CountryLine:
    practices = practices_in(view, country.path)
    findings = find_in(view, practices, None)
    statuses = [finding.status for finding in findings]
    levels = {path for practice in practices for path in practice.paths("ipg:governanceLevel")}
    documents = {path for practice in practices for path in practice.paths("dcterms:source")}
    namer = namer_of(view)
    return CountryLine(
        country=named_country(view, country),
        key=country.key,
        practices=len(practices),
        reviewed=findings[0].reviewed if findings else 0,
        evidenced=statuses.count("ipg:Evidenced"),
        none_found=statuses.count("ipg:ReviewedNoneFound"),
        not_reviewed=statuses.count("ipg:NotReviewed"),
        documents=namer.items(sorted(documents)),
        levels=namer.items(f"level/{key}" for key in LEVELS if f"level/{key}" in levels),
        chapters=namer.items(chapter.path for chapter in chapters_of(view, country.path)),
    )
