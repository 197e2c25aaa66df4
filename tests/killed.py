"""A build that ends without warning at a step of its own, run in a process by itself."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import kg
import kg.store.generation

STEPS = {
    "fsync": (os, "fsync"),
    "rename": (Path, "rename"),
    "replace": (Path, "replace"),
    "mkdir": (Path, "mkdir"),
    "link": (os, "link"),
    "write": (Path, "write_text"),
    "unlink": (os, "unlink"),
    "rmdir": (os, "rmdir"),
}


def build_killed_at(step, number, moment, rebuild, source, store):
    """Build, and kill this process right before or after the call of that number; else come back as always."""
    owner, name = STEPS[step]
    real, calls = getattr(owner, name), 0

    def called(*args, **options):
        nonlocal calls
        calls += 1
        if calls == number and moment == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(*args, **options)
        if calls == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, called)
    kg.store.generation._WORTH_A_REBUILD = rebuild
    kg.build(source, store, prune=True)
