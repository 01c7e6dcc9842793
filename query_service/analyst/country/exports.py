"""Countries as files: tables with IRIs, labels, denominators, version and licence."""

from __future__ import annotations

from collections.abc import Iterable

from query_service.analyst.country.findings import Finding
from query_service.analyst.country.listing import CountryList
from query_service.analyst.country.sheet import ActorShown, CountrySheet, PracticeShown
from query_service.analyst.country.tallies import Tally
from query_service.analyst.desk import View
from query_service.analyst.naming import Named
from query_service.analyst.tables import Row
from query_service.coverage.words import STATUS_WORDS

__all__ = ["finding_rows", "list_rows", "practice_rows", "sheet_tables", "tally_rows"]

_BETWEEN = "; "


def list_rows(page: CountryList) -> list[Row]:
    """One row for each country."""
    return [
        {
            "country": line.key,
            "country_iri": line.country.iri,
            "country_title": line.country.title,
            "practices": line.practices,
            "practices_reviewed": line.reviewed,
            "principles_evidenced": line.evidenced,
            "principles_reviewed_none_found": line.none_found,
            "principles_not_reviewed": line.not_reviewed,
            "levels": _titles(line.levels),
            "documents": _paths(line.documents),
            "context_chapters": _paths(line.chapters),
        }
        for line in (*page.with_practices, *page.without)
    ]


def sheet_tables(view: View, sheet: CountrySheet) -> dict[str, list[Row]]:
    """All tables of a sheet, by title."""
    return {
        "Practices": practice_rows(sheet.key, sheet.practices),
        "Principles": finding_rows(sheet.key, sheet.findings),
        "Frameworks": [
            {
                "country": sheet.key,
                "framework": one.framework.path,
                "framework_iri": one.framework.iri,
                "framework_title": one.framework.title,
                "provisions": one.provisions,
                "evidenced": one.evidenced,
                "reviewed_none_found": one.none_found,
                "not_reviewed": one.not_reviewed,
                "practices_reviewed": one.reviewed,
                "practices": one.practices,
            }
            for one in sheet.frameworks
        ],
        "Counts": tally_rows(view, sheet.key, sheet.tallies),
        "Organisations": actor_rows(sheet.key, sheet.actors),
        "Context": [
            {
                "country": sheet.key,
                "chapter": chapter.item.path,
                "chapter_iri": chapter.item.iri,
                "title": chapter.item.title,
                "summary": chapter.summary.text if chapter.summary else "",
                "note": "describes context and no practice; outside every denominator",
            }
            for chapter in sheet.chapters
        ],
    }


def practice_rows(country: str, practices: Iterable[PracticeShown]) -> list[Row]:
    """One row for each practice."""
    return [
        {
            "country": country,
            "practice": one.item.path,
            "practice_iri": one.item.iri,
            "title": one.item.title,
            "summary": one.summary.text if one.summary else "",
            "primary_principle": one.principles[0].path if one.principles else "",
            "principles": _paths(one.principles),
            "levels": _titles(one.levels),
            "types": _titles(one.types),
            "target_groups": _titles(one.targets),
            "themes": _titles(one.themes),
            "lead_organisations": _titles(one.leads),
            "funders": _titles(one.funders),
            "funding_as_printed": _BETWEEN.join(one.funding),
            "start_year": one.start,
            "end_year": one.end,
            "ongoing": one.ongoing,
            "evidence": _titles(one.evidence),
            "other_countries": _paths(one.countries),
            "document": one.entry.document.path if one.entry else "",
            "section": one.entry.section if one.entry else "",
            "start_character": one.entry.start if one.entry else "",
            "end_character": one.entry.end if one.entry else "",
        }
        for one in practices
    ]


def finding_rows(country: str, findings: Iterable[Finding]) -> list[Row]:
    """One row for each provision, with its denominator."""
    return [
        {
            "country": country,
            "provision": one.provision.path,
            "provision_iri": one.provision.iri,
            "notation": one.provision.number,
            "provision_title": one.provision.title,
            "status": STATUS_WORDS[one.status],
            "practices_found": one.found,
            "practices_reviewed": one.reviewed,
            "practices": _paths(one.practices),
            "primary_in": _BETWEEN.join(one.primary),
        }
        for one in findings
    ]


def tally_rows(view: View, country: str, tallies: Iterable[Tally]) -> list[Row]:
    """One row for each value, with its denominator."""
    return [
        {
            "country": country,
            "by": tally.name,
            "value": share.key,
            "value_iri": view.things.iri(share.path) if share.path else "",
            "value_title": share.text.text,
            "practices": share.count,
            "of_practices": tally.of,
        }
        for tally in tallies
        for share in (*tally.shares, *([tally.unstated] if tally.unstated else []))
    ]


def actor_rows(country: str, actors: Iterable[ActorShown]) -> list[Row]:
    """One row for each organisation and role; one that is only based in the country has no role."""
    return [
        {
            "country": country,
            "organisation": one.item.path,
            "organisation_iri": one.item.iri,
            "organisation_title": one.item.title,
            "kinds": _titles(one.kinds),
            "based_in_country": str(one.is_based).lower(),
            "role": role,
            "practices": _paths(practices),
        }
        for one in actors
        for role, practices in (one.roles or (("", ()),))
    ]


def _titles(items: Iterable[Named]) -> str:
    return _BETWEEN.join(item.title for item in items)


def _paths(items: Iterable[Named]) -> str:
    return _BETWEEN.join(item.path for item in items)
