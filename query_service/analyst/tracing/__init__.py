"""The page that traces how two items hang together, with every path in words, in a picture and as data."""

__all__: list[str] = []
