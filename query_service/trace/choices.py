"""What a trace can walk, where it can lead, and as what it can be written."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

__all__ = ["TARGETS", "WALKED", "Target", "TraceFormat", "Walked"]

#: Kinds of items that a trace without a second item can lead to.
Target = Literal["practices", "principles", "conclusions", "recommendations", "guidelines"]
#: Class of the items of each kind.
TARGETS: Final[dict[Target, str]] = {
    "practices": "Practice",
    "principles": "Principle",
    "conclusions": "Conclusion",
    "recommendations": "Recommendation",
    "guidelines": "Guideline",
}
TraceFormat = Literal["text", "json", "csv", "svg"]


class Walked(NamedTuple):
    """A property that a trace walks, and how a hop reads in its direction and against it."""

    property: str
    along: str
    against: str
    structural: bool = False
    tension: bool = False

    def local_name(self) -> str:
        """Name without prefix, as options give it."""
        return self.property.partition(":")[2]


#: Statements between items; the structural ones only when asked for.
WALKED: Final = (
    Walked("ipg:implements", "implements", "is implemented by"),
    Walked("ipg:elaborates", "elaborates", "is elaborated by"),
    Walked("ipg:supports", "supports", "is supported by"),
    Walked("ipg:relatedTo", "is related to", "is named as related by"),
    Walked("ipg:correspondsTo", "corresponds to", "is the counterpart of"),
    Walked("ipg:bearsOn", "bears on", "is touched by"),
    Walked("ipg:inTensionWith", "is in tension with", "is put in tension by", tension=True),
    Walked("ipg:limits", "limits", "is limited by", tension=True),
    Walked("dcterms:references", "refers to", "is referred to by"),
    Walked("dcterms:isPartOf", "is part of", "contains", structural=True),
    Walked("ipg:meetsCriterion", "meets the criterion", "is met by", structural=True),
    Walked("ipg:leadActor", "is led by", "leads", structural=True),
    Walked("ipg:partner", "has as partner", "is a partner in", structural=True),
    Walked("ipg:funder", "is funded by", "funds", structural=True),
)
