"""Check and compare a file of own practices, in a process of its own: ``python -m query_service.overlay MEMORY SECONDS``.

Takes a line of JSON (:class:`~.records.Work`) and then the file; gives :class:`~.records.Checked` as JSON. What a file
does to the libraries that read it, it does here, and not to the service.
"""

from __future__ import annotations

import sys

from query_service.overlay.records import Work
from query_service.overlay.sheets import prepare
from query_service.overlay.work import check
from query_service.workers.confinement import confine

__all__ = ["OUT_OF_MEMORY", "main"]

#: Status of a process that had too little memory.
OUT_OF_MEMORY = 7


def main(memory_bytes: int, seconds: float) -> int:
    """Do the work; gives the status of the process."""
    work = Work.model_validate_json(sys.stdin.buffer.readline())
    raw = sys.stdin.buffer.read()
    prepare(raw)
    confine(memory_bytes, seconds, 0)
    try:
        told = check(work, raw).model_dump_json()
    except BaseException as error:
        # What pydantic is made of says it by a panic, which is no exception of Python's own.
        if isinstance(error, MemoryError) or type(error).__name__ == "PanicException":
            return OUT_OF_MEMORY
        raise
    sys.stdout.write(told)
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), float(sys.argv[2])))
