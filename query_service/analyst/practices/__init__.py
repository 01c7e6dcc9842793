"""The practice explorer: facets, views and exports of practices, and the page on one practice."""

__all__: list[str] = []
