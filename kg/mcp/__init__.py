"""The graph for assistants: exposure, blast radius, quotes and questions as tools of the Model Context Protocol; only read.

An assistant starts the server as a process of its own and talks to it over stdin and stdout. What it asks for comes from
anywhere, documents that it has read included: queries are answered by `kg.query.Guard`, and every answer has a bound.
What it is told are values in named places, so that a sentence of a document stays a quote of that document.

Needs the extra `mcp`, the official SDK.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from kg.errors import MissingExtraError
from kg.query import Limits

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["LIMITS", "serve"]
LIMITS = Limits(rows=1000, size=256 * 1024)
"""What a query may use, and how long an answer may be, where nothing else is said: an assistant has to read it all."""


def serve(path: str | Path, limits: Limits = LIMITS) -> None:
    """Answer an assistant over stdin and stdout until it closes them.

    Args:
        path: a store folder, whose new generations are followed, an RDF file, or the address of a SPARQL endpoint.
        limits: what one query may use; no answer of any tool is longer than its bytes.

    Raises:
        MissingExtraError: the SDK is not installed.
        StoreError: the store cannot be opened.
    """
    if find_spec("mcp") is None:
        raise MissingExtraError("mcp is not installed (pip install 'breachkg[mcp]')")
    from kg.mcp.server import server  # noqa: PLC0415 - needs the extra
    from kg.mcp.tools import Tools  # noqa: PLC0415 - so that the missing extra is told first

    server(Tools(path, limits)).run("stdio")
