"""The guide: its text, key recommendations and questions for implementation."""

from __future__ import annotations

import re

from etl.errors import ExtractionError
from etl.identifiers import PassageKey
from etl.reading import LineReader
from etl.records import ProvisionRecord, QuestionRecord
from etl.sources.cm_2010_172.facts import BlockFacts, GuideFacts, GuideRecommendation

__all__ = ["read_guide"]

_PART = re.compile(r"\((i|ii|iii|iv|v)\)")
_NUMERALS = ("i", "ii", "iii", "iv", "v")
_NUMBERED = re.compile(r"\d\.\d ")
#: A provision's printed name is kept up to this many words.
_NAME_WORDS = 12


def read_guide(reader: LineReader, facts: GuideFacts, until: str) -> tuple[list[ProvisionRecord], list[QuestionRecord]]:
    """Read the guide up to the heading that follows it.

    :raises ExtractionError: when a section, key recommendation or question is not as declared.
    """
    top = facts.front[0].heading or ""
    reader.keep_sections(facts.front, until=facts.summary.heading)
    blocks = [block for chapter in facts.chapters for block in chapter.blocks]
    _read_summary(reader, facts, (top, facts.summary.heading), [rec for block in blocks for rec in block.recommendations])
    provisions: list[ProvisionRecord] = []
    questions: list[QuestionRecord] = []
    openings = [chapter.sections[0].heading or "" for chapter in facts.chapters[1:]]
    for chapter, following in zip(facts.chapters, (*openings, until), strict=True):
        first = chapter.blocks[0].recommendations[0].number if chapter.blocks else None
        ends = re.compile(rf"Key Recommendation {re.escape(first)}:") if first else following
        reader.keep_sections(chapter.sections, until=ends, above=(top,))
        for block in chapter.blocks:
            above = (top, chapter.sections[0].label or chapter.sections[0].heading or "")
            provisions += _read_block(reader, facts, block, above)
            questions += _read_questions(reader, facts, block, above)
    return provisions, questions


def _read_summary(
    reader: LineReader, facts: GuideFacts, section: tuple[str, ...], recommendations: list[GuideRecommendation]
) -> None:
    reader.keep("guide/summary", reader.expect(facts.summary.heading), "heading", section)
    reader.keep("guide/summary/opening", reader.begin(facts.summary.opening_begins), "paragraph", section)
    for recommendation in recommendations:
        number, page = recommendation.number, recommendation.page
        wanted = f"key recommendation {number} on {recommendation.summary_lines} line(s), ending with page {page}"
        lines = reader.begin(f"{number} {recommendation.title_begins}")
        for _ in range(recommendation.summary_lines - 1):
            if _NUMBERED.match(reader.peek()):
                raise reader.fail(wanted)
            lines += reader.take(wanted)
        if not lines[-1].text.endswith(f" {page}"):
            where = reader.rendition.where(lines[-1])
            raise ExtractionError(where, f"{lines[-1].text[-40:]!r}", wanted, "compare the document with its manifest")
        reader.keep(f"guide-{number}/summary", lines, "list-item", section)


def _read_block(reader: LineReader, facts: GuideFacts, block: BlockFacts, above: tuple[str, ...]) -> list[ProvisionRecord]:
    names: dict[str, str] = {}
    for recommendation in block.recommendations:
        label = f"Key Recommendation {recommendation.number}"
        names[recommendation.number] = reader.peek().removeprefix(f"{label}: ")
        lines = reader.begin(f"{label}: {recommendation.title_begins}")
        reader.keep(f"guide-{recommendation.number}", lines, "statement", (*above, label))
    texts = _read_texts(reader, block, above)
    return [
        ProvisionRecord(
            path=f"recommendation/guide-{number}",
            kind="recommendation",
            framework=facts.framework,
            notation=number,
            official_name=name if len(name.split()) <= _NAME_WORDS else None,
            passages=(f"guide-{number}", *texts, f"guide-{number}/summary"),
        )
        for number, name in names.items()
    ]


def _read_texts(reader: LineReader, block: BlockFacts, above: tuple[str, ...]) -> list[PassageKey]:
    first = block.recommendations[0].number
    section = (*above, f"Key Recommendation {first}")
    keys = []
    for place in range(1, block.lines + 1):
        wanted = f"line {place} of {block.lines} of key recommendation {first}"
        if reader.peek() == block.questions_heading:
            raise reader.fail(wanted)
        keys.append(reader.keep(f"guide-{first}/text/{place}", reader.take(wanted), "explanation", section))
    return keys


def _read_questions(reader: LineReader, facts: GuideFacts, block: BlockFacts, above: tuple[str, ...]) -> list[QuestionRecord]:
    first = block.recommendations[0].number
    section = (*above, f"Key Recommendation {first}", "Questions")
    reader.keep(f"guide-{first}/questions", reader.expect(block.questions_heading), "heading", section)
    questions = []
    for number in range(1, block.questions + 1):
        name = f"{first}-{number}"
        labels = tuple(_PART.findall(reader.peek()))
        wanted = facts.misnumbered_parts.get(name, _NUMERALS[: len(labels)])
        if labels != wanted:
            raise reader.fail(f"question {name} with parts {', '.join(wanted) or 'none'}; it has {', '.join(labels) or 'none'}")
        key = reader.keep(f"guide-{first}/question-{number}", reader.begin(f"{number}. "), "list-item", section)
        questions.append(
            QuestionRecord(
                path=f"question/guide-{name}",
                notation=str(number),
                recommendations=tuple(f"recommendation/guide-{rec.number}" for rec in block.recommendations),
                parts=max(len(labels), 1),
                passage=key,
            )
        )
    return questions
