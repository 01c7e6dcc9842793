"""Remote engines: the same service over any SPARQL 1.1 endpoint, and how a snapshot gets there."""

__all__: list[str] = []
