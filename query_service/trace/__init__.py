"""Trace: every path between two items, with the reason and the passages of each hop."""

__all__: list[str] = []
