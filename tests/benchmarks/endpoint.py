"""Measure the SPARQL endpoint beside others: ``python -m tests.benchmarks.endpoint [--quick] [--out DIR] [--only PEER ...]``.

Needs wrk (``make system-deps``) and a built snapshot (``make build``). Writes ``benchmarks.json`` with every figure, and
``benchmarks.md`` made of it. Progress goes to standard error.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.peers import CannotRun, all_peers
from tests.benchmarks.plans import FULL, QUICK
from tests.benchmarks.report import render_report
from tests.benchmarks.session import Session

__all__ = ["main"]

_CHECKOUT = Path(__file__).parents[2]


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark; 1 when it cannot be run at all."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.endpoint", description=__doc__.split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="a short run, to see that everything works; its figures say little")
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("benchmark-results"),
        metavar="DIR",
        help="folder of what is written; `docs` to publish the run",
    )
    names = [peer.name for peer in all_peers()]
    parser.add_argument("--only", nargs="+", choices=names, metavar="PEER", help=f"peers to run: {', '.join(names)}")
    parser.add_argument("--home", type=Path, default=_CHECKOUT / "build", metavar="DIR", help="home of the snapshot")
    chosen = parser.parse_args(arguments)
    plan = QUICK if chosen.quick else FULL
    usual = [name for name in names if name not in plan.left_out]
    words = ["python -m tests.benchmarks.endpoint", *(["--quick"] if chosen.quick else [])]
    words += ["--only", *(f"'{name}'" for name in chosen.only)] if chosen.only else []
    chosen.out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="endpoint-benchmark-") as work:
        try:
            session = Session(plan, Path(work), chosen.home, chosen.only or usual, " ".join(words))
            run = session.run()
        except CannotRun as error:
            sys.stderr.write(f"Error: {error}\n")
            return 1
    (chosen.out / "benchmarks.json").write_text(run.model_dump_json(indent=1) + "\n", encoding="utf-8")
    (chosen.out / "benchmarks.md").write_text(render_report(run), encoding="utf-8")
    sys.stderr.write(f"Written: {chosen.out}/benchmarks.json, {chosen.out}/benchmarks.md\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
