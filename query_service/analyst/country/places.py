"""Countries of the graph: which have practices, which are only named, and which practices run in one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Final

from query_service.analyst.desk import View
from query_service.analyst.naming import Named, namer_of
from query_service.analyst.things import Thing
from query_service.errors import UnknownItem

__all__ = ["chapters_of", "countries", "find_country", "named_country", "near_countries", "practices_in"]

_NEAR: Final = 5
_KIND: Final = "ipg:placeKind"


def countries(view: View) -> Mapping[str, Thing]:
    """Countries by their key, in the order of their names in the language of the page."""
    places = view.things.of("ipg:Place")
    found = [place for place in places.values() if place.first(_KIND) == "country"]
    return {place.key: place for place in sorted(found, key=lambda place: place.title(view.language).text.casefold())}


def find_country(view: View, name: str) -> Thing:
    """A country.

    :param name: its key, e.g. ``est``, in any case.
    :raises UnknownItem: when the graph has no country of this key, with those of a like key or name.
    """
    known = countries(view)
    wanted = name.strip().casefold()
    if wanted in known:
        return known[wanted]
    near = near_countries(known, wanted)
    raise UnknownItem(
        f"The graph has no country with the code {name!r}.",
        found=name,
        expected=f"a code of three letters (ISO 3166-1 alpha-3): {', '.join(sorted(known))}",
        mend=f"did you mean {', '.join(f'{key} ({known[key].title(view.language).text})' for key in near)}?"
        if near
        else f"choose a country at {view.urls.at('country')}",
    )


def near_countries(known: Mapping[str, Thing], wanted: str) -> list[str]:
    """Keys of the countries with the nearest key, or the nearest name in any language.

    :param known: all countries by key.
    :param wanted: what was typed.
    """
    wanted = wanted.strip().casefold()
    names: dict[str, str] = {}
    for key, place in known.items():
        for name in (key, place.first("skos:notation"), *(value.text for value in place.values("skos:prefLabel"))):
            names.setdefault(name.casefold(), key)
    close = get_close_matches(wanted, names, n=_NEAR, cutoff=0.5)
    begun = [name for name in names if wanted and name.startswith(wanted)]
    return list(dict.fromkeys(names[name] for name in (*begun, *close)))[:_NEAR]


def practices_in(view: View, country: str) -> tuple[Thing, ...]:
    """Practices that run in a country, by title.

    :param country: its path.
    """
    found = view.analysis.kept("practices by country", lambda: _by_country(view)).get(country, ())
    return tuple(sorted(found, key=lambda practice: practice.title(view.language).text.casefold()))


def _by_country(view: View) -> dict[str, list[Thing]]:
    found: dict[str, list[Thing]] = defaultdict(list)
    for practice in view.things.practices.values():
        for country in practice.paths("ipg:country"):
            found[country].append(practice)
    return dict(found)


def chapters_of(view: View, country: str) -> tuple[Thing, ...]:
    """Chapters that describe a country, and no practice; they are outside every denominator."""
    return tuple(chapter for chapter in view.things.of("ipg:ContextChapter").values() if country in chapter.paths("ipg:country"))


def named_country(view: View, country: Thing) -> Named:
    """A country with its sheet for its page."""
    return namer_of(view).item(country.path).model_copy(update={"url": view.urls.at(f"country/{country.key}")})
