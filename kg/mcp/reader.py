"""The process that reads the graph for the tools, seen from the server: it is ended when a question takes too long."""

from __future__ import annotations

import json
import selectors
import subprocess
import sys
import time
import weakref
from typing import TYPE_CHECKING, Any

from kg.errors import KGError, LimitError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_START = 60.0
"""Seconds more for the first question of a process, which opens the graph."""
_PIECE = 1 << 20
_CODE = "import sys; sys.path += sys.argv[2:]; from kg.mcp.reading import main; main(sys.argv[1])"


class Reader:
    """Asks a process of its own, started at the first question and after every one that was ended. For one thread at a time.

    Args:
        path: the store, an RDF file, or the address of a SPARQL endpoint.
    """

    def __init__(self, path: str | Path) -> None:
        self._path = str(path)
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, tool: str, arguments: Mapping[str, Any], seconds: float) -> dict[str, Any]:
        """Return what a function of `kg.mcp.reading` tells.

        Args:
            tool: its name.
            arguments: its arguments; days become text.
            seconds: how long it may take.

        Raises:
            LimitError: it takes longer, or its process dies.
            KGError: what it says cannot be answered.
        """
        fresh = self._process is None or self._process.poll() is not None
        process = self._started() if fresh else self._process
        assert process is not None
        assert process.stdin is not None
        deadline = time.monotonic() + seconds + (_START if fresh else 0)
        try:
            process.stdin.write(json.dumps([tool, arguments], default=str).encode() + b"\n")
            process.stdin.flush()
            line = self._line(process, deadline)
        except TimeoutError:
            self._end()
            raise LimitError(f"{tool} took longer than {seconds:g} s and was stopped: ask for fewer tiers") from None
        except OSError:
            self._end()
            raise LimitError(f"{tool} was stopped: the process that reads the graph has ended") from None
        told = json.loads(line)
        if "error" in told:
            raise KGError(told["error"])
        found: dict[str, Any] = told["told"]
        return found

    def _started(self) -> subprocess.Popen[bytes]:
        try:
            self._process = subprocess.Popen(  # noqa: S603 - this Python, with our own words
                [sys.executable, "-c", _CODE, self._path, *sys.path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        except OSError as error:
            raise KGError(f"no process could be started to read the graph: {error}") from error
        weakref.finalize(self, _ended, self._process)
        return self._process

    def _end(self) -> None:
        if self._process:
            _ended(self._process)
        self._process = None

    @staticmethod
    def _line(process: subprocess.Popen[bytes], deadline: float) -> bytes:
        """The next line that the process writes.

        Raises:
            TimeoutError: it is not there in time.
            OSError: the process has ended.
        """
        assert process.stdout is not None
        line = bytearray()
        with selectors.DefaultSelector() as ready:
            ready.register(process.stdout, selectors.EVENT_READ)
            while not line.endswith(b"\n"):
                if not ready.select(max(0.0, deadline - time.monotonic())):
                    raise TimeoutError
                piece = process.stdout.read1(_PIECE)  # type: ignore[attr-defined]
                if not piece:
                    raise ConnectionError
                line += piece
        return bytes(line)


def _ended(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()
