"""Queries in processes that can be killed: the pool of workers, the zygote they are forked from, and what passes between."""

__all__: list[str] = []
