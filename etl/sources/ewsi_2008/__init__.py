"""The briefing on the European Web Site on Integration (2008)."""

from __future__ import annotations

__all__: list[str] = []
