"""How many practices there are for each provision: by primary principle, by asserted links, and by inference alone."""

from __future__ import annotations

from typing import NamedTuple

from query_service.analyst.desk import Analysis, View
from query_service.coverage.matrix import coverage
from query_service.coverage.question import Counted, CoverageQuestion, DimensionName
from query_service.coverage.records import Cell, Coverage

__all__ = ["FrameworkCounts", "ProvisionCounts", "all_counts", "kept_coverage"]

_PRINCIPLES = "framework/eu-cbp-2004"


class ProvisionCounts(NamedTuple):
    """Practices of one provision.

    :ivar primary: whose primary principle it is; none where a provision cannot be that.
    :ivar asserted: linked to it by an asserted statement, the primary ones among them.
    :ivar inferred: that contribute to it by inference and by no asserted link; none where nothing is inferred.
    """

    path: str
    notation: str
    primary: int | None
    asserted: Cell
    inferred: int | None


class FrameworkCounts(NamedTuple):
    """A framework with its provisions in their order.

    :ivar laid_out: the framework laid out, which holds its edition, its denominators and the notes on them.
    """

    path: str
    laid_out: Coverage
    provisions: tuple[ProvisionCounts, ...]

    @property
    def reviewed(self) -> int:
        """Practices that were read for it: the denominator."""
        return self.laid_out.reviewed


def all_counts(view: View) -> tuple[FrameworkCounts, ...]:
    """All frameworks that have provisions, the Common Basic Principles first."""
    return view.analysis.kept("provision-counts", lambda: _count(view))


def kept_coverage(analysis: Analysis, framework: str, by: DimensionName, counted: Counted = "asserted") -> Coverage:
    """A framework laid out; kept, as many pages show a part of it.

    :param framework: its path.
    """
    question = CoverageQuestion(framework=framework.removeprefix("framework/"), by=by, counted=counted)
    return analysis.kept(f"coverage {framework} {by} {counted}", lambda: coverage(analysis.source, question))


def _count(view: View) -> tuple[FrameworkCounts, ...]:
    provisions = view.things.provisions
    sizes: dict[str, int] = {}
    principled: dict[str, bool] = {}
    for provision in provisions.values():
        framework = next(iter(provision.paths("dcterms:isPartOf")), "")
        if not framework:
            continue
        sizes[framework] = sizes.get(framework, 0) + 1
        principled[framework] = principled.get(framework, True) and provision.kind == "principle"
    ordered = sorted(sizes, key=lambda path: (path != _PRINCIPLES, not path.startswith("framework/eu-"), path))
    return tuple(_count_framework(view, framework, infers=principled[framework]) for framework in ordered)


def _count_framework(view: View, framework: str, *, infers: bool) -> FrameworkCounts:
    asserted = kept_coverage(view.analysis, framework, "level")
    primary = kept_coverage(view.analysis, framework, "level", "primary").rows if framework == _PRINCIPLES else None
    return FrameworkCounts(
        framework,
        asserted,
        tuple(
            ProvisionCounts(
                row.path,
                row.notation,
                primary[place].total.found if primary else None,
                row.total,
                len(_only_inferred(view, row.path)) if infers else None,
            )
            for place, row in enumerate(asserted.rows)
        ),
    )


def _only_inferred(view: View, provision: str) -> list[str]:
    return [
        practice.path
        for practice in view.things.practices.values()
        if provision in practice.paths("ipg:contributesTo") and provision not in practice.paths("ipg:implements")
    ]
