"""``ipg query``: what is asked, of whom, and how the answer is written."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple, Protocol

import click

from ipg.query_formats import QUERY_FORMATS
from ipg.remote import RemoteEndpoint
from ipg.result_parquet import write_parquet
from ipg.result_table import draw_table, read_table
from query_service.asking import Asked, Asking, answer_whole
from query_service.engine import open_engine
from query_service.errors import NotAcceptable
from query_service.examples.named_queries import NamedQuery, bind_parameters, find_query, read_queries
from query_service.item_names import ItemNames
from query_service.jobs import QueryJob
from query_service.media_types import FORMATS, Format, Kind, choose_format
from query_service.query_limits import QueryLimits, check_query
from query_service.query_text import QueryText
from query_service.results import Sink
from query_service.snapshot import Snapshot

__all__ = ["Endpoint", "LocalSnapshot", "Target", "list_queries", "open_endpoint", "open_snapshot", "read_query", "render_answer"]

_SUFFIXES: Final = {"txt": "table", "srj": "json", "srx": "xml"} | {word: word for word in QUERY_FORMATS if word != "table"}
_TABLES: Final = frozenset({"table", "parquet"})
_LONGEST_NAME: Final = 255
_NAME: Final = re.compile(r"[A-Za-z0-9_-]+")
_JSON: Final = next(format_ for format_ in FORMATS if format_.key == "json")


class Target(Asked, Protocol):
    """Whoever is asked: a snapshot, or an endpoint elsewhere."""

    @property
    def prefixes(self) -> dict[str, str]:
        """Prefixes by which IRIs are shortened for reading."""

    @property
    def version(self) -> str | None:
        """Version of the dataset, where it is known."""


class LocalSnapshot:
    """A snapshot of this machine, asked as the service asks it: updates and SERVICE are refused.

    :param snapshot: the snapshot; what is private in it is for whoever holds it.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._engine = open_engine(snapshot, show_private=True, in_memory=False)
        self.version: str | None = snapshot.version

    @property
    def prefixes(self) -> dict[str, str]:
        """Prefixes that its ontology declares."""
        return self._engine.prefixes

    def answer(self, job: QueryJob, out: Sink) -> None:
        """Write the whole answer to a query.

        :raises ServiceError: when there is none.
        """
        check_query(QueryText(job.query), QueryLimits())
        self._engine.answer(job, out)


class Endpoint(NamedTuple):
    """Who is asked, and under which addresses.

    :ivar target: answers queries.
    :ivar url: base of relative IRIs in a query, as at the endpoint.
    :ivar link: of the version of the dataset, as answers name it.
    :ivar base: base of the IRIs of the dataset.
    """

    target: Target
    url: str
    link: str
    base: str

    def queries(self) -> dict[str, NamedQuery]:
        """The named queries that its dataset describes."""
        return read_queries(Asking(self.target, self.base).triples("list_examples"))


def open_snapshot(snapshot: Snapshot, address: str) -> Endpoint:
    """A snapshot, under the addresses that the service would give it.

    :param address: absolute URL before every route of the service.
    """
    return Endpoint(
        LocalSnapshot(snapshot), f"{address}/sparql", f"{address}/snapshot/{snapshot.version}", snapshot.manifest.base
    )


def open_endpoint(url: str, base: str) -> Endpoint:
    """An endpoint elsewhere.

    :param base: base of the IRIs of its dataset.
    """
    return Endpoint(RemoteEndpoint(url), url, url, base)


def list_queries(endpoint: Endpoint) -> str:
    """The named queries, with the defaults of their parameters."""
    lines = []
    for query in endpoint.queries().values():
        lines.append(f"{query.key}\n  {query.question}")
        for parameter in query.parameters:
            default = parameter.default.removeprefix(f"{endpoint.base}id/")
            lines.append(f"  --set {parameter.name}={default}  {parameter.descriptions.get('en', '')}")
    return "\n".join([*lines, ""])


def read_query(given: str, values: Sequence[tuple[str, str]], endpoint: Endpoint) -> str:
    """The text of the query that is meant: standard input (``-``), a file, the name of an example, or the text itself.

    :param values: of parameters, for an example.
    :raises click.UsageError: when it is none of these, or values are given for a query that is no example.
    :raises ServiceError: when there is no such example, or a value does not fit.
    """
    if _NAME.fullmatch(given) and given != "-" and not Path(given).is_file():
        query = find_query(endpoint.queries(), given)
        return bind_parameters(query, values, ItemNames(Asking(endpoint.target, endpoint.base), endpoint.base))
    if values:
        raise click.UsageError("--set is for the parameters of an example; name one instead of a query")
    if given == "-":
        return _decode(sys.stdin.buffer.read(), "standard input")
    # A text that is longer than a file name may be is no file; asking for it would be an error of the operating system.
    if re.search(r"[{\n]", given) or len(given.encode(errors="replace")) > _LONGEST_NAME:
        return given
    if Path(given).is_file():
        return _read_file(Path(given))
    if not re.search(r"\s", given) or given.lower().endswith((".rq", ".sparql")):
        raise click.UsageError(f"{given} is no file, no example and no query")
    return given


def _read_file(file: Path) -> str:
    try:
        return _decode(file.read_bytes(), str(file))
    except OSError as error:
        raise click.FileError(str(file), error.strerror or str(error)) from None


def _decode(raw: bytes, where: str) -> str:
    try:
        return raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise click.FileError(where, f"byte {error.start} is not UTF-8") from None


def render_answer(text: str, word: str | None, output: Path | None, endpoint: Endpoint) -> bytes | str:
    """Ask a query, and write its whole answer.

    :param word: format; by default as the name of the output ends, else a table or Turtle.
    :raises click.UsageError: when the answer cannot have this format.
    :raises ServiceError: when there is no whole answer.
    """
    kind = Kind.GRAPH if QueryText(text).form in {"CONSTRUCT", "DESCRIBE"} else Kind.ROWS
    word = word or _by_name(output) or ("ttl" if kind is Kind.GRAPH else "table")
    to_terminal = output is None and sys.stdout.isatty()
    if word == "parquet" and to_terminal:
        raise click.UsageError("Parquet is not for a terminal; write it to a file with --output")
    is_table = word in _TABLES
    if is_table and kind is Kind.GRAPH:
        raise click.UsageError(f"CONSTRUCT and DESCRIBE give a graph, which is no {word}; use --format ttl, or ask SELECT")
    format_ = _JSON if is_table else _format(kind, word)
    body = answer_whole(endpoint.target, QueryJob(text, format_, endpoint.url, endpoint.link))
    if not is_table:
        return body
    version = endpoint.target.version
    if word == "parquet":
        about = {"query": text, "endpoint": endpoint.url} | ({"dataset_version": version} if version else {})
        return write_parquet(read_table(body), about)
    width = shutil.get_terminal_size().columns if to_terminal else None
    return draw_table(read_table(body), endpoint.target.prefixes, version, width)


def _format(kind: Kind, word: str) -> Format:
    try:
        return choose_format([kind], None, [word]).format
    except NotAcceptable as error:
        raise click.UsageError(f"the answer to this query has no format {word}; it has {error.expected}") from None


def _by_name(output: Path | None) -> str | None:
    if output is None:
        return None
    word = _SUFFIXES.get(output.suffix.lower().lstrip("."))
    if word is None:
        raise click.UsageError(f"{output.name} does not end in a known format; use --format {'|'.join(QUERY_FORMATS)}")
    return word
