"""The two recommendations of the Committee of Ministers, the glossary of the second, and the agreed principles."""

from __future__ import annotations

from etl.errors import ExtractionError
from etl.identifiers import make_slug
from etl.reading import LineReader
from etl.records import GlossaryTerm, Heading, ProvisionRecord
from etl.sources.cm_2010_172.facts import (
    AgreedFacts,
    GlossaryFacts,
    InteractionFacts,
    RecommendationFacts,
    SkillsFacts,
    SkillsGroup,
)

__all__ = ["read_agreed", "read_glossary", "read_interaction", "read_skills", "repeat_interaction"]

_REPEATED = "/repeated"


def read_interaction(reader: LineReader, facts: InteractionFacts) -> list[ProvisionRecord]:
    """Read the recommendation on interaction where it stands first.

    :raises ExtractionError: when a part or a measure is not as declared.
    """
    _read_measures(reader, facts, (facts.appendix,), "")
    return [
        ProvisionRecord(
            path=f"recommendation/interaction-{number}",
            kind="recommendation",
            framework=facts.framework,
            notation=str(number),
            passages=(f"interaction-{number}", f"interaction-{number}{_REPEATED}"),
        )
        for number in range(1, facts.measures + 1)
    ]


def repeat_interaction(reader: LineReader, facts: InteractionFacts, above: str) -> None:
    """Read the recommendation on interaction where the guide prints it again.

    :raises ExtractionError: when it is not as declared, or a measure reads otherwise than the first time.
    """
    _read_measures(reader, facts, (above, facts.appendix_of_repetition), _REPEATED)
    for number in range(1, facts.measures + 1):
        key = f"interaction-{number}"
        if reader.book.get(key).sha256 != reader.book.get(key + _REPEATED).sha256:
            raise ExtractionError(
                f"{reader.rendition.name}: measure {number}",
                "reads otherwise in its two prints",
                "the same wording",
                "compare the document with its manifest",
            )


def _read_measures(reader: LineReader, facts: InteractionFacts, section: tuple[str, ...], suffix: str) -> None:
    _read_frame(reader, facts, section, suffix)
    for number in range(1, facts.measures + 1):
        mark = "" if number in facts.without_dot else "."
        reader.keep(f"interaction-{number}{suffix}", reader.begin(f"{number}{mark} "), "statement", section)
    _read_closing(reader, facts, section, suffix)


def _read_frame(reader: LineReader, facts: RecommendationFacts, section: tuple[str, ...], suffix: str) -> None:
    """Heading, note on adoption, preamble and the sentence that opens the measures."""
    lines = reader.expect(section[-1])
    reader.keep(f"{make_slug(section[-1])}", lines, "heading", section)
    lines = [line for printed in facts.heading for line in reader.expect(printed)]
    reader.keep(f"{facts.key}/heading{suffix}", lines, "heading", section)
    lines = [line for opening in facts.adoption_begins for line in reader.begin(opening)]
    reader.keep(f"{facts.key}/adoption{suffix}", lines, "paragraph", section)
    for number, opening in enumerate(facts.preamble_begins, start=1):
        reader.keep(f"{facts.key}/preamble/{number}{suffix}", reader.begin(opening), "paragraph", section)
    lines = [line for opening in facts.opening_begins for line in reader.begin(opening)]
    reader.keep(f"{facts.key}/opening{suffix}", lines, "paragraph", section)


def _read_closing(reader: LineReader, facts: RecommendationFacts, section: tuple[str, ...], suffix: str = "") -> None:
    for number, opening in enumerate(facts.closing_begins, start=1):
        reader.keep(f"{facts.key}/closing/{number}{suffix}", reader.begin(opening), "paragraph", section)


def read_skills(reader: LineReader, facts: SkillsFacts) -> tuple[list[ProvisionRecord], list[Heading]]:
    """Read the recommendation on validating skills with the paragraphs of its annex.

    :raises ExtractionError: when a part, heading or paragraph is not as declared.
    """
    section: tuple[str, ...] = (facts.appendix,)
    _read_frame(reader, facts, section, "")
    _read_closing(reader, facts, section)
    section = (*section, facts.annex_heading)
    reader.keep(f"{facts.key}/annex", reader.expect(facts.annex_heading), "heading", section)
    titles = {group.concept: group.printed for group in facts.groups}
    provisions, headings = [], []
    for group in facts.groups:
        path = (*section, *([titles[group.parent]] if group.parent else []), group.printed)
        reader.keep(group.concept, reader.expect(group.printed), "heading", path)
        headings.append(
            Heading(
                concept=group.concept,
                printed=group.printed,
                under=facts.framework,
                parent=group.parent,
                passage=group.concept,
            )
        )
        provisions += _read_paragraphs(reader, facts, group, path)
    return provisions, headings


def _read_paragraphs(
    reader: LineReader, facts: SkillsFacts, group: SkillsGroup, section: tuple[str, ...]
) -> list[ProvisionRecord]:
    provisions = []
    first, last = group.paragraphs or (1, 0)
    for number in range(first, last + 1):
        lines = reader.begin(f"{number}. ")
        for _ in range(facts.lines.get(number, 1) - 1):
            if reader.peek().startswith(f"{number + 1}. "):
                raise reader.fail(f"{facts.lines[number]} lines of paragraph {number}")
            lines += reader.take(f"paragraph {number}")
        provisions.append(
            ProvisionRecord(
                path=f"guideline/skills-{number}",
                kind="guideline",
                framework=facts.framework,
                notation=str(number),
                passages=(reader.keep(f"skills-{number}", lines, "statement", section),),
                heading=group.concept,
            )
        )
    return provisions


def read_glossary(reader: LineReader, facts: GlossaryFacts, above: str) -> tuple[GlossaryTerm, ...]:
    """Read the glossary: a passage per term, its name and definition together.

    :raises ExtractionError: when a term or the length of its definition is not as declared.
    """
    section = (above, "Glossary of key terms")
    reader.keep("glossary", reader.expect(facts.heading), "heading", section)
    names = {term.name for term in facts.terms}
    records = []
    for term in facts.terms:
        lines = reader.expect(term.name)
        for _ in range(term.lines):
            if reader.peek() in names:
                raise reader.fail(f"the definition of {term.name!r}")
            lines += reader.take(f"the definition of {term.name!r}")
        slug = make_slug(term.name)
        key = reader.keep(f"term-{slug}", lines, "explanation", section)
        records.append(GlossaryTerm(path=f"term/{slug}", name=term.name, passage=key))
    return tuple(records)


def read_agreed(reader: LineReader, facts: AgreedFacts, above: str) -> list[ProvisionRecord]:
    """Read the commonly agreed principles and the list of documents they are drawn from.

    :raises ExtractionError: when heading, list or a principle is not as declared.
    """
    section = (above, facts.appendix)
    lines = reader.expect(facts.appendix) + reader.expect(facts.heading)
    reader.keep("agreed", lines, "heading", section)
    reader.keep("agreed/opening", reader.begin(facts.opening_begins), "paragraph", section)
    for number in range(1, facts.sources + 1):
        reader.keep(f"agreed/source/{number}", reader.begin("- "), "list-item", section)
    return [
        ProvisionRecord(
            path=f"principle/agreed-{number}",
            kind="principle",
            framework=facts.framework,
            notation=str(number),
            passages=(reader.keep(f"agreed-{number}", reader.begin(f"{number}. "), "statement", section),),
        )
        for number in range(1, facts.principles + 1)
    ]
