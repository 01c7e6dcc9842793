"""Releases: what was published when, kept so that the history of every item can be told again from a fresh clone."""

__all__: list[str] = []
