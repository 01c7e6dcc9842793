"""What a worker process may no longer do once its store is open: take more memory or time, connect, run programs.

A query is data of a stranger run by a large engine, so the process that runs it keeps only what it needs. Limits are those
of setrlimit(2) and prctl(2); the filter of system calls is that of seccomp(2), a program of linux/filter.h that the kernel
runs before each call. Nothing can be taken back. On other systems than Linux on x86-64 or ARM64 there is no filter, and
outside Linux no prctl: :class:`Confinement` says what is in force, and the check of the text stays in front of it.

pyseccomp needs a library of the system; seccompy, which does not, is months old, so these few lines are our own.
"""

from __future__ import annotations

import ctypes
import errno
import math
import platform
import resource
import signal
import struct
import sys
from pathlib import Path
from typing import Final, NamedTuple

__all__ = ["Confinement", "confine", "filter_calls", "limit_cpu", "limit_memory"]

# linux/prctl.h
_PR_SET_DUMPABLE: Final = 4
_PR_SET_NO_NEW_PRIVS: Final = 38
# linux/seccomp.h; a refused call fails with EACCES or ENOSYS, a call of another architecture ends the process
_SET_MODE_FILTER: Final = 1
_ALL_THREADS: Final = 1  # SECCOMP_FILTER_FLAG_TSYNC
_ALLOW: Final = 0x7FFF0000
_FAIL: Final = 0x00050000
_KILL: Final = 0x80000000
# offsets in struct seccomp_data
_NUMBER: Final = 0
_ARCHITECTURE: Final = 4
_ARGUMENTS: Final = 16
# linux/bpf_common.h: BPF_LD|BPF_W|BPF_ABS, BPF_JMP|BPF_JEQ|BPF_K, BPF_JMP|BPF_JGE|BPF_K, BPF_ALU|BPF_AND|BPF_K, BPF_RET|BPF_K
_LOAD: Final = 0x20
_IF_EQUAL: Final = 0x15
_IF_FROM: Final = 0x35
_RETURN: Final = 0x06
_X32: Final = 0x40000000  # asm/unistd.h, __X32_SYSCALL_BIT: the same calls by other numbers


class _Machine(NamedTuple):
    """An architecture: its name in linux/audit.h, and the numbers in its asm/unistd.h of seccomp and of the calls refused."""

    audit: int
    seccomp: int
    refused: dict[str, int]


# The same on all architectures (calls added since Linux 5.1 have one number).
_RECENT: Final = {
    "pidfd_send_signal": 424, "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427, "pidfd_open": 434,
    "pidfd_getfd": 438,
}  # fmt: skip
_MACHINES: Final = {
    "x86_64": _Machine(
        0xC000003E,
        317,
        {
            "socket": 41, "connect": 42, "accept": 43, "bind": 49, "listen": 50,
            "socketpair": 53, "execve": 59, "kill": 62, "ptrace": 101, "tkill": 200, "accept4": 288, "perf_event_open": 298,
            "open_by_handle_at": 304, "setns": 308, "process_vm_readv": 310, "process_vm_writev": 311,
            "memfd_create": 319, "bpf": 321, "execveat": 322, "userfaultfd": 323, "unshare": 272, "mount": 165,
            "link": 86, "symlink": 88, "mknod": 133, "mknodat": 259, "linkat": 265, "symlinkat": 266, **_RECENT,
        },
    ),
    "aarch64": _Machine(
        0xC00000B7,
        277,
        {
            "socket": 198, "socketpair": 199, "bind": 200, "listen": 201, "accept": 202, "connect": 203,
            "execve": 221, "kill": 129, "tkill": 130, "ptrace": 117, "accept4": 242, "perf_event_open": 241,
            "open_by_handle_at": 265, "setns": 268, "process_vm_readv": 270, "process_vm_writev": 271,
            "memfd_create": 279, "bpf": 280, "execveat": 281, "userfaultfd": 282, "unshare": 97, "mount": 40,
            "symlinkat": 36, "linkat": 37, "mknodat": 33, **_RECENT,
        },
    ),
}  # fmt: skip
# Answered as a kernel without the call would, so that libraries that try it fall back.
_UNKNOWN: Final = frozenset(_RECENT)


class Confinement(NamedTuple):
    """What is in force in a process."""

    memory: bool
    cpu: bool
    filter: bool


def confine(memory_bytes: int, cpu_seconds: float, file_bytes: int, *, network: bool = False) -> Confinement:
    """Give up all that a query does not need. For a process of its own, after its store is open.

    :param memory_bytes: memory it may take beyond what it has now.
    :param cpu_seconds: processor time it may take beyond what it has taken.
    :param file_bytes: largest size of a file it may write.
    :param network: whether it is to ask other engines, for which it needs connections; then no call is refused.
    :returns: what is in force; to be logged, and to be told by readiness.
    """
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, file_bytes)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write beyond the limit fails with EFBIG, setrlimit(2)
    memory = limit_memory(memory_bytes)
    cpu = limit_cpu(cpu_seconds)
    # A process that is not dumpable cannot be traced, nor its memory read through /proc, by others of the same user.
    _prctl(_PR_SET_DUMPABLE, 0)
    return Confinement(memory, cpu, not network and filter_calls())


def limit_memory(budget: int) -> bool:
    """Let the address space grow by a number of bytes and no further; an allocation beyond fails, and the engine aborts.

    :returns: whether it is in force; only Linux tells how large the space is.
    """
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return False
    return _lower(resource.RLIMIT_AS, pages * resource.getpagesize() + budget)


def limit_cpu(seconds: float) -> bool:
    """End the process by SIGXCPU once it has taken this much more processor time, in whole seconds rounded up.

    Only the soft limit is set, so an end by SIGKILL came from elsewhere, and the limit may be set anew before each query.

    :returns: whether it is in force.
    """
    usage = resource.getrusage(resource.RUSAGE_SELF)
    soft = math.ceil(usage.ru_utime + usage.ru_stime + seconds)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    if hard != resource.RLIM_INFINITY:
        soft = min(soft, max(1, hard - 1))
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
    except (OSError, ValueError):
        return False
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    return True


def filter_calls() -> bool:
    """Have the kernel refuse connections, programs and the control of other processes in all threads from now on.

    Pipes, files and sockets that are open go on: without new ones, what is sent reaches only who holds their other end. Files
    can be made where the user of the process may: the spool needs that, and where a file lies is not seen by such a filter.

    :returns: whether the filter is in force; it is not on other systems than Linux on x86-64 and ARM64.
    """
    machine = _MACHINES.get(platform.machine()) if sys.platform == "linux" and sys.maxsize > 2**32 else None
    if machine is None or not _prctl(_PR_SET_NO_NEW_PRIVS, 1):
        return False
    program = _program(machine)
    buffer = ctypes.create_string_buffer(b"".join(program), sum(map(len, program)))

    class _SockFprog(ctypes.Structure):
        _fields_ = (("len", ctypes.c_ushort), ("filter", ctypes.c_void_p))

    described = _SockFprog(len(program), ctypes.addressof(buffer))
    call = ctypes.CDLL(None, use_errno=True).syscall
    call.argtypes = [ctypes.c_long, ctypes.c_uint, ctypes.c_uint, ctypes.c_void_p]
    return bool(call(machine.seccomp, _SET_MODE_FILTER, _ALL_THREADS, ctypes.addressof(described)) == 0)


def _program(machine: _Machine) -> list[bytes]:
    """The filter: instructions of struct sock_filter."""
    refused = [(number, errno.ENOSYS if name in _UNKNOWN else errno.EACCES) for name, number in machine.refused.items()]
    program = [
        _instruction(_LOAD, _ARCHITECTURE),
        _instruction(_IF_EQUAL, machine.audit, if_not=0, if_so=1),
        _instruction(_RETURN, _KILL),
        _instruction(_LOAD, _NUMBER),
        _instruction(_IF_FROM, _X32, if_not=1),
        _instruction(_RETURN, _FAIL | errno.ENOSYS),
    ]
    for number, failure in sorted(refused):
        program += [_instruction(_IF_EQUAL, number, if_not=1), _instruction(_RETURN, _FAIL | failure)]
    return [*program, _instruction(_RETURN, _ALLOW)]


def _instruction(code: int, value: int, *, if_so: int = 0, if_not: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_so, if_not, value)


def _lower(which: int, value: int) -> bool:
    """Lower a limit for good, never above what it is."""
    hard = resource.getrlimit(which)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    try:
        resource.setrlimit(which, (value, value))
    except (OSError, ValueError):
        return False
    return True


def _prctl(option: int, *arguments: int) -> bool:
    if sys.platform != "linux":
        return False
    values = [ctypes.c_ulong(value) for value in (*arguments, 0, 0, 0, 0)[:4]]
    return bool(ctypes.CDLL(None, use_errno=True).prctl(option, *values) == 0)
