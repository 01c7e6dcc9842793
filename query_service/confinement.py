"""stub to be replaced at merge"""

import resource

__all__ = ["confine"]


def confine(memory_bytes: int, *, network: bool) -> None:
    """Confine."""
    with open("/proc/self/statm", encoding="ascii") as statm:
        size = int(statm.read().split()[0]) * 4096
    resource.setrlimit(resource.RLIMIT_AS, (size + memory_bytes, size + memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
