"""The draft compendium of good practices CDADI(2024)39: 82 practices and a chapter on Canada."""

__all__: list[str] = []
