"""The graph over HTTP: a SPARQL endpoint, a page to ask it from, and the pages of the graph; only read.

Queries come from strangers: they are answered by `kg.query.Guard`, whose workers are bounded here in number. Needs the
extra `serve`; `application` is an ASGI application for other servers too, `run` serves it by uvicorn.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from kg.errors import KGError, MissingExtraError
from kg.serve.settings import Settings, is_loopback

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["Settings", "serve"]
_NEEDED = ("starlette", "uvicorn", "prometheus_client")


def serve(
    path: str | Path,
    host: str = "127.0.0.1",
    port: int = 8000,
    settings: Settings | None = None,
    *,
    ready: Callable[[str], None] | None = None,
) -> None:
    """Serve a store until the process is told to end (SIGTERM, SIGINT), then let what runs come to its end.

    Args:
        path: a store folder, whose new generations are followed, or an RDF file.
        host: the address to listen at; one that others can reach needs a token.
        port: 0 for any that is free.
        settings: limits, token and names.
        ready: is called with the address once it answers.

    Raises:
        MissingExtraError: what it is made of is not installed.
        StoreError: the store cannot be opened, or is at a server, which clients can ask themselves.
        KGError: the address cannot be used, or others can reach it and there is no token.
    """
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise MissingExtraError(f"{missing[0]} is not installed (pip install 'breachkg[serve]')")
    given, loopback = settings or Settings(), is_loopback(host)
    if not loopback and not given.token:
        raise KGError(f"others can reach {host}: give a token to ask with (--token-file, or $KG_TOKEN)")
    from kg.serve.app import application  # noqa: PLC0415 - needs the extra
    from kg.serve.running import run  # noqa: PLC0415 - the same

    run(application(path, given, loopback=loopback), host, port, given, ready)
