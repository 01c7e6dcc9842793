"""The questions that the service asks by itself: the files of ``queries/``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["query_text"]


@cache
def query_text(name: str) -> str:
    """Text of a query.

    :param name: of its file, without ``.rq``.
    """
    return (files("query_service") / "queries" / f"{name}.rq").read_text(encoding="utf-8")
