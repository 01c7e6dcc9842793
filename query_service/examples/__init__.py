"""The example queries: their list, and each as an address that takes values."""

__all__: list[str] = []
