"""What a piece of work costs in a process of its own: processor time, wall time, peak memory, and what it prints."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Cost:
    """Seconds of processor time (with child processes), seconds of wall time, bytes at the peak, standard output."""

    cpu: float
    wall: float
    peak: int
    told: str


def cost(code: str, *args: object) -> Cost:
    """Run Python code with arguments and return what it cost; if it fails, so does the caller.

    Modules leave their bytecode, as those of an installed package do: without it each process would pay for compiling them.
    """
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryFile() as out:
        started = time.perf_counter()
        process = subprocess.Popen([sys.executable, "-c", code, *map(str, args)], stdout=out, env=env)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - started
        assert process.returncode == 0, code
        out.seek(0)
        return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss * 1024, out.read().decode())
