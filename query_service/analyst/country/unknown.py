"""The page for a country that the graph does not have."""

from __future__ import annotations

from query_service.analyst.country.places import countries, country_link, near_countries
from query_service.analyst.desk import View
from query_service.analyst.page_parts import Link, PageRecord
from query_service.pages import Site

__all__ = ["UnknownCountry", "make_unknown_page"]


class UnknownCountry(PageRecord):
    """The context of ``country_unknown.html``."""

    site: Site
    asked: str
    near: tuple[Link, ...]
    known: tuple[Link, ...]


def make_unknown_page(view: View, asked: str) -> UnknownCountry:
    """The page that names the countries of a like name, and all others.

    :param asked: what was asked for.
    """
    known = countries(view)
    return UnknownCountry(
        site=view.site,
        asked=asked,
        near=tuple(country_link(view, known[key]) for key in near_countries(known, asked)),
        known=tuple(country_link(view, country) for country in known.values()),
    )
