"""Comparison: two to five countries, frameworks, provisions or practices side by side."""

__all__: list[str] = []
