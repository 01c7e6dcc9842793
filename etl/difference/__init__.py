"""Difference: what changed between two datasets, told by items, links and terms."""

__all__: list[str] = []
