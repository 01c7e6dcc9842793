"""What was published when: the event stream, the feed, and old versions, all made from the ledger of releases."""

__all__: list[str] = []
