"""SPARQL servers of others, started at free ports of this machine, each in a folder of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

VIRTUOSO = """
[Database]
DatabaseFile = v.db
TransactionFile = v.trx
ErrorLogFile = v.log
LockFile = v.lck
xa_persistent_file = v.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = t.db
TransactionFile = t.trx
[Parameters]
ServerPort = 127.0.0.1:{port}
NumberOfBuffers = 2000
MaxDirtyBuffers = 1200
ServerThreads = 10
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 10000
MaxQueryExecutionTime = 60
"""


@dataclass(frozen=True)
class Engine:
    """A running server: where it takes graphs, and where it takes queries."""

    graphs: str
    queries: str


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def listening(port, process):
    for _ in range(1200):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert process.poll() is None
        time.sleep(0.05)
    raise AssertionError


@contextmanager
def running(command, port, folder):
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        listening(port, process)
        yield
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def oxigraph(folder):
    """The server of Oxigraph, whose package brings its program into the environment."""
    port, program = free_port(), Path(sys.executable).parent / "oxigraph"
    with running([program, "serve", "--location", "db", "--bind", f"127.0.0.1:{port}"], port, folder):
        yield Engine(f"http://127.0.0.1:{port}/store", f"http://127.0.0.1:{port}/query")


@contextmanager
def virtuoso(folder):
    """Virtuoso, whose user for writing is dba."""
    program = shutil.which("virtuoso-t")
    if not program:
        reason = "no Virtuoso on this machine (Debian: apt-get install virtuoso-opensource-7-bin)"
        (pytest.fail if os.environ.get("BREACHKG_REQUIRE_ALL") == "1" else pytest.skip)(reason)
    port, http = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO.format(port=port, http=http))
    with running([program, "+foreground", "+configfile", "virtuoso.ini"], http, folder):
        address = f"http://127.0.0.1:{http}"
        yield Engine(f"{address}/sparql-graph-crud-auth", f"{address}/sparql")
