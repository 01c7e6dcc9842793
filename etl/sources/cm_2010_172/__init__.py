"""CM(2010)172: report of the European Committee on Migration with two draft recommendations, a guide and agreed principles."""

from __future__ import annotations

__all__: list[str] = []
