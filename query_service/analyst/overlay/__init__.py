"""The page on which somebody's own practices are put beside those of the dataset; nothing of them is kept."""

__all__: list[str] = []
