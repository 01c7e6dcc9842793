"""Extractors, one package per document: a manifest and the code that reads the document by it."""
