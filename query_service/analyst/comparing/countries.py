"""Countries side by side: principles in three values, and practices counted by what they state."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from query_service.analyst.country.findings import Finding, find_in
from query_service.analyst.country.places import chapters_of, named_country, practices_in
from query_service.analyst.country.sheet import PracticeShown, show_practices
from query_service.analyst.country.tallies import Narrowing, Share, Tally, explorer_url, fixed_order, narrow, tallies_of
from query_service.analyst.coverage.laid_out import Square
from query_service.analyst.desk import View
from query_service.analyst.naming import Named, namer_of
from query_service.analyst.page_parts import PageRecord
from query_service.analyst.things import Text, Thing

__all__ = ["CountriesCompared", "CountryColumn", "FindingRow", "TallyTable", "ValueRow", "compare_countries"]


class CountryColumn(PageRecord):
    """A country."""

    key: str
    item: Named
    practices: tuple[PracticeShown, ...] = Field(description="practices looked at")
    all_practices: int = Field(description="practices of the country, before they were narrowed")
    reviewed: int = Field(description="practices looked at that were reviewed for the principles: the denominator")
    explorer: str | None = Field(description="where the practices looked at are listed")
    is_empty: bool = Field(description="whether the country has practices, but none of those looked at")
    chapters: tuple[Named, ...] = Field(description="chapters outside every figure")
    findings: tuple[Finding, ...]
    tallies: tuple[Tally, ...]


class FindingRow(PageRecord):
    """A principle over all countries."""

    provision: Named
    squares: tuple[Square, ...]
    differs: bool = Field(
        description="whether it was found in some countries and not in others, of those with practices reviewed"
    )


class ValueRow(PageRecord):
    """A value over all countries."""

    key: str
    text: Text
    page: str | None
    shares: tuple[Share | None, ...] = Field(description="one per country; none where no practice has it")


class TallyTable(PageRecord):
    """Practices of all countries counted by one of the things that they state."""

    name: str
    of: tuple[int, ...] = Field(description="the denominators, one per country")
    rows: tuple[ValueRow, ...]


class CountriesCompared(PageRecord):
    """What is said of countries side by side."""

    columns: tuple[CountryColumn, ...]
    findings: tuple[FindingRow, ...]
    in_all: tuple[Named, ...] = Field(description="principles evidenced in all of them")
    in_none: tuple[Named, ...] = Field(description="principles reviewed in all of them and found in none")
    tables: tuple[TallyTable, ...]
    narrowed: tuple[Named, ...] = Field(description="to which theme, area and principle practices were narrowed")


def compare_countries(view: View, countries: Sequence[Thing], narrowing: Narrowing) -> CountriesCompared:
    """Countries side by side.

    :raises ServiceError: when the dataset cannot be asked now.
    """
    columns = tuple(_column(view, country, narrowing) for country in countries)
    by_row = list(zip(*(column.findings for column in columns), strict=True))
    return CountriesCompared(
        columns=columns,
        findings=tuple(_finding_row(row) for row in by_row),
        in_all=_principles(by_row, "ipg:Evidenced"),
        in_none=_principles(by_row, "ipg:ReviewedNoneFound"),
        tables=tuple(_table(tallies) for tallies in zip(*(column.tallies for column in columns), strict=True)),
        narrowed=namer_of(view).items(f"{name}/{key}" for name, key in narrowing._asdict().items() if key),
    )


def _column(view: View, country: Thing, narrowing: Narrowing) -> CountryColumn:
    everything = practices_in(view, country.path)
    practices = narrow(view, everything, narrowing)
    is_whole = not any(narrowing)
    is_empty = bool(everything) and not practices
    findings = find_in(view, practices, country.key if is_whole else None)
    return CountryColumn(
        key=country.key,
        item=named_country(view, country),
        practices=show_practices(view, practices, country),
        all_practices=len(everything),
        reviewed=findings[0].reviewed if findings else 0,
        explorer=explorer_url(view, country.key, narrowing, {}) if practices else None,
        is_empty=is_empty,
        chapters=namer_of(view).items(chapter.path for chapter in chapters_of(view, country.path)),
        findings=tuple(
            _emptied(view, finding, len(everything)) if is_empty else _to_explorer(view, country.key, narrowing, finding)
            for finding in findings
        ),
        tallies=tallies_of(view, country.key, practices, narrowing),
    )


def _to_explorer(view: View, country: str, narrowing: Narrowing, finding: Finding) -> Finding:
    """A finding whose cell leads to the practices found; one without leads to where that is explained."""
    if not finding.found:
        return finding
    url = explorer_url(view, country, narrowing, {"principle": finding.provision.path.partition("/")[2]})
    return finding.model_copy(update={"square": finding.square.model_copy(update={"url": url})})


def _emptied(view: View, finding: Finding, of: int) -> Finding:
    """A finding over no practice at all, of a country whose practices were read: it is neither found nor left open."""
    square = Square(look="nothing-chosen", sign="–", words=view.reading.words("compare-none-narrowed", of=of), url=None)  # noqa: RUF001 - a dash
    return finding.model_copy(update={"square": square})


def _finding_row(row: Sequence[Finding]) -> FindingRow:
    return FindingRow(
        provision=row[0].provision,
        squares=tuple(finding.square for finding in row),
        differs=len({finding.status for finding in row if finding.reviewed}) > 1,
    )


def _principles(rows: Sequence[Sequence[Finding]], status: str) -> tuple[Named, ...]:
    return tuple(row[0].provision for row in rows if all(finding.status == status for finding in row))


def _table(tallies: Sequence[Tally]) -> TallyTable:
    """Values of all countries, the most frequent first or in their own order; what is not stated comes last."""
    name = tallies[0].name
    found = [{share.key: share for share in tally.shares} for tally in tallies]
    unstated = [{tally.unstated.key: tally.unstated} if tally.unstated else {} for tally in tallies]
    fixed = fixed_order(name)

    def order(key: str) -> tuple[object, ...]:
        if name in {"theme", "start"}:
            return (key,)
        if fixed:
            return (fixed.index(key) if key in fixed else len(fixed), key)
        return (-sum(shares[key].count for shares in found if key in shares), key)

    rows = [_value_row(key, found) for key in sorted({key for shares in found for key in shares}, key=order)]
    rows += [_value_row(key, unstated) for key in sorted({key for shares in unstated for key in shares})]
    return TallyTable(name=name, of=tuple(tally.of for tally in tallies), rows=tuple(rows))


def _value_row(key: str, found: Sequence[dict[str, Share]]) -> ValueRow:
    first = next(shares[key] for shares in found if key in shares)
    return ValueRow(key=key, text=first.text, page=first.page, shares=tuple(shares.get(key) for shares in found))
