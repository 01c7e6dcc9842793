"""Double coding: what two independent readers coded, what was decided where they differ, and what therefore holds.

::

    data/curation/coding/reader-1/{practice}.yaml   one reader's codes, each with rationale and evidence
                         reader-2/{practice}.yaml   the other's, made without seeing the first
                         decisions/{practice}.yaml  every difference, decided with a reason
                         {the same three}/frameworks.yaml   links between frameworks

A code that both readers gave holds. A code that one gave holds only by a decision, and a difference without a
decision is an error: nothing is settled in silence. How to code is said in ``docs/coding-guide.md``.
"""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import AliasChoices, Field

from etl.actors import ActorKind
from etl.identifiers import ItemPath, Key, PassageKey
from etl.records import Record

__all__ = [
    "LAYERS",
    "ActorCode",
    "Code",
    "Decision",
    "Decisions",
    "EvidenceType",
    "FrameworkCoding",
    "FrameworkLink",
    "LevelCode",
    "PracticeCoding",
    "ResultFigure",
    "Settled",
    "SettledLink",
]

Evidence = tuple[PassageKey, ...]
Confidence = Annotated[float, Field(gt=0, le=1)]
Rationale = Annotated[str, Field(min_length=20, max_length=500)]


class Code(Record):
    """A provision that a practice carries out, by its number in its series.

    :ivar number: of the principle, conclusion, measure or skills paragraph.
    """

    number: Annotated[int, Field(ge=1, le=101, validation_alias=AliasChoices("principle", "conclusion", "measure", "guideline"))]
    confidence: Confidence
    evidence: Annotated[Evidence, Field(min_length=1)]
    rationale: Rationale


class LevelCode(Record):
    """A level of government and whether it runs or funds the practice."""

    level: Literal["local", "regional", "national", "european", "international"]
    by: Literal["runs", "funds"]
    evidence: Evidence = ()


class ActorCode(Record):
    """An organisation's role; ``actor`` is its key in the register, or ``new`` with its name and kind."""

    actor: Key
    role: Literal["lead", "partner", "funder"]
    evidence: Evidence = ()
    name: str | None = None
    kind: ActorKind | None = None


class NamedProgramme(Record):
    """A fund or programme as printed."""

    name: str
    evidence: Evidence = ()


class EvidenceType(Record):
    """What the entry rests its results on."""

    type: Literal["evaluated", "monitored", "self-reported", "none-stated"]
    evidence: Evidence = ()


class Transferability(Record):
    """Passages that say that the practice can be, or was, transferred."""

    evidence: Annotated[Evidence, Field(min_length=1)]


class ResultFigure(Record):
    """A result as stated: a number, its unit and what was counted."""

    number: str
    unit: str
    what: str
    evidence: Annotated[Evidence, Field(min_length=1)]


class PracticeCoding(Record):
    """One reader's codes of one practice."""

    practice: Key
    primary: Code
    secondary: tuple[Code, ...] = ()
    conclusions: tuple[Code, ...] = ()
    measures: tuple[Code, ...] = ()
    guidelines: tuple[Code, ...] = ()
    levels: tuple[LevelCode, ...] = ()
    target_groups: tuple[Key, ...] = ()
    themes: tuple[PassageKey, ...] = ()
    actors: tuple[ActorCode, ...] = ()
    funding_programme: tuple[NamedProgramme, ...] = ()
    evidence_type: EvidenceType
    transferability: Transferability | None = None
    results: tuple[ResultFigure, ...] = ()
    notes: str | None = None


Layer = Literal[
    "primary", "secondary", "conclusions", "measures", "guidelines", "levels", "target_groups", "themes", "actors",
    "evidence_type", "transferability",
]  # fmt: skip
#: Layers in which readers are compared. Programmes and result figures are printed facts: the union of both readers is kept.
LAYERS: tuple[Layer, ...] = get_args(Layer)


class Decision(Record):
    """What holds of a code that only one reader gave, and why.

    :ivar code: as :func:`codes_of` writes it.
    :ivar overrules: whether it sets aside what both readers gave, or gives what neither gave, because a ruling of the
        guide that was made afterwards, or a check of the evidence, says otherwise.
    :ivar rationale: a better one, where neither reader's will do.
    :ivar evidence: the passages that carry it, where those of the readers do not, or not alone.
    :ivar checked_by: path of the agent that checked the evidence and set rationale, evidence or confidence after that.
    """

    layer: Layer
    code: str
    decision: Literal["keep", "drop"]
    reason: Annotated[str, Field(min_length=10)]
    overrules: bool = False
    confidence: Confidence | None = None
    rationale: Rationale | None = None
    evidence: Evidence = ()
    checked_by: ItemPath | None = None


class Decisions(Record):
    """All decisions about one practice.

    :ivar drop_facts: names of programmes and numbers of results, as a reader wrote them, that are none by the guide.
    """

    practice: Key
    decisions: tuple[Decision, ...] = ()
    drop_facts: tuple[str, ...] = ()


class SettledLink(Record):
    """A link that holds, and how the two readers stood to it.

    :ivar series: ``principle/cbp-``, ``conclusion/``, ``recommendation/interaction-`` or ``guideline/skills-``.
    :ivar agreed: whether both readers gave it.
    :ivar checked_by: path of the agent that mended it on checking its evidence.
    """

    series: str
    number: int
    confidence: Confidence
    evidence: Evidence
    rationale: Rationale
    agreed: bool
    decision: str | None = None
    checked_by: ItemPath | None = None


class Settled(Record):
    """What holds of a practice after both codings and the decisions."""

    practice: Key
    primary: SettledLink
    links: tuple[SettledLink, ...]
    levels: tuple[LevelCode, ...]
    target_groups: tuple[Key, ...]
    themes: tuple[PassageKey, ...]
    actors: tuple[ActorCode, ...]
    programmes: tuple[NamedProgramme, ...]
    evidence_type: EvidenceType
    transferability: Transferability | None
    results: tuple[ResultFigure, ...]


class FrameworkLink(Record):
    """A link between two items of frameworks, or from a criterion to a principle.

    :ivar match: how close the two are, for ``correspondsTo``.
    :ivar differs: what one says that the other does not.
    """

    source: ItemPath
    property: Literal["supports", "correspondsTo", "bearsOn", "inTensionWith", "limits"]
    target: ItemPath
    match: Literal["exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch"] | None = None
    differs: str | None = None
    rationale: Rationale
    document: Key
    evidence: Annotated[Evidence, Field(min_length=1)]
    confidence: Confidence


class NoLink(Record):
    """An item for which no link was found, and why."""

    item: ItemPath
    property: str
    reason: str


class FrameworkCoding(Record):
    """One reader's links between frameworks."""

    links: tuple[FrameworkLink, ...]
    none: tuple[NoLink, ...] = ()
