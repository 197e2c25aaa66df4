"""The graph for assistants: exposure, blast radius, quotes and questions as tools of the Model Context Protocol; only read.

An assistant starts the server as a process of its own and talks to it over stdin and stdout, or finds it at a port of this
machine. What it asks for comes from anywhere, documents that it has read included: queries are answered by `kg.query.Guard`, and every answer has a bound.
What it is told are values in named places, so that a sentence of a document stays a quote of that document.

Needs the extra `mcp`, the official SDK.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from kg.errors import MissingExtraError
from kg.query import Limits
from kg.serve.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["LIMITS", "serve"]
LIMITS = Limits(rows=1000, size=256 * 1024)
"""What a query may use, and how long an answer may be, where nothing else is said: an assistant has to read it all."""


def serve(
    path: str | Path,
    limits: Limits = LIMITS,
    *,
    port: int | None = None,
    token: str = "",
    ready: Callable[[str], None] | None = None,
) -> None:
    """Answer an assistant over stdin and stdout until it closes them; or those of this machine over HTTP, until told to end.

    Args:
        path: a store folder, whose new generations are followed, an RDF file, or the address of a SPARQL endpoint, which
            does not tell of changes: there all tools but `query` and `ask` keep to what was read first.
        limits: what one query may use; no answer of any tool is longer than its bytes.
        port: to answer over HTTP at, under the path /mcp; 0 for any that is free.
        token: what a client has to show over HTTP; "" for nothing.
        ready: is called with the address once it answers over HTTP.

    Raises:
        MissingExtraError: the SDK is not installed.
        StoreError: the store cannot be opened.
        KGError: the port cannot be used, or the token is too short.
    """
    if find_spec("mcp") is None:
        raise MissingExtraError("mcp is not installed (pip install 'breachkg[mcp]')")
    from kg.mcp.server import server  # noqa: PLC0415 - needs the extra
    from kg.mcp.tools import Tools  # noqa: PLC0415 - so that the missing extra is told first

    made = server(Tools(path, limits))
    if port is None:
        made.run("stdio")
        return
    from kg.serve.gate import Gate  # noqa: PLC0415 - needs what the SDK brings
    from kg.serve.running import run  # noqa: PLC0415 - the same

    settings = Settings(limits, token=token)
    # Whoever may ask passes the gate of `kg serve`; an answer is one response, and there is no session to keep.
    app = made.streamable_http_app(json_response=True, stateless_http=True)
    run(Gate(app, settings, loopback=True), "127.0.0.1", port, settings, ready and (lambda url: ready(f"{url}mcp")))
