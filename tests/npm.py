"""Clients from the npm registry, installed from their lock files where a test needs them."""

from __future__ import annotations

import subprocess
from pathlib import Path

__all__ = ["install_client"]


def install_client(folder: Path) -> Path:
    """Install what a ``package-lock.json`` names, unless that is there; gives the folder of its commands."""
    installed, lock = folder / "node_modules" / ".package-lock.json", folder / "package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime:
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]
        result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stderr
    return folder / "node_modules" / ".bin"
