"""The routes of a served graph."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from kg.serve.counting import MEDIA_TYPE, Counts
from kg.serve.current import Current
from kg.serve.drawing import Drawn
from kg.serve.endpoint import Endpoint
from kg.serve.gate import Gate
from kg.serve.page import page
from kg.serve.refusal import RefusalError
from kg.serve.settings import Settings
from kg.serve.slots import Slots

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_FILES = {"query.js": "text/javascript", "query.css": "text/css"}


def application(path: str | Path, settings: Settings | None = None, *, loopback: bool = True) -> ASGIApp:
    """Return the ASGI application that serves a store.

    Args:
        path: a store folder or an RDF file.
        settings: limits, token and names.
        loopback: whether only this machine can reach it: then a request has to be addressed to this machine by name.

    Raises:
        StoreError: the store cannot be opened, or is at a server.
    """
    given, counts = settings or Settings(), Counts()
    current, slots = Current(path, given.concurrent, counts), Slots(given.concurrent, counts)
    endpoint, drawn = Endpoint(current, given, counts, slots), Drawn(current, given)

    async def health(_: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def metrics(_: Request) -> Response:
        return Response(counts.text(), media_type=MEDIA_TYPE)

    async def home(request: Request) -> Response:
        return page(request, current.path.name)

    async def asset(request: Request) -> Response:
        name = request.url.path[1:]
        return Response((files("kg.serve") / name).read_bytes(), media_type=_FILES[name])

    methods = ["GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"]
    routes = [
        Route("/", home, name="page"),
        Route("/sparql", endpoint.answer, name="sparql", methods=methods),
        Route("/view", drawn.view, name="view"),
        Route("/healthz", health),
        Route("/metrics", metrics),
        *(Route(f"/{name}", asset) for name in _FILES),
    ]
    handlers = {RefusalError: _refused, HTTPException: _failed}
    inner = Starlette(routes=routes, exception_handlers=handlers)  # type: ignore[arg-type]
    inner.router.redirect_slashes = False
    known = {route.path for route in routes}
    return Gate(_Counted(inner, counts, known), given, loopback=loopback)


async def _refused(_: Request, refusal: RefusalError) -> Response:
    return PlainTextResponse(f"{refusal.reason}\n", refusal.status, refusal.headers)


async def _failed(_: Request, error: HTTPException) -> Response:
    return PlainTextResponse(f"{error.detail.lower()}\n", error.status_code, error.headers)


class _Counted:
    """Counts requests by their route and the status of the response."""

    def __init__(self, app: ASGIApp, counts: Counts, known: set[str]) -> None:
        self._app, self._counts, self._known = app, counts, known

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                route = scope["path"] if scope["path"] in self._known else "other"
                self._counts.requests.labels(route, str(message["status"])).inc()
            await send(message)

        await self._app(scope, receive, counted)
