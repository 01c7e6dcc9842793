"""Extractors, one package per document: a manifest and the code that reads the document by it."""

__all__: list[str] = []
