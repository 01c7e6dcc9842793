"""The published snapshot, answered over HTTP.

    request -> doors -> a route -> answering -> workers -> spool -> exchange -> answer

Routes read a request and say what is asked; ``answering`` finds what is kept or has a worker answer; ``workers`` run an
engine (the store of a snapshot, or ``remote`` ones) in processes that can be killed; ``exchange`` sends what they wrote.
A snapshot (its folder, as ``ipg build`` leaves it) is all that this package knows of how the graph came to be.
"""

from __future__ import annotations

__all__: list[str] = []
