"""Who may ask: what every request has to pass, and what every response carries."""

from __future__ import annotations

import hmac
import re
from base64 import b64decode
from binascii import Error as Base64Error
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response

from kg.patterns import regex
from kg.serve.refusal import RefusalError
from kg.serve.settings import LOOPBACK

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from kg.serve.settings import Settings

_ALWAYS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_OPEN = "/healthz"
"""What may be asked without a token."""
_HOST = regex(r"([a-z0-9._-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?", re.IGNORECASE)


class Gate:
    """Lets a request through that is addressed to this server, comes from no foreign web site, and shows the token.

    The first keeps out a web page whose own name has been made to stand for this machine (DNS rebinding), the second
    one that merely sends its visitors' browsers here.
    """

    def __init__(self, app: ASGIApp, settings: Settings, *, loopback: bool) -> None:
        self._app, self._settings = app, settings
        # A server that others reach may have any name; there the token keeps such a page out.
        named = {*LOOPBACK, *(name.lower() for name in settings.names)}
        self._names = named if loopback or settings.names else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = self._origin(headers)

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = MutableHeaders(scope=message)
                for name, value in _ALWAYS.items():
                    told.setdefault(name, value)
                if origin:
                    told["Access-Control-Allow-Origin"] = origin
                    told["Access-Control-Expose-Headers"] = "Kg-Cut, Retry-After"
                    told["Cross-Origin-Resource-Policy"] = "cross-origin"
                told.add_vary_header("Origin")
            await send(message)

        try:
            self._check(scope, headers, origin)
        except RefusalError as refusal:
            await PlainTextResponse(f"{refusal.reason}\n", refusal.status, refusal.headers)(scope, receive, dressed)
            return
        if origin and scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            await _PREFLIGHT(scope, receive, dressed)
            return
        await self._app(scope, receive, dressed)

    def _origin(self, headers: Headers) -> str:
        """The web site that a request comes from, if its scripts may ask; else ""."""
        origin = headers.get("origin", "")
        return origin if origin in self._settings.origins else ""

    def _check(self, scope: Scope, headers: Headers, origin: str) -> None:
        hosts = [_HOST.fullmatch(host) for host in headers.getlist("host")]
        if len(hosts) != 1 or not hosts[0]:
            raise RefusalError(400, "a request has one Host header, with a name and perhaps a port")
        if self._names is not None and hosts[0][1].lower() not in self._names:
            raise RefusalError(421, "this server does not go by that name (kg serve --name adds one)")
        if not origin:
            _refuse_foreign(scope, headers, hosts[0][0])
        preflight = origin and scope["method"] == "OPTIONS"
        if self._settings.token and scope["path"] != _OPEN and not preflight and not self._shown(headers):
            told = {"WWW-Authenticate": 'Basic realm="breachkg", charset="UTF-8", Bearer realm="breachkg"'}
            raise RefusalError(401, "the token is missing or wrong", told)

    def _shown(self, headers: Headers) -> bool:
        """Whether a request shows the token."""
        kind, _, told = headers.get("authorization", "").partition(" ")
        shown = told.strip().encode("utf-8", "replace")
        if kind.lower() == "basic":
            try:
                shown = b64decode(shown, validate=True).partition(b":")[2]
            except (Base64Error, ValueError):
                return False
        elif kind.lower() != "bearer":
            return False
        return hmac.compare_digest(shown, self._settings.token.encode())


def _refuse_foreign(scope: Scope, headers: Headers, host: str) -> None:
    """Return unless a script, a form or a frame of another web site has sent the request; a link of one may."""
    followed = (
        scope["method"] == "GET"
        and headers.get("sec-fetch-mode") == "navigate"
        and headers.get("sec-fetch-dest") == "document"
    )
    origin = headers.get("origin", "")
    site = headers.get("sec-fetch-site", "none")
    own = origin in {"", f"http://{host}", f"https://{host}"}
    if not own or (site not in {"none", "same-origin"} and not followed):
        raise RefusalError(403, "another web site may not ask (kg serve --allow-origin names one that may)")


_PREFLIGHT = Response(
    status_code=204,
    headers={
        "Access-Control-Allow-Methods": "GET, POST",
        "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type",
        "Access-Control-Max-Age": "600",
    },
)
