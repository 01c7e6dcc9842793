"""The example queries as the dataset describes them, to be asked by name and with other values.

A parameter is the one value of one VALUES block of its query. Binding exchanges that term and nothing else: the value
becomes a term first, and what is written is the term as the engine writes it, so that no value can end it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Final

from pydantic import BaseModel, ConfigDict, Field
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from query_service.errors import MalformedRequest, NotFound, UnknownItem
from query_service.examples.query_binding import Block, bind_term, find_block
from query_service.item_names import Item, ItemNames

__all__ = ["NamedQuery", "Parameter", "bind_parameters", "find_query", "read_queries"]

_SH: Final = "http://www.w3.org/ns/shacl#"
_SCHEMA: Final = "https://schema.org/"
_COMMENT: Final = "http://www.w3.org/2000/01/rdf-schema#comment"
_DATE: Final = "http://purl.org/dc/terms/date"
_INTEGER: Final = "http://www.w3.org/2001/XMLSchema#integer"
_FORMS: Final = {f"{_SH}{form.lower()}": form for form in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")}
_WHOLE: Final = re.compile(r"[+-]?[0-9]{1,18}")
_NEAR: Final = 3


class Parameter(BaseModel):
    """A value of a named query that another may stand for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(description="name in a request")
    default: str = Field(description="IRI or text of the value that the query has by itself")
    datatype: str | None = Field(default=None, description="IRI of the datatype of a literal; none for an item")
    descriptions: dict[str, str] = Field(description="what it is, by language")


class NamedQuery(BaseModel):
    """An example query."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(description="its name, last part of its IRI")
    iri: str = Field(description="its IRI")
    form: str = Field(description="SELECT, ASK, CONSTRUCT or DESCRIBE")
    text: str = Field(description="the query, which stands on its own")
    questions: dict[str, str] = Field(description="what it asks, by language")
    keywords: tuple[str, ...] = Field(description="what it is about")
    parameters: tuple[Parameter, ...] = Field(default=(), description="what can be asked of other things")
    rows: int | None = Field(default=None, description="rows, or triples, of the expected answer without other values")
    checked: date | None = Field(default=None, description="day on which it last gave the expected answer")

    @property
    def question(self) -> str:
        """The question in English."""
        return self.questions["en"]


def read_queries(triples: Iterable[Triple]) -> dict[str, NamedQuery]:
    """The named queries of a dataset, sorted by their keys.

    :param triples: what ``list_examples.rq`` finds.
    """
    about: dict[str, dict[str, list[NamedNode | Literal]]] = {}
    for triple in triples:
        if isinstance(triple.subject, NamedNode) and not isinstance(triple.object, BlankNode | Triple):
            about.setdefault(triple.subject.value, {}).setdefault(triple.predicate.value, []).append(triple.object)
    found = (_read_query(iri, about) for iri, said in about.items() if said.keys() & _FORMS.keys())
    return {query.key: query for query in sorted(found, key=lambda query: query.key)}


def _read_query(iri: str, about: Mapping[str, Mapping[str, list[NamedNode | Literal]]]) -> NamedQuery:
    said = about[iri]
    [predicate] = said.keys() & _FORMS.keys()
    text = said[predicate][0].value
    answers = [about.get(answer.value, {}) for answer in said.get(f"{_SCHEMA}result", [])]
    rows = [term.value for answer in answers for term in answer.get(f"{_SCHEMA}numberOfItems", [])]
    days = [term.value for answer in answers for term in answer.get(_DATE, [])]
    parameters = [_read_parameter(about.get(term.value, {})) for term in said.get(f"{_SH}parameter", [])]
    return NamedQuery(
        key=iri.rsplit("/", 1)[1],
        iri=iri,
        form=_FORMS[predicate],
        text=text,
        questions=_by_language(said.get(_COMMENT, [])),
        keywords=tuple(sorted(term.value for term in said.get(f"{_SCHEMA}keywords", []))),
        parameters=tuple(sorted(parameters, key=lambda parameter: find_block(text, parameter.name).start)),
        rows=int(rows[0]) if rows else None,
        checked=date.fromisoformat(days[0]) if days else None,
    )


def _read_parameter(said: Mapping[str, list[NamedNode | Literal]]) -> Parameter:
    [default] = said[f"{_SH}defaultValue"]
    return Parameter(
        name=said[f"{_SH}name"][0].value,
        default=default.value,
        datatype=default.datatype.value if isinstance(default, Literal) else None,
        descriptions=_by_language(said.get(f"{_SH}description", [])),
    )


def _by_language(terms: Iterable[NamedNode | Literal]) -> dict[str, str]:
    texts = {term.language or "": term.value for term in terms if isinstance(term, Literal)}
    return dict(sorted(texts.items(), key=lambda pair: (pair[0] != "en", pair[0])))


def find_query(queries: Mapping[str, NamedQuery], key: str) -> NamedQuery:
    """A named query by its name.

    :param key: its key; the name of its file, with underscores, is understood too.
    :raises NotFound: when there is none, with the nearest names.
    """
    wanted = key.strip().lower().replace("_", "-")
    if wanted in queries:
        return queries[wanted]
    near = get_close_matches(wanted, queries, n=_NEAR, cutoff=0.5)
    near = list(dict.fromkeys([*near, *(known for known in queries if wanted and wanted in known)]))[:_NEAR]
    raise NotFound(
        f"No example query is called {key!r}.",
        found=key,
        expected="the name of an example, such as practices-of-one-country",
        mend=f"did you mean {', '.join(near)}?" if near else "look in the list of examples",
    )


def bind_parameters(query: NamedQuery, values: Sequence[tuple[str, str]], items: ItemNames) -> str:
    """The text of a named query with other values.

    :param values: names of parameters and what stands for them: for an item a key of its kind (``est``), a path
        (``place/est``) or an IRI. An empty value leaves the default, as an empty field of a form means.
    :param items: the items of the dataset.
    :raises MalformedRequest: when there is no such parameter, it is given twice, or its value is of another kind.
    :raises UnknownItem: when there is no such item.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    terms: dict[Block, NamedNode | Literal] = {}
    for name, value in values:
        if name not in known:
            raise MalformedRequest(
                f"The example {query.key} has no parameter {name!r}.",
                found=name,
                expected=", ".join(known) or "no parameter",
                mend="name one of these" if known else "ask without, or send a query of your own",
            )
        block = find_block(query.text, name)
        if block in terms:
            raise MalformedRequest(f"The parameter {name} is given twice.", expected="one value")
        if value.strip():
            terms[block] = _term(known[name], value.strip(), items)
    text = query.text
    for block, term in sorted(terms.items(), reverse=True):
        text = bind_term(text, block, term)
    return text


def _term(parameter: Parameter, value: str, items: ItemNames) -> NamedNode | Literal:
    if parameter.datatype is None:
        return NamedNode(_find_item(parameter, value, items).iri)
    if parameter.datatype == _INTEGER:
        if not _WHOLE.fullmatch(value):
            raise MalformedRequest(
                f"The parameter {parameter.name} is a whole number.",
                found=value,
                expected=f"a number such as {parameter.default}",
            )
        return Literal(int(value))
    try:
        return Literal(value, datatype=NamedNode(parameter.datatype))
    except UnicodeEncodeError:
        raise MalformedRequest(f"The parameter {parameter.name} is not text.", expected="text in UTF-8") from None


def _find_item(parameter: Parameter, value: str, items: ItemNames) -> Item:
    """The item that a value names, which must be of the kind of the default: another would find nothing, in silence."""
    usual = items.find(parameter.default)
    try:
        found = items.find(f"{usual.kind}/{value}")
    except UnknownItem:
        found = items.find(value)
    if found.kind != usual.kind and not items.classes(found.path) & items.classes(usual.path):
        raise MalformedRequest(
            f"The parameter {parameter.name} stands for {parameter.descriptions.get('en', 'an item of another kind')}.",
            found=found.path,
            expected=f"an item such as {usual.path}",
        )
    return found
