"""Requests to a server: who asks, how long, how much, and what its errors are called here."""

from __future__ import annotations

import base64
import os
import time
import weakref
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

import httpx

from kg.addresses import shown
from kg.errors import LimitError, QueryError, StoreError

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

_CONNECT = 10.0
_TOLD = 300
"""Characters of a server's own words that are passed on."""
_UNAUTHORIZED, _BAD, _MOVED = 401, 400, 300


class Reply(NamedTuple):
    """What a server has answered: status, headers, body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Client:
    """Asks one server; its address is shown without what may stand in it of user and password.

    Args:
        address: of the server.
        token: who asks, for a server that is no store: then what the environment says of stores is not for it.

    Raises:
        StoreError: it is no address of a server.
    """

    def __init__(self, address: str, *, token: str | None = None) -> None:
        try:
            url = httpx.URL(address)
        except httpx.InvalidURL as error:
            # What is wrong with it may be told with a piece of the password.
            why = "" if "@" in address else f": {error}"
            raise StoreError(f"{shown(address)!r} is no address of a server{why}") from error
        if url.scheme not in {"http", "https"} or not url.host:
            raise StoreError(f"{shown(address)!r} is no address of a server")
        self.url = url.copy_with(username=None, password=None, fragment=None)
        self.shown = str(self.url)
        known = (
            {name: os.environ.get(f"KG_{name}", "") for name in ("USER", "PASSWORD", "TOKEN")} if token is None else {}
        )
        user, password = url.username or known.get("USER", ""), url.password or known.get("PASSWORD", "")
        token = token or known.get("TOKEN", "")
        basic = base64.b64encode(f"{user}:{password}".encode()).decode() if password else ""
        self._secrets = [secret for secret in (basic, password, token) if secret]
        self._client = httpx.Client(auth=_Credentials(user, password, token))
        weakref.finalize(self, self._client.close)

    def send(
        self,
        method: str,
        *,
        address: str = "",
        headers: Mapping[str, str] | None = None,
        fields: list[tuple[str, str]] | None = None,
        parameters: Mapping[str, str] | None = None,
        body: bytes | None = None,
        seconds: float = 60.0,
        size: int = 2**25,
    ) -> Reply:
        """Return the reply to one request.

        Args:
            method: GET, POST, PUT or DELETE.
            address: where to, if not to the address of the client.
            headers: of the request.
            fields: are posted as a form.
            parameters: are added to the address.
            body: what is sent otherwise.
            seconds: for all of it.
            size: bytes of the reply at most.

        Raises:
            StoreError: the server cannot be reached.
            LimitError: it takes longer, or answers more.
        """
        deadline = time.monotonic() + seconds
        url = httpx.URL(address or self.url).copy_merge_params(parameters or {})
        told = dict(headers or {})
        if fields is not None:
            body = urlencode(fields).encode()
            told["Content-Type"] = "application/x-www-form-urlencoded"
        timeout = httpx.Timeout(seconds, connect=_CONNECT)
        request = self._client.build_request(method, url, content=body, headers=told, timeout=timeout)
        try:
            answer = self._client.send(request, stream=True)
            try:
                return Reply(answer.status_code, answer.headers, self._read(answer, deadline, seconds, size))
            finally:
                answer.close()
        except httpx.TimeoutException:
            raise LimitError(f"{self.shown}: no answer within {seconds:g} s") from None
        except httpx.HTTPError as error:
            raise StoreError(f"{self.shown}: {self.told(str(error)) or type(error).__name__}") from error

    def _read(self, answer: httpx.Response, deadline: float, seconds: float, size: int) -> bytes:
        body = bytearray()
        for piece in answer.iter_bytes():
            body += piece
            if len(body) > size:
                raise LimitError(f"{self.shown}: the answer has more than {size:,} bytes")
            if time.monotonic() > deadline:
                raise LimitError(f"{self.shown}: no whole answer within {seconds:g} s")
        return bytes(body)

    def told(self, words: str) -> str:
        """Return the beginning of a server's own words, on one line; it may repeat who asks, which is not for others."""
        return " ".join(self.masked(words).split())[:_TOLD]

    def masked(self, words: str) -> str:
        """Return words with the password and the token of who asks made unreadable."""
        for secret in self._secrets:
            words = words.replace(secret, "***")
        return words

    def refuse(self, reply: Reply) -> None:
        """Return if a request has succeeded.

        Raises:
            QueryError: the server found fault with it.
            StoreError: it failed otherwise.
        """
        if reply.status < _MOVED:
            return
        told = self.told(reply.body.decode("utf-8", "replace"))
        if reply.status == _UNAUTHORIZED:
            raise StoreError(f"{self.shown}: wants to know who asks ($KG_USER and $KG_PASSWORD, or $KG_TOKEN)")
        if location := reply.headers.get("location"):
            raise StoreError(f"{self.shown}: has moved to {self.told(location)}")
        kind = QueryError if reply.status == _BAD else StoreError
        raise kind(f"{self.shown}: status {reply.status}{': ' + told if told else ''}")


class _Credentials(httpx.Auth):
    """Tells who asks in the way that the server asks for: a token, basic or digest authentication."""

    def __init__(self, user: str, password: str, token: str) -> None:
        self._user, self._password, self._token = user, password, token
        self._way: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Yield a request, and again with what a first answer asked for."""
        if self._way is not None:
            yield from self._way.auth_flow(request)
            return
        if self._token and not self._user:
            request.headers["Authorization"] = f"Bearer {self._token}"
        answer = yield request
        if answer.status_code != _UNAUTHORIZED or not self._user:
            return
        if "digest" in answer.headers.get("www-authenticate", "").lower():
            self._way = httpx.DigestAuth(self._user, self._password)
            flow = self._way.auth_flow(request)
            next(flow)  # the request as it was, which has been answered already
            yield flow.send(answer)
        else:
            self._way = httpx.BasicAuth(self._user, self._password)
            yield from self._way.auth_flow(request)
