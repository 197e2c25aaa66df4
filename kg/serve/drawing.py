"""The pages of the graph, drawn by `kg view` in a process of its own and kept until the next generation."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import sys
import tempfile
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING

import anyio
from starlette.responses import Response

from kg.serve.refusal import RefusalError, busy

if TYPE_CHECKING:
    from starlette.requests import Request

    from kg.serve.current import Current
    from kg.serve.settings import Settings

_POLICY = "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""A page brings the rest of its policy itself."""
_KEPT, _WAITING, _LONGEST, _FAR = 8, 4, 1000, 9
_NICE = 5
"""Below questions that are asked; with more, a page starves where the machine is busy."""


class Drawn:
    """Draws pages one after another, and keeps the last few."""

    def __init__(self, current: Current, settings: Settings) -> None:
        self._current, self._seconds = current, settings.limits.seconds
        self._kept: OrderedDict[tuple[int, str, int], bytes] = OrderedDict()
        self._one, self._waiting = asyncio.Lock(), 0

    async def view(self, request: Request) -> Response:
        """Return the page of a name (`focus`), of what is within so many steps (`hops`), or of everything.

        Raises:
            RefusalError: there is no such name, it takes too long, or too many wait.
        """
        focus, hops = request.query_params.get("focus", "").strip(), request.query_params.get("hops", "2")
        if len(focus) > _LONGEST or not focus.isprintable() or not re.fullmatch(r"[0-9]", hops):
            raise RefusalError(400, f"focus is a name, and hops a number from 0 to {_FAR}")
        held = await anyio.to_thread.run_sync(self._current.held)
        wanted = (held.store.generation, focus, int(hops))
        if wanted not in self._kept or not wanted[0]:
            if self._waiting >= _WAITING:
                raise busy("too many pages at the moment", 5)
            self._waiting += 1
            try:
                async with self._one:
                    if wanted not in self._kept or not wanted[0]:
                        self._kept[wanted] = await self._drawn(focus, hops)
            finally:
                self._waiting -= 1
        self._kept.move_to_end(wanted)
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        headers = {"Content-Security-Policy": _POLICY}
        return Response(self._kept[wanted], media_type="text/html", headers=headers)

    async def _drawn(self, focus: str, hops: str) -> bytes:
        with tempfile.TemporaryDirectory(prefix="kg-view-") as folder:
            file = Path(folder) / "page.html"
            words = ["view", f"--output={file}", f"--store={self._current.path}"]
            process = await asyncio.create_subprocess_exec(
                *[sys.executable, "-P", "-m", "kg", *words, *([f"--focus={focus}", f"--hops={hops}"] if focus else [])],
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.PIPE,
            )
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, process.pid, _NICE)
            try:
                async with asyncio.timeout(self._seconds):
                    _, told = await process.communicate()
            except TimeoutError:
                raise RefusalError(503, f"the page took longer than {self._seconds:g} s and was stopped") from None
            finally:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
            if process.returncode:
                raise RefusalError(404, told.decode("utf-8", "replace").strip().removeprefix("kg: "))
            return await anyio.Path(file).read_bytes()
