"""Own practices beside the dataset: the JSON of ``/overlay`` is :class:`Overlay`, field by field."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from query_service.coverage.records import Cell
from query_service.overlay.records import Remark
from query_service.suggest.records import Series, SeriesSuggestions

__all__ = ["Beside", "Country", "Named", "Overlay", "OverlaySeries", "Own", "Standing"]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Named(_Record):
    """An item of the dataset, with its title in the language asked for."""

    path: str
    iri: str
    title: str
    language: str = Field(description="language of the title")


class Own(_Record):
    """A practice of the file."""

    number: int = Field(description="by which the page names it, from 1")
    row: int = Field(description="row of the file, from 1")
    iri: str = Field(description="a name that was made for it, never one of the dataset's")
    title: str
    cells: dict[str, str] = Field(description="its other cells, by column; those that are empty are left out")
    countries: tuple[Named, ...] = Field(description="countries of the dataset that its cell names")
    types: tuple[Named, ...] = Field(description="types of the dataset that its cell names")
    areas: tuple[Named, ...] = Field(description="areas of the dataset that its cell names")
    words: int = Field(description="different words that it was compared by")
    known_words: int = Field(description="those that the texts of the dataset have too")
    series: tuple[SeriesSuggestions, ...] = Field(description="what is suggested for it")


class Beside(_Record):
    """A practice of the file for which a provision is suggested."""

    number: int = Field(description="number of the practice")
    rank: int = Field(description="place of the provision among those suggested for it, from 1")
    score: float = Field(description="likeness, 0 to 1; no probability")


class Standing(_Record):
    """A provision: what the dataset holds on it, and what is suggested of the file."""

    provision: Named
    notation: str
    under: tuple[Named, ...] = Field(description="Common Basic Principles that it elaborates or supports")
    ours: Cell = Field(description="practices of the dataset")
    countries: tuple[Cell, ...] = Field(description="those of each country of the file, in the order of these")
    own: tuple[Beside, ...] = Field(description="practices of the file for which it is suggested; none is a gap")


class OverlaySeries(_Record):
    """The provisions of one framework."""

    series: Series
    framework: Named
    reviewed: int = Field(description="practices of the dataset that were reviewed for it: the denominator")
    standings: tuple[Standing, ...]

    @property
    def gaps(self) -> tuple[Standing, ...]:
        """Provisions that are suggested for no practice of the file."""
        return tuple(standing for standing in self.standings if not standing.own)


class Country(_Record):
    """A country that practices of the file name."""

    country: Named
    reviewed: int = Field(description="practices of the dataset that run there and were reviewed")


class Overlay(_Record):
    """A file of own practices, beside the dataset."""

    dataset_version: str
    licence: str = Field(description="licence of what comes from the dataset")
    basis: Literal["ipg:Suggested"] = Field(
        default="ipg:Suggested", description="of every link to a practice of the file: a program proposes it, nobody asserts it"
    )
    graph: str = Field(description="name that was made for the graph of the suggestions")
    top: int = Field(description="how many provisions of each series are suggested for a practice")
    practices: tuple[Own, ...]
    left_out: tuple[Remark, ...] = Field(description="rows that were left out, and why")
    remarks: tuple[Remark, ...] = Field(description="what else there is to know of the file")
    countries: tuple[Country, ...]
    series: tuple[OverlaySeries, ...]
