"""From principles to practice (2007): the Common Basic Principles and the conclusions of the Handbooks on Integration."""

from __future__ import annotations

__all__: list[str] = []
