"""Coverage: provisions by country, level and other dimensions, in three values and with denominators."""

__all__: list[str] = []
