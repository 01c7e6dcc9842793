"""Errors in the format that was asked for: a page, RDF, or problem details (RFC 9457), which are JSON."""

from __future__ import annotations

from typing import Final

from pydantic import BaseModel, ConfigDict, Field
from pyoxigraph import Literal, NamedNode, Triple
from starlette.responses import Response

from query_service.answers import problem_response
from query_service.delivery import Asked
from query_service.errors import NotAcceptable, ServiceError, problem_of
from query_service.media_types import Choice, Kind
from query_service.pages import Site, page_headers, render_page
from query_service.rdf_output import serialise_triples
from query_service.representations import choose_representation, format_words
from query_service.urls import split_suffix

__all__ = ["FailurePage", "failure_response", "is_page_wanted", "page_or_problem"]

_HTTP: Final = "http://www.w3.org/2011/http#"
"""Terms of https://www.w3.org/TR/HTTP-in-RDF10/."""
_TYPE: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_COMMENT: Final = NamedNode("http://www.w3.org/2000/01/rdf-schema#comment")
_JSON: Final = frozenset({"jsonld", "json"})
_ABOUT_CONTENT: Final = frozenset({"content-type", "content-length"})


class FailurePage(BaseModel):
    """Context of ``failure.html``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    site: Site = Field(description="what all pages have in common")
    title: str = Field(description="what kind of problem it is")
    status: int = Field(description="status of the answer")
    detail: str = Field(description="one sentence on this very case")
    found: str = Field(description="what was there; may be empty")
    expected: str = Field(description="what should have been there; may be empty")
    mend: str = Field(description="what the reader can do about it; may be empty")


def is_page_wanted(asked: Asked) -> bool:
    """Whether an error is to be told on a page."""
    choice = _wanted(asked)
    return choice is not None and choice.format.kind is Kind.PAGE


def failure_response(asked: Asked, error: ServiceError, site: Site, page: bytes | None = None) -> Response:
    """Answer that tells of an error.

    :param site: for the page.
    :param page: that page, where it is not the one of all errors.
    """
    plain = problem_response(error)
    choice = _wanted(asked)
    if choice is None or choice.format.key in _JSON:
        return plain
    headers = {name: value for name, value in plain.headers.items() if name not in _ABOUT_CONTENT}
    if choice.format.kind is Kind.PAGE:
        body, headers = page or _page(error, site), headers | page_headers(site)
    else:
        body = _triples(error, choice)
    return Response(body, plain.status_code, headers, choice.content_type)


def page_or_problem(asked: Asked, error: ServiceError, site: Site) -> Response:
    """Answer that tells of an error of a route whose documents are files: a page for a browser, else problem details.

    :param site: for the page.
    """
    plain = problem_response(error)
    if "html" not in (asked.accept or ""):
        return plain
    headers = {name: value for name, value in plain.headers.items() if name not in _ABOUT_CONTENT}
    return Response(_page(error, site), plain.status_code, headers | page_headers(site), "text/html; charset=utf-8")


def _wanted(asked: Asked) -> Choice | None:
    """The format for the error; none where no other than JSON was asked for."""
    _, suffix = split_suffix(asked.path)
    accept = asked.accept or ""
    if asked.path.startswith("page/") and "html" in accept:
        suffix = "html"
    if not suffix and not format_words(asked) and not accept.replace("*/*", "").strip():
        return None
    try:
        return choose_representation(asked, suffix)
    except NotAcceptable:
        return None


def _page(error: ServiceError, site: Site) -> bytes:
    problem = problem_of(error)
    told = {name: str(problem.body.get(name, "")) for name in ("detail", "found", "expected", "mend")}
    title = site.reading.words(f"problem-{str(problem.body['type']).rpartition('/')[2]}")
    return render_page("failure.html", FailurePage(site=site, title=title, status=problem.status, **told))


def _triples(error: ServiceError, choice: Choice) -> bytes:
    """The answer described as an answer of HTTP."""
    problem = problem_of(error)
    kind = NamedNode(str(problem.body["type"]))
    triples = [
        Triple(kind, _TYPE, NamedNode(f"{_HTTP}Response")),
        Triple(kind, NamedNode(f"{_HTTP}statusCodeValue"), Literal(problem.status)),
        Triple(kind, NamedNode(f"{_HTTP}reasonPhrase"), Literal(str(problem.body["title"]))),
        Triple(kind, _COMMENT, Literal(str(problem.body["detail"]), language="en")),
    ]
    return serialise_triples(triples, choice.format.key, {"http": _HTTP})
