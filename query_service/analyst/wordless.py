"""A dataset without the wording of passages, for what leaves the service: pages may quote it, files may not."""

from __future__ import annotations

from query_service.lookups import Row, Source

__all__ = ["Wordless"]


class Wordless:
    """Another source, silent on wording.

    :param source: what is asked.
    """

    def __init__(self, source: Source) -> None:
        self.version = source.version
        self.base = source.base
        self._source = source

    def rows(self, name: str, **values: str) -> list[Row]:
        """Answers to a query of ``queries/``; parameters and errors as of the other source."""
        return [
            {variable: value for variable, value in row.items() if variable != "wording"}
            for row in self._source.rows(name, **values)
        ]
