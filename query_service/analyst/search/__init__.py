"""Search in the items of the dataset, in three languages, and its page."""

__all__: list[str] = []
