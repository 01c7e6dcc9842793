"""The example queries: one ``.rq`` file per question, with the question and its keywords in its first comment lines.

::

    # en: Which practices ...?
    # keywords: practice, country
    PREFIX ipg: <https://w3id.org/ipg/ontology#>
    SELECT ...

The expected answer stands beside it as ``.csv`` (SPARQL 1.1 Query Results CSV).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, cast

from etl.errors import RecordError
from etl.identifiers import Key
from etl.records import Record

__all__ = ["Example", "read_examples"]

_HEADER = re.compile(r"^#\s*(en|fr|de|keywords):\s*(\S.*)$")
_FORM = re.compile(r"^\s*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.MULTILINE | re.IGNORECASE)


class Example(Record):
    """A question and its query.

    :ivar questions: the question by language, English always.
    :ivar topic: the folder it stands in.
    """

    key: Key
    topic: str
    questions: dict[str, str]
    keywords: tuple[str, ...]
    form: Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]
    query: str
    file: Path

    @property
    def expected(self) -> Path:
        """File of the expected answer."""
        return self.file.with_suffix(".csv")


def read_examples(folder: Path) -> Iterator[Example]:
    """Read all example queries, sorted by their files.

    :raises RecordError: when one has no question, no keywords, no query form or no expected answer.
    """
    for file in sorted(folder.glob("*/*.rq")):
        query = file.read_text(encoding="utf-8")
        header = {m.group(1): m.group(2).strip() for line in query.splitlines() if (m := _HEADER.match(line))}
        form = _FORM.search(query)
        for part, found in (
            ("# en: the question", "en" in header),
            ("# keywords: ...", "keywords" in header),
            ("a query form", form),
        ):
            if not found:
                raise RecordError(str(file), f"has no {part!r}", "question, keywords and query", "see the other examples")
        if not file.with_suffix(".csv").exists():
            raise RecordError(
                str(file), "has no expected answer", f"{file.with_suffix('.csv').name} beside it", "add the answer you checked"
            )
        keywords = tuple(word.strip() for word in header.pop("keywords").split(","))
        yield Example(
            key=file.stem.replace("_", "-"),
            topic=file.parent.name,
            questions=header,
            keywords=keywords,
            form=cast("Literal['SELECT', 'ASK', 'CONSTRUCT', 'DESCRIBE']", form.group(1).upper() if form else ""),
            query=query,
            file=file,
        )
