"""The page for a country that the graph does not have."""

from __future__ import annotations

from query_service.analyst.country.places import countries, named_country, near_countries
from query_service.analyst.desk import View
from query_service.analyst.naming import Named
from query_service.analyst.page_parts import PageRecord
from query_service.pages import Site

__all__ = ["UnknownCountry", "make_unknown_page"]


class UnknownCountry(PageRecord):
    """The context of ``country_unknown.html``."""

    site: Site
    asked: str
    near: tuple[Named, ...]
    known: tuple[Named, ...]


def make_unknown_page(view: View, asked: str) -> UnknownCountry:
    """The page that names the countries of a like name, and all others.

    :param asked: what was asked for.
    """
    known = countries(view)
    return UnknownCountry(
        site=view.site,
        asked=asked,
        near=tuple(named_country(view, known[key]) for key in near_countries(known, asked)),
        known=tuple(named_country(view, country) for country in known.values()),
    )
