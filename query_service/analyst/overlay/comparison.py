"""Own practices put beside the dataset: per provision, what is evidenced here and what is suggested there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from query_service.analyst.desk import View
from query_service.analyst.overlay.naming import Naming
from query_service.analyst.overlay.recognising import Recognised, name_item, recognise
from query_service.analyst.overlay.records import Beside, Country, Overlay, OverlaySeries, Own, Standing
from query_service.coverage.matrix import coverage
from query_service.coverage.question import CoverageQuestion
from query_service.coverage.records import Coverage, Row
from query_service.overlay.columns import COLUMN_NAMES
from query_service.overlay.records import Checked, OwnPractice, Work
from query_service.settings import ServiceSettings
from query_service.suggest.records import SERIES, DraftSuggestions, Series

__all__ = ["compare", "make_work"]

#: Countries with a column of their own; the practices of a file rarely name more.
_MOST_COUNTRIES: Final = 3
#: How a provision leads to a principle.
_UPWARDS: Final = ("ipg:elaborates", "ipg:supports")
_PRINCIPLE: Final = "principle/cbp-"


def make_work(view: View, settings: ServiceSettings, labels: Mapping[str, str], top: int) -> Work:
    """What the process that reads a file is handed.

    :param labels: names of columns beside those of the template, with the names that they stand for.
    :raises ServiceError: when the dataset cannot be asked now.
    """
    source = view.analysis.source
    answers = {name: source.rows(name) for name in ("suggest_links", "suggest_practices")}
    for key in SERIES.values():
        framework = f"{source.base}id/framework/{key}"
        answers[f"suggest_provisions {framework}"] = source.rows("suggest_provisions", framework=framework)
    return Work(
        base=source.base,
        version=source.version,
        answers=answers,
        labels=dict(labels),
        top=top,
        rows=settings.upload_rows,
        unpacked_bytes=settings.upload_unpacked_bytes,
    )


def compare(view: View, checked: Checked, naming: Naming, top: int) -> Overlay:
    """Put practices that were read and compared beside the dataset.

    :raises ServiceError: when it cannot be asked now.
    """
    recognised = [recognise(view, practice) for practice in checked.practices]
    pairs = zip(checked.practices, checked.suggestions, recognised, strict=True)
    own = tuple(_own(number, *told, naming) for number, told in enumerate(pairs, 1))
    remarks = (*checked.remarks, *(remark for told in recognised for remark in told.remarks))
    countries = list(dict.fromkeys(country.path for one in own for country in one.countries))[:_MOST_COUNTRIES]
    reports = {series: _report(view, series) for series in SERIES}
    found = _suggested(own)
    by_key = {column.path: column for column in reports["principles"].columns}
    return Overlay(
        dataset_version=view.analysis.version,
        licence=view.site.licence or "",
        graph=naming.graph(one.iri for one in own),
        top=top,
        practices=own,
        left_out=checked.left_out,
        remarks=tuple(sorted(remarks, key=lambda remark: remark.row or 0)),
        countries=tuple(
            Country(country=name_item(view, path), reviewed=by_key[path].reviewed if path in by_key else 0) for path in countries
        ),
        series=tuple(_series(view, series, reports[series], countries, found) for series in SERIES),
    )


def _own(number: int, practice: OwnPractice, told: DraftSuggestions, recognised: Recognised, naming: Naming) -> Own:
    named = recognised.named
    cells = {name: getattr(practice, name) for name in COLUMN_NAMES if name != "title"}
    return Own(
        number=number,
        row=practice.row,
        iri=naming.practice(practice),
        title=practice.title,
        cells={name: cell for name, cell in cells.items() if cell},
        countries=named["country"],
        types=named["type"],
        areas=named["area"],
        words=told.words,
        known_words=told.known_words,
        series=told.series,
    )


def _report(view: View, series: Series) -> Coverage:
    def make() -> Coverage:
        return coverage(view.analysis.source, CoverageQuestion(framework=SERIES[series]))

    return view.analysis.kept(f"overlay {series}", make)


def _suggested(own: Sequence[Own]) -> Mapping[str, Sequence[Beside]]:
    found: dict[str, list[Beside]] = defaultdict(list)
    for practice in own:
        for series in practice.series:
            for told in series.suggestions:
                found[told.provision.path].append(Beside(number=practice.number, rank=told.rank, score=told.score))
    return found


def _series(
    view: View, series: Series, report: Coverage, countries: Sequence[str], found: Mapping[str, Sequence[Beside]]
) -> OverlaySeries:
    places = {column.path: place for place, column in enumerate(report.columns)}

    def standing(row: Row) -> Standing:
        thing = view.things.provisions[row.path]
        none = row.total.model_copy(update={"status": "ipg:NotReviewed", "found": 0, "reviewed": 0})
        return Standing(
            provision=name_item(view, row.path),
            notation=row.notation,
            under=tuple(name_item(view, path) for name in _UPWARDS for path in thing.paths(name) if path.startswith(_PRINCIPLE)),
            ours=row.total,
            countries=tuple(row.cells[places[country]] if country in places else none for country in countries),
            own=tuple(found.get(row.path, ())),
        )

    return OverlaySeries(
        series=series,
        framework=name_item(view, report.framework.path),
        reviewed=report.reviewed,
        standings=tuple(standing(row) for row in report.rows),
    )
