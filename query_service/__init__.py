"""The published snapshot, answered over HTTP.

    request -> protocol -> query_text -> media_types -> engine -> results -> answer

A snapshot (its folder, as ``ipg build`` leaves it) is all that this package knows of how the graph came to be.
"""

from __future__ import annotations

__all__: list[str] = []
