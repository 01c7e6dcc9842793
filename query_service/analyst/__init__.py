"""Pages for policy analysts: find, trace, compare and export without a query."""

__all__: list[str] = []
