"""The page on a principle, conclusion, recommendation or guideline."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from query_service.analyst.desk import View
from query_service.analyst.naming import Named, namer_of
from query_service.analyst.provisions.around import inferred_practices, neighbours_of, questions_of, statements_of
from query_service.analyst.provisions.counts import kept_coverage
from query_service.analyst.provisions.records import (
    Column,
    Group,
    InferredPractice,
    LaidOut,
    PracticeLine,
    ProvisionPage,
    Related,
)
from query_service.analyst.reasons import ShownPassage, matches_of, show_passage, show_reason, statement_facts
from query_service.analyst.tracing.parameters import TraceParameters
from query_service.coverage.question import DimensionName
from query_service.errors import SnapshotUnusable
from query_service.linked_data.page_makers import Told
from query_service.ordering import by_number
from query_service.pages import render_page
from query_service.trace.facts import Edge

__all__ = ["KINDS", "make_provision_page"]

#: Kinds of items that have this page.
KINDS: Final = ("principle", "conclusion", "recommendation", "guideline")
_LEADING: Final = ("ipg:elaborates", "ipg:relatedTo", "ipg:supports")
_RELATED: Final = ("ipg:correspondsTo", "ipg:inTensionWith", "ipg:limits", "ipg:bearsOn", "dcterms:references")


def make_provision_page(view: View, told: Told) -> bytes:
    """The page on a provision; the one that every item has, where the dataset does not say of which framework it is part.

    :param told: the provision as the page that every item has tells it.
    """
    try:
        is_whole = bool(view.things.provisions[view.things.path(told.description.iri)].paths("dcterms:isPartOf"))
    except (KeyError, SnapshotUnusable):  # a dataset that does not hold what ours does
        is_whole = False
    return render_page("provision.html", _Telling(view, told).tell()) if is_whole else render_page("item.html", told.page)


class _Telling:
    """Sorts what is known of one provision."""

    def __init__(self, view: View, told: Told) -> None:
        self._view = view
        self._told = told
        self._path = view.things.path(told.description.iri)
        self._provision = view.things.provisions[self._path]
        self._framework = self._provision.paths("dcterms:isPartOf")[0]
        self._statements = statements_of(view)
        self._words = view.reading.words
        self._namer = namer_of(view)

    def tell(self) -> ProvisionPage:
        view, provision = self._view, self._provision
        title, summary = provision.title(view.language), provision.summary(view.language)
        practices = list(self._practices())
        coverage = kept_coverage(view.analysis, self._framework, "level")
        wording = self._wording()
        before, after = neighbours_of(view, self._path)
        questions, questions_on = self._questions()
        return ProvisionPage(
            site=view.site,
            item=self._told.page,
            kind=self._words(f"provision-kind-{provision.kind}"),
            number=provision.first("skos:notation"),
            title=title.text,
            title_language=title.language,
            framework=self._namer.item(self._framework),
            heading=self._first("ipg:underHeading"),
            edition=self._first("ipg:handbookEdition"),
            summary=summary.text if summary else "",
            summary_language=summary.language if summary else "",
            themes=self._namer.items(provision.paths("dcterms:subject")),
            wording=wording,
            has_wording=any(passage.wording for passage in wording),
            primary=tuple(line for is_primary, line in practices if is_primary),
            secondary=tuple(line for is_primary, line in practices if not is_primary),
            inferred=tuple(self._inferred()),
            is_principle=provision.kind == "principle",
            is_read=coverage.coded,
            reviewed=coverage.reviewed,
            total=coverage.practices,
            leading=tuple(self._groups(_LEADING)),
            related=tuple(self._groups(_RELATED)),
            questions=questions,
            questions_on=questions_on,
            laid_out=tuple(self._lay_out(by) for by in ("country", "level")) if coverage.coded else (),
            trace=self._trace(end=None, to="practices", max_hops=2, one_way=True),
            practice_downloads=tuple(
                (form.upper(), self._trace(end=None, to="practices", max_hops=2, one_way=True, format=form))
                for form in ("csv", "xlsx", "json")
            ),
            before=self._namer.item(before) if before else None,
            after=self._namer.item(after) if after else None,
            listing=view.urls.at("principle", framework=self._framework.removeprefix("framework/")),
            downloads=self._told.page.downloads,
        )

    def _first(self, property_: str) -> Named | None:
        paths = self._provision.paths(property_)
        return self._namer.item(paths[0]) if paths else None

    def _trace(self, **asked: object) -> str:
        return f"{self._view.urls.at('trace')}?{TraceParameters(start=self._path).query(**asked)}"

    def _wording(self) -> tuple[ShownPassage, ...]:
        facts = statement_facts(self._view)
        iris = sorted(
            (value.text for value in self._provision.values("prov:wasDerivedFrom")), key=lambda iri: (iri.count("/"), iri)
        )
        return tuple(show_passage(self._view, facts.passage(iri)) for iri in iris)

    def _practices(self) -> Iterator[tuple[bool, PracticeLine]]:
        edges = self._statements.into.get(("ipg:implements", self._path), [])
        for edge in sorted(edges, key=lambda edge: self._view.things.title(edge.source, "en").text.casefold()):
            link = statement_facts(self._view).link(edge)
            practice = self._view.things.practices.get(edge.source)
            line = PracticeLine(
                item=self._namer.item(edge.source),
                countries=self._namer.items(practice.paths("ipg:country") if practice else ()),
                reason=show_reason(self._view, link) if link else None,
                trace=self._trace(start=edge.source, end=self._path, max_hops=2),
            )
            yield "ipg:primaryPrinciple" in edge.also, line

    def _inferred(self) -> Iterator[InferredPractice]:
        for found in inferred_practices(self._view, self._path):
            yield InferredPractice(
                item=self._namer.item(found.practice),
                through=self._namer.items(found.through),
                trace=self._trace(start=found.practice, end=self._path, max_hops=2, one_way=True),
            )

    def _groups(self, properties: tuple[str, ...]) -> Iterator[Group]:
        for property_ in properties:
            name = property_.partition(":")[2]
            for ends, message in ((self._statements.into, f"{name}-back"), (self._statements.out, name)):
                edges = ends.get((property_, self._path), [])
                items = [self._related(edge, is_out=ends is self._statements.out) for edge in edges]
                if items:
                    yield Group(
                        title=self._words(f"provision-{message}", count=len(items)),
                        items=tuple(sorted(items, key=lambda related: _order(related.item))),
                    )

    def _related(self, edge: Edge, *, is_out: bool) -> Related:
        other = edge.target if is_out else edge.source
        link = statement_facts(self._view).link(edge)
        provision = self._view.things.provisions.get(other)
        framework = provision.paths("dcterms:isPartOf")[0] if provision else None
        return Related(
            item=self._namer.item(other),
            framework=self._namer.item(framework) if framework and framework != self._framework else None,
            match=matches_of(self._view, edge.also, backwards=not is_out),
            reason=show_reason(self._view, link) if link else None,
        )

    def _questions(self) -> tuple[tuple[Named, ...], Named | None]:
        """Questions on the provision itself, else on its counterpart in the guide."""
        counterparts = [edge.source for edge in self._statements.into.get(("ipg:correspondsTo", self._path), [])]
        for path in (self._path, *counterparts):
            if questions := questions_of(self._view, path):
                return self._namer.items(questions), None if path == self._path else self._namer.item(path)
        return (), None

    def _lay_out(self, by: DimensionName) -> LaidOut:
        view = self._view
        laid_out = kept_coverage(view.analysis, self._framework, by)
        row = next(row for row in laid_out.rows if row.path == self._path)
        columns: dict[str, list[Column]] = {"ipg:Evidenced": [], "ipg:ReviewedNoneFound": [], "ipg:NotReviewed": []}
        for column, cell in zip(laid_out.columns, row.cells, strict=True):
            title = view.things.title(column.path, view.language) if column.path else None
            columns[cell.status].append(
                Column(
                    name=title.text if title else self._words("provision-column-not-stated"),
                    language=title.language if title else "",
                    url=view.urls.page(view.things.iri(column.path)) if column.path else "",
                    found=cell.found,
                    reviewed=cell.reviewed,
                )
            )
        for found in columns.values():
            found.sort(key=lambda column: (-column.found, not column.url))
        return LaidOut(
            title=self._words(f"provision-by-{by}"),
            evidenced=tuple(columns["ipg:Evidenced"]),
            none_found=tuple(columns["ipg:ReviewedNoneFound"]),
            not_reviewed=tuple(columns["ipg:NotReviewed"]),
            url=view.urls.at("coverage", framework=self._framework.removeprefix("framework/"), by=by),
        )


def _order(named: Named) -> tuple[str, tuple[int, ...], str]:
    return named.path.partition("/")[0], by_number(named.number), named.path
