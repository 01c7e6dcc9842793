"""Pages on principles, conclusions, recommendations and guidelines: the listing of all of them, and one page for each."""

__all__: list[str] = []
