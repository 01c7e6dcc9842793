"""The example queries: one ``.rq`` file per question, with the question and its keywords in its first comment lines.

::

    # en: Which practices ...?
    # keywords: practice, country
    # parameter country en: the country
    PREFIX ipg: <https://w3id.org/ipg/ontology#>
    SELECT ... WHERE { VALUES ?country { <https://w3id.org/ipg/id/place/est> } ... }

The expected answer stands beside it as ``.csv`` (SPARQL 1.1 Query Results CSV). A parameter is the one value of a VALUES
block: the query stands on its own with that value, and means the same question of another when the value is exchanged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, cast

from pydantic import Field

from etl.errors import RecordError
from etl.identifiers import Key
from etl.records import Record

__all__ = ["Example", "Parameter", "read_examples"]

#: Languages in which every question is asked, and every parameter described.
_LANGUAGES = ("en", "fr", "de")
_HEADER = re.compile(r"^#\s*(en|fr|de|keywords):\s*(\S.*)$")
_PARAMETER = re.compile(r"^#\s*parameter\s+([a-z][a-z0-9]*)\s+(\w+):\s*(\S.*)$")
_FORM = re.compile(r"^\s*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.MULTILINE | re.IGNORECASE)
_VALUE = r'<[^<>"{}|^`\\\s]+>|"[^"\\\n]*"|-?[0-9]+'
#: Names that a request has other uses for.
_RESERVED = frozenset({"format", "query", "raw"})


class Parameter(Record):
    """A value of a query that another may stand for.

    :ivar name: of its variable.
    :ivar default: the value in the text, as written there: an IRI in angle brackets, a quoted string, or an integer.
    :ivar descriptions: what it is, by language.
    """

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*$")]
    default: str
    descriptions: dict[str, str]


class Example(Record):
    """A question and its query.

    :ivar questions: the question by language.
    :ivar topic: the folder it stands in.
    """

    key: Key
    topic: str
    questions: dict[str, str]
    keywords: tuple[str, ...]
    parameters: tuple[Parameter, ...] = ()
    form: Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]
    query: str
    file: Path

    @property
    def expected(self) -> Path:
        """File of the expected answer."""
        return self.file.with_suffix(".csv")


def read_examples(folder: Path) -> Iterator[Example]:
    """Read all example queries, sorted by their files.

    :raises RecordError: when one lacks a question in one of the languages, keywords, a query form or an expected answer, or
        when a parameter is not described, or is not the one value of one VALUES block.
    """
    for file in sorted(folder.glob("*/*.rq")):
        query = file.read_text(encoding="utf-8")
        header = {m.group(1): m.group(2).strip() for line in query.splitlines() if (m := _HEADER.match(line))}
        form = _FORM.search(query)
        for part, found in (
            *((f"# {language}: the question", language in header) for language in _LANGUAGES),
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
            parameters=tuple(_parameters(query, file)),
            form=cast("Literal['SELECT', 'ASK', 'CONSTRUCT', 'DESCRIBE']", form.group(1).upper() if form else ""),
            query=query,
            file=file,
        )


def _parameters(query: str, file: Path) -> Iterator[Parameter]:
    described: dict[str, dict[str, str]] = {}
    for line in query.splitlines():
        if found := _PARAMETER.match(line):
            described.setdefault(found[1], {})[found[2]] = found[3].strip()
    for name, descriptions in described.items():
        where = f"{file}: parameter {name}"
        if name in _RESERVED:
            raise RecordError(where, "has a name of other use", f"none of {', '.join(sorted(_RESERVED))}", "rename the variable")
        if descriptions.keys() != set(_LANGUAGES):
            raise RecordError(
                where,
                f"is described in {', '.join(descriptions)}",
                f"a description in each of {', '.join(_LANGUAGES)}",
                f"write lines such as: # parameter {name} en: ...",
            )
        blocks = re.findall(rf"\bVALUES\s+\?{name}\s*\{{\s*({_VALUE})\s*\}}", query)
        if len(blocks) != 1:
            raise RecordError(
                where,
                f"has {len(blocks)} VALUES blocks of one value",
                f"VALUES ?{name} {{ ... }} once, with one IRI in angle brackets, one string or one integer",
                "write the value that the query has without the parameter there",
            )
        yield Parameter(name=name, default=blocks[0], descriptions=descriptions)
