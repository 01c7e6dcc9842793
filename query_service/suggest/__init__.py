"""Suggest: provisions that a new practice may implement, by the reviewed practices and provisions that its text resembles."""

__all__: list[str] = []
