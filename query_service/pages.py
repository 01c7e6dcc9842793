"""Pages: templates filled with records, and what all pages have in common."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from pydantic import BaseModel, ConfigDict, Field

from query_service.dataset_facts import DatasetFacts
from query_service.language import LANGUAGES, Reading
from query_service.urls import Urls

__all__ = ["PLAIN_POLICY", "Site", "WayIn", "build_site", "page_headers", "pages_edition", "read_static", "render_page"]

#: Nothing from elsewhere, no framing, no script in the page itself; JSON-LD inside a page is data, which this does not bar.
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
#: Of a page that is only text: no script, no style, nothing from elsewhere.
PLAIN_POLICY: Final = "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
_STATIC_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".map": "application/json",
    ".txt": "text/plain; charset=utf-8",
}
#: The pages for analysts, in the order of the navigation: message of the name, and path.
_NAVIGATION: Final = (
    ("nav-practices", "practice"),
    ("nav-principles", "principle"),
    ("nav-coverage", "coverage"),
    ("nav-compare", "compare"),
    ("nav-trace", "trace"),
    ("nav-countries", "country"),
    ("nav-network", "network"),
    ("nav-overlay", "overlay"),
    ("nav-about", "about"),
)
#: Doors that every service has: path by key, by which messages name them.
_WAYS: Final = {
    "sparql": "sparql",
    "examples": "examples",
    "catalog": "catalog",
    "void": ".well-known/void",
    "ontology": "ontology",
    "shapes": "shapes",
}
_FOR_PROGRAMS: Final = frozenset({"ldes", "feed"})
#: How the page is read that is being made in this thread.
_READ: ContextVar[Reading] = ContextVar("read")


class WayIn(BaseModel):
    """A door of the service that pages name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(description="by which it is told from the others")
    name: str = Field(description="what it is called")
    url: str = Field(description="where it is")
    what: str = Field(description="what is behind it, in a few words")
    is_page: bool = Field(default=True, description="whether it is for people, and so in a language")


class Site(BaseModel):
    """What all pages have in common: the context of ``layout.html``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    home: str = Field(description="URL of the front page")
    reading: Reading = Field(description="in which language the page is read")
    pages: tuple[WayIn, ...] = Field(description="pages for analysts, in the order of the navigation")
    dataset_title: str = Field(description="title of the dataset")
    version: str = Field(description="version of the dataset")
    licence: str | None = Field(description="IRI of the licence")
    licence_page: str = Field(description="URL of the page on the licence")
    ways: tuple[WayIn, ...] = Field(description="doors named on every page")


def build_site(urls: Urls, facts: DatasetFacts, more: Mapping[str, str], reading: Reading) -> Site:
    """What all pages have in common.

    :param more: paths of doors beyond those that every service has, by key.
    :param reading: in which language the page is read.
    """
    words = reading.words
    return Site(
        home=urls.at(),
        reading=reading,
        pages=tuple(
            WayIn(key=path, name=words(name), url=urls.at(path), what=words(f"way-{path}-what")) for name, path in _NAVIGATION
        ),
        dataset_title=facts.titles.get(reading.language) or facts.titles.get("en") or "Integration Policy Graph",
        version=facts.version,
        licence=facts.licence,
        licence_page=urls.at("licence"),
        ways=tuple(
            WayIn(
                key=key,
                name=words(f"way-{key}"),
                url=urls.at(path),
                what=words(f"way-{key}-what"),
                is_page=key not in _FOR_PROGRAMS,
            )
            for key, path in {**_WAYS, **more}.items()
        ),
    )


def page_headers(site: Site, policy: str = _POLICY) -> dict[str, str]:
    """Headers of a page.

    :param policy: its Content-Security-Policy.
    """
    return {
        "Content-Security-Policy": policy,
        "Content-Language": site.reading.language,
        "Vary": "Accept, Accept-Encoding, Accept-Language",
    }


def render_page(name: str, context: BaseModel) -> bytes:
    """Fill a template.

    In templates ``_(name, n=3)`` gives words in the language of the page, ``link(url)`` the address of another page
    in the language that was chosen, and ``static("style.css")`` that of a file beside the pages. Macros of other files have
    the first two as well, and ``page_language()``, however they are imported.

    :param name: of its file.
    :param context: its fields are the keys of the template; one of them is ``site``.
    """
    site: Site = context.site  # type: ignore[attr-defined]
    tools = {"_": site.reading.words, "link": site.reading.link, "lang": site.reading.language, "languages": LANGUAGES}

    def static(file: str) -> str:
        return f"{site.home}static/{file}?v={pages_edition()}"

    fields = {key: getattr(context, key) for key in type(context).model_fields}
    token = _READ.set(site.reading)
    try:
        return _environment().get_template(name).render({**tools, "static": static, **fields}).encode()
    finally:
        _READ.reset(token)


def read_static(name: str) -> tuple[str, bytes] | None:
    """Media type and bytes of a file beside the pages; none where there is no such file.

    :param name: path below ``static/``.
    """
    folder = Path(str(files("query_service") / "static")).resolve()
    file = (folder / name).resolve()
    if not file.is_relative_to(folder) or file.suffix not in _STATIC_TYPES or not file.is_file():
        return None
    return _STATIC_TYPES[file.suffix], file.read_bytes()


@cache
def pages_edition() -> str:
    """Changes whenever a template, a message or a file beside the pages does, and with it the entity tags of all pages."""
    folders = [Path(str(files("query_service") / name)) for name in ("templates", "locales", "static")]
    found = sorted(file for folder in folders for file in folder.rglob("*") if file.is_file())
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in found)).hexdigest()[:12]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("query_service"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "_": lambda message, **values: _READ.get().words(message, **values),
        "link": lambda url: _READ.get().link(url),
        "page_language": lambda: _READ.get().language,
    }
    return environment
