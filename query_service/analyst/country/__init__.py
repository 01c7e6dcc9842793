"""Pages on countries: which there are, and what the documents say of each."""

__all__: list[str] = []
