"""Formats that ``ipg query`` writes; apart, so that the command line starts without what writes them."""

from __future__ import annotations

from typing import Final, Literal, get_args

__all__ = ["QUERY_FORMATS", "QueryFormat"]

QueryFormat = Literal["table", "csv", "tsv", "json", "xml", "parquet", "ttl", "nt", "jsonld", "rdf", "trig", "nq"]
QUERY_FORMATS: Final[tuple[QueryFormat, ...]] = get_args(QueryFormat)
