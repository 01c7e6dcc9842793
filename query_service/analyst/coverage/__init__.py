"""Pages on coverage: which provisions were found where, in three values and with denominators."""

__all__: list[str] = []
