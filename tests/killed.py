"""A build that ends without warning at a step of its own, run in a process by itself."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import numpy as np  # noqa: F401 - see below
from documents import graph_of, post, table

import kg
import kg.store.filling
from kg.extract import choose, extracted, extractors
from kg.model import Document

LOADED_IN = os.getpid()
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
    assert os.getpid() != LOADED_IN, "the server of forks could not load this module, and does not tell"
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
    kg.store.filling._WORTH_LOADING = rebuild
    kg.build(source, store, prune=True)


# Whoever loads this module forks the builds: what each of them would otherwise load, compile and look up is there.
extractors()
for text, name in ((post(), "a.txt"), (table("Alder Labs,Cedar,hosting,,,"), "t.csv")):
    document = Document(name, text, "0")
    graph_of([*extracted(choose(document), document)])
