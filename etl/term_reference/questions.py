"""Questions that show what a term is for: competency questions of the ontology, and example queries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from etl.errors import OntologyError
from etl.examples import read_examples
from etl.identifiers import TERMS
from etl.term_reference.records import Question

__all__ = ["names_in", "read_questions"]

_KINDS: tuple[Literal["asked", "entailed", "not_entailed"], ...] = ("asked", "entailed", "not_entailed")
_NAMED = re.compile(rf"\bipg:([A-Za-z][A-Za-z0-9]*)|<{re.escape(TERMS)}([A-Za-z0-9]+)>")


def read_questions(questions: Path, examples: Path) -> Iterator[Question]:
    """Competency questions by number, then example queries by key.

    :param questions: folder with ``asked``, ``entailed`` and ``not_entailed``, a ``.rq`` file for each question, whose first
        line says it in words; what follows or does not has its premises beside it.
    :param examples: folder of the example queries.
    :raises OntologyError: when a question has no words.
    """
    found = [_read_question(file, kind) for kind in _KINDS for file in sorted((questions / kind).glob("*.rq"))]
    yield from sorted(found, key=lambda question: question.key)
    for example in sorted(read_examples(examples), key=lambda example: example.key):
        yield Question(key=example.key, kind="example", texts=example.questions, query=example.query)


def _read_question(file: Path, kind: Literal["asked", "entailed", "not_entailed"]) -> Question:
    words, _, query = file.read_text(encoding="utf-8").partition("\n")
    if not words.startswith("# "):
        raise OntologyError(f"{file}: line 1", f"is {words!r}", "the question in words after '# '", "write it")
    given = [path.read_text(encoding="utf-8") for path in sorted(file.parent.glob(f"{file.stem}.t*"))]
    key = file.stem.split("_", 1)[0]
    return Question(key=key, kind=kind, texts={"en": words[2:].strip()}, query=query.strip(), given="".join(given).strip())


def names_in(text: str) -> set[str]:
    """Names of the terms of the ontology that a query or Turtle names."""
    return {found[1] or found[2] for found in _NAMED.finditer(text)}
