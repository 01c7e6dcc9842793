"""The compendium of promising practices of the ASSESS project (2015)."""

from __future__ import annotations

__all__: list[str] = []
