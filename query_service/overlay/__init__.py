"""Overlay: somebody's own practices beside those of the dataset, compared and shown, and never kept."""

__all__: list[str] = []
