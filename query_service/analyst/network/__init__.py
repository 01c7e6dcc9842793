"""The links as a network, to be narrowed and looked at, and a ranking of the organisations that work across most principles."""

__all__: list[str] = []
