"""Comparisons as files: one row per item and value, with IRIs, denominators, version and licence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from query_service.analyst.comparing.countries import CountriesCompared
from query_service.analyst.comparing.frameworks import FrameworkColumn, FrameworksCompared
from query_service.analyst.comparing.items import ItemsCompared, LinkShown
from query_service.analyst.comparing.page import ComparePage
from query_service.analyst.comparing.question import FEWEST, MOST
from query_service.analyst.country.exports import finding_rows, practice_rows, tally_rows
from query_service.analyst.desk import View
from query_service.analyst.naming import Named
from query_service.analyst.tables import Row
from query_service.errors import MalformedRequest

__all__ = ["compared_rows", "compared_tables", "comparison_title"]

#: Status of a principle over no practice at all, of a country whose practices were read.
_EMPTY: Final = "no practice of this choice"


def comparison_title(page: ComparePage) -> str:
    """What a file of a comparison holds."""
    if page.countries:
        narrowed = [item.title for item in page.countries.narrowed]
        return ", ".join([*(column.item.title for column in page.countries.columns), *narrowed])
    items: Iterable[Named] = [column.item for column in (page.frameworks or page.items or _nothing()).columns]
    return "; ".join(item.title for item in items)


def compared_tables(view: View, page: ComparePage) -> dict[str, list[Row]]:
    """All tables of a comparison, by title.

    :raises MalformedRequest: when fewer than two items are compared.
    """
    if page.countries:
        return _country_tables(view, page.countries)
    if page.frameworks:
        return _framework_tables(page.frameworks)
    if page.items:
        return _item_tables(view, page.items)
    raise MalformedRequest(
        "There is nothing to compare.",
        found=f"item={', '.join(page.chosen)}" if page.chosen else "no item=",
        expected=f"{FEWEST} to {MOST} items of one kind, each as item=",
        mend="choose them at /compare",
    )


def compared_rows(view: View, page: ComparePage) -> list[Row]:
    """The table that a CSV holds: the first; of countries, principles and counts in one.

    :raises MalformedRequest: as :func:`compared_tables` does.
    """
    tables = compared_tables(view, page)
    if not page.countries:
        return next(iter(tables.values()))
    principles: list[Row] = [
        {
            "country": row["country"],
            "by": "principle",
            "value": row["provision"],
            "value_iri": row["provision_iri"],
            "value_title": row["provision_title"],
            "status": row["status"],
            "practices": row["practices_found"],
            "of_practices": row["practices_reviewed"],
        }
        for row in tables["Principles"]
    ]
    return [*principles, *tables["Counts"]]


def _nothing() -> ItemsCompared:
    return ItemsCompared(columns=(), features=(), shared=())


def _country_tables(view: View, compared: CountriesCompared) -> dict[str, list[Row]]:
    columns = compared.columns
    return {
        "Principles": [
            dict(row) | ({"status": _EMPTY} if column.is_empty else {})
            for column in columns
            for row in finding_rows(column.key, column.findings)
        ],
        "Counts": [row for column in columns for row in tally_rows(view, column.key, column.tallies)],
        "Practices": [row for column in columns for row in practice_rows(column.key, column.practices)],
    }


def _item_tables(view: View, compared: ItemsCompared) -> dict[str, list[Row]]:
    texts: list[Row] = [
        _feature_row(view, column.item, "summary", column.summary.text if column.summary else "", None, 1, shared=False)
        for column in compared.columns
    ]
    features = [
        _feature_row(view, column.item, row.name, value.text.text, value.path, value.items, shared=value.shared)
        for row in compared.features
        for column, values in zip(compared.columns, row.cells, strict=True)
        for value in values
    ]
    links: list[Row] = [
        {
            "item": column.item.path,
            "item_iri": column.item.iri,
            "item_title": column.item.title,
            "property": group.property,
            "direction": "from the item" if group.outward else "to the item",
            "other": link.other.path,
            "other_iri": link.other.iri,
            "other_title": link.other.title,
            "in_all": str(link.in_all).lower(),
            "primary": str(link.primary).lower(),
            **_reason(link),
        }
        for column in compared.columns
        for group in column.groups
        for link in group.links
    ]
    return {"Features": [*texts, *features], "Links": links}


def _feature_row(view: View, item: Named, name: str, text: str, path: str | None, items: int, *, shared: bool) -> Row:
    return {
        "item": item.path,
        "item_iri": item.iri,
        "item_title": item.title,
        "feature": name,
        "value": path or text,
        "value_iri": view.things.iri(path) if path else "",
        "value_title": text,
        "items_with_value": items,
        "in_all": str(shared).lower(),
    }


def _reason(link: LinkShown) -> Mapping[str, str]:
    """Why a link is made; positions of passages, and no wording."""
    reason = link.reason
    return {
        "strength": reason.strength if reason else "",
        "basis": reason.basis if reason else "",
        "review": reason.review if reason else "",
        "confidence": reason.confidence if reason else "",
        "rationale": reason.rationale if reason else "",
        "judged_by": reason.judged_by if reason else "",
        "passages": "; ".join(f"{one.document.path} {one.start}-{one.end}" for one in reason.passages) if reason else "",
    }


def _framework_tables(compared: FrameworksCompared) -> dict[str, list[Row]]:
    return {
        "Frameworks": [_framework_row(column, compared.practices) for column in compared.columns],
        "Provisions": [
            {
                "framework": column.item.path,
                "provision": provision.path,
                "provision_iri": provision.iri,
                "notation": provision.number,
                "provision_title": provision.title,
            }
            for column in compared.columns
            for provision in column.provisions
        ],
        "Coverage": list(_coverage_rows(compared)),
        "Links between them": [
            {
                "source_framework": link.source_framework,
                "source": link.source.path,
                "source_iri": link.source.iri,
                "source_title": link.source.title,
                "property": link.property,
                "match": link.match,
                "target_framework": link.target_framework,
                "target": link.target.path,
                "target_iri": link.target.iri,
                "target_title": link.target.title,
                "basis": link.reason.basis if link.reason else "",
                "review": link.reason.review if link.reason else "",
                "confidence": link.reason.confidence if link.reason else "",
                "rationale": link.reason.rationale if link.reason else "",
            }
            for link in compared.between
        ],
    }


def _framework_row(column: FrameworkColumn, practices: int) -> Row:
    def count(value: int | None) -> str | int:
        return "" if value is None else value

    return {
        "framework": column.item.path,
        "framework_iri": column.item.iri,
        "framework_title": column.item.title,
        "summary": column.summary.text if column.summary else "",
        "status": column.status,
        "adopted_as": column.adopted_as,
        "adopted_by": "; ".join(item.title for item in column.adopted_by),
        "issued": column.issued,
        "documents": "; ".join(item.path for item in column.documents),
        "provisions_stated": column.stated,
        "provisions": len(column.provisions),
        "evidenced": count(column.evidenced),
        "reviewed_none_found": count(column.none_found),
        "not_reviewed": count(column.not_reviewed),
        "practices_reviewed": count(column.reviewed),
        "practices": practices,
    }


def _coverage_rows(compared: FrameworksCompared) -> Iterator[Row]:
    for table in compared.tables:
        for title, counts in table.rows:
            for column, count in zip(compared.columns, counts, strict=True):
                if count:
                    yield {
                        "framework": column.item.path,
                        "by": table.by,
                        "column_title": title.text,
                        "provisions_evidenced": count.evidenced,
                        "of_provisions": count.of,
                        "practices_reviewed": count.reviewed,
                    }
