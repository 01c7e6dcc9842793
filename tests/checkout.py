"""A working copy of the checkout's inputs and the command line run in it, for end-to-end tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

__all__ = ["clean_environment", "copy_checkout", "run_ipg"]

INPUTS = ("ontology", "shapes", "data", "sparql_examples", "etl")


def clean_environment(**settings: str | Path) -> dict[str, str]:
    """The environment without any setting of ours, and then those given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("IPG_")}
    return kept | {name: str(value) for name, value in settings.items()}


def copy_checkout(root: Path, target: Path) -> Path:
    """Copy what a build reads, so that a test may spoil it."""
    for folder in INPUTS:
        shutil.copytree(root / folder, target / folder, ignore=shutil.ignore_patterns("sources", "__pycache__", ".*"))
    return target


def run_ipg(*arguments: str | Path, **settings: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    command = [sys.executable, "-m", "ipg", *map(str, arguments)]
    return subprocess.run(command, env=clean_environment(**settings), capture_output=True, text=True, timeout=600, check=False)
