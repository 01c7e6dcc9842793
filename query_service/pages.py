"""Pages: templates filled with records, and what all pages have in common."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from pydantic import BaseModel, ConfigDict, Field

from query_service.dataset_facts import DatasetFacts
from query_service.urls import Urls

__all__ = ["PAGE_HEADERS", "Site", "WayIn", "build_site", "pages_edition", "render_page", "stylesheet"]

#: No script, nothing from elsewhere, no framing; JSON-LD inside a page is data, which this does not bar.
PAGE_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}


class WayIn(BaseModel):
    """A door of the service that pages name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(description="what it is called")
    url: str = Field(description="where it is")
    what: str = Field(description="what is behind it, in a few words")


class Site(BaseModel):
    """What all pages have in common: the context of ``layout.html``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    home: str = Field(description="URL of the front page")
    style: str = Field(description="URL of the style sheet")
    dataset_title: str = Field(description="title of the dataset")
    version: str = Field(description="version of the dataset")
    licence: str | None = Field(description="IRI of the licence")
    licence_page: str = Field(description="URL of the page on the licence")
    ways: tuple[WayIn, ...] = Field(description="doors named on every page")


def build_site(urls: Urls, facts: DatasetFacts, more: Sequence[WayIn] = ()) -> Site:
    """What all pages have in common.

    :param more: doors beyond those that every service has.
    """
    ways = (
        WayIn(name="SPARQL", url=urls.at("sparql"), what="queries, as page and for programs"),
        WayIn(name="Examples", url=urls.at("examples"), what="questions that have been asked and checked, with their queries"),
        WayIn(name="Catalogue", url=urls.at("catalog"), what="the dataset with its files and its service, in DCAT-AP"),
        WayIn(name="Statistics", url=urls.at(".well-known/void"), what="the dataset in numbers, in VoID"),
        WayIn(name="Ontology", url=urls.at("ontology"), what="the terms that the data is written in"),
        WayIn(name="Shapes", url=urls.at("shapes"), what="what the data is checked against, in SHACL"),
        *more,
    )
    return Site(
        home=urls.at(),
        style=urls.at("static/style.css"),
        dataset_title=facts.titles.get("en") or "Integration Policy Graph",
        version=facts.version,
        licence=facts.licence,
        licence_page=urls.at("licence"),
        ways=ways,
    )


def render_page(name: str, context: BaseModel) -> bytes:
    """Fill a template.

    :param name: of its file.
    :param context: its fields are the keys of the template.
    """
    return _environment().get_template(name).render({key: getattr(context, key) for key in type(context).model_fields}).encode()


@cache
def stylesheet() -> bytes:
    """The style sheet."""
    return (files("query_service") / "static" / "style.css").read_bytes()


@cache
def pages_edition() -> str:
    """Changes whenever a template does: pages of the same data made by other templates have other entity tags."""
    folder = files("query_service") / "templates"
    texts = [entry.read_bytes() for entry in sorted(folder.iterdir(), key=lambda entry: entry.name) if entry.is_file()]
    return hashlib.sha256(b"\0".join(texts)).hexdigest()[:12]


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("query_service"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
