"""Items dereferenced: from the IRI of a thing to its page for people and its data for programs."""

__all__: list[str] = []
