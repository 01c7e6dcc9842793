"""The map: how many of the practices found run in each country, with what has no tile beside it and places within beneath."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from query_service.analyst.desk import View
from query_service.analyst.naming import Named, Namer
from query_service.analyst.practices.facets import NOT_STATED
from query_service.analyst.practices.result import Result
from query_service.analyst.practices.tiles import TILES

__all__ = ["CountryTile", "SmallTile", "TileMap", "Within", "build_map", "country_name", "small_map"]

#: From how many practices on a tile has the next shade; the number itself always stands on it.
_SHADES: Final = (1, 2, 4, 8, 16)


class CountryTile(BaseModel):
    """A country on the map or beside it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(description="what stands on the tile")
    label: str = Field(description="name of the country")
    count: int = Field(description="practices found there, under all choices but that of countries")
    shade: int = Field(description="0 to 5: the more practices the darker")
    column: int = Field(default=0, description="from the west")
    row: int = Field(default=0, description="from the north")
    url: str = Field(default="", description="the question with this country chosen, or no longer chosen; empty for none found")
    is_chosen: bool = Field(default=False, description="whether it is chosen")


class Within(BaseModel):
    """Places within a country."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    country: Named = Field(description="the country")
    places: tuple[tuple[Named, int], ...] = Field(description="places with the number of practices found there")


class TileMap(BaseModel):
    """The whole map."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    tiles: tuple[CountryTile, ...] = Field(description="countries on the map")
    outside: tuple[CountryTile, ...] = Field(description="countries without a tile, and practices without a country")
    within: tuple[Within, ...] = Field(description="places within countries")


class SmallTile(BaseModel):
    """A tile of the map on the page of one practice."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(description="what stands on it")
    column: int = Field(description="from the west")
    row: int = Field(description="from the north")
    is_place: bool = Field(description="whether the practice runs there")


def build_map(result: Result) -> TileMap:
    """The map of a result."""
    counts = result.selection.counts["country"]
    placed = {tile.key for tile in TILES}
    tiles = [_tile(result, tile.key, counts).model_copy(update={"column": tile.column, "row": tile.row}) for tile in TILES]
    # What is chosen stays on the page, so that it can be taken back.
    elsewhere = [key for key in dict.fromkeys((*sorted(counts), *result.question.country)) if key not in placed]
    return TileMap(
        tiles=tuple(tiles),
        outside=tuple(_tile(result, key, counts) for key in elsewhere),
        within=_within(result),
    )


def small_map(countries: Sequence[str]) -> tuple[SmallTile, ...]:
    """The tiles with some of them marked; countries without a tile are for the page to list.

    :param countries: codes of countries.
    """
    return tuple(
        SmallTile(code=tile.key.upper(), column=tile.column, row=tile.row, is_place=tile.key in countries) for tile in TILES
    )


def country_name(view: View, namer: Namer, key: str) -> str:
    """Name of a country: that of the graph, or our own for one that no document names."""
    if view.things.facts.labels(view.things.iri(f"place/{key}")):
        return namer.item(f"place/{key}").title
    return view.reading.words(f"country-{key}")


def _tile(result: Result, key: str, counts: Mapping[str, int]) -> CountryTile:
    question, count = result.question, counts.get(key, 0)
    is_chosen = key in question.country
    stated = key != NOT_STATED
    words = result.view.reading.words
    return CountryTile(
        code=key.upper() if stated else "",
        label=country_name(result.view, result.namer, key) if stated else words("practice-not-stated"),
        count=count,
        shade=sum(count >= least for least in _SHADES),
        url=result.view.urls.at(question.toggled("country", key).path()) if count or is_chosen else "",
        is_chosen=is_chosen,
    )


def _within(result: Result) -> tuple[Within, ...]:
    places = result.view.things.of("ipg:Place")
    counts: dict[str, Counter[str]] = {}
    for entry in result.selection.entries:
        for path in entry.thing.paths("dcterms:spatial"):
            for country in places[path].paths("skos:broader") if path in places else ():
                counts.setdefault(country, Counter())[path] += 1
    found = [
        Within(
            country=result.namer.item(country),
            places=tuple((named, some[named.path]) for named in result.namer.by_title(some)),
        )
        for country, some in counts.items()
    ]
    return tuple(sorted(found, key=lambda within: within.country.title))
