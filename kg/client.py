"""Requests to a server: who asks, how long, how much, and what its errors are called here."""

from __future__ import annotations

import base64
import os
import socket
import time
import weakref
from contextvars import ContextVar
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

import httpcore
import httpx

from kg.addresses import shown
from kg.errors import LimitError, QueryError, StoreError

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping
    from ssl import SSLContext

_CONNECT = 10.0
_TOLD = 300
"""Characters of a server's own words that are passed on."""
_UNAUTHORIZED, _BAD, _MOVED = 401, 400, 300
_PIECE = 2**16
"""Bytes that are sent at a time."""
_DEADLINE: ContextVar[float] = ContextVar("_DEADLINE")
"""When the request that is under way has to be over."""


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
        self.shown = shown(url).partition("#")[0]
        known = (
            {name: os.environ.get(f"KG_{name}", "") for name in ("USER", "PASSWORD", "TOKEN")} if token is None else {}
        )
        user, password = url.username or known.get("USER", ""), url.password or known.get("PASSWORD", "")
        token = token or known.get("TOKEN", "")
        basic = base64.b64encode(f"{user}:{password}".encode()).decode() if password else ""
        self._secrets = [secret for secret in (basic, password, token) if secret]
        trusted = _trusted(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))
        self._client = _bounded(httpx.Client(auth=_Credentials(user, password, token), verify=trusted))
        weakref.finalize(self, self._client.close)

    def send(
        self,
        method: str,
        *,
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
        url = self.url.copy_merge_params(parameters or {})
        told = dict(headers or {})
        if fields is not None:
            body = urlencode(fields).encode()
            told["Content-Type"] = "application/x-www-form-urlencoded"
        timeout = httpx.Timeout(seconds, connect=_CONNECT)
        request = self._client.build_request(method, url, content=body, headers=told, timeout=timeout)
        missing, before = "answer", _DEADLINE.set(time.monotonic() + seconds)
        try:
            answer = self._client.send(request, stream=True)
            missing = "whole answer"
            try:
                return Reply(answer.status_code, answer.headers, self._read(answer, size))
            finally:
                answer.close()
        except httpx.TimeoutException:
            raise LimitError(f"{self.shown}: no {missing} within {seconds:g} s") from None
        except httpx.HTTPError as error:
            raise StoreError(f"{self.shown}: {self.told(str(error)) or type(error).__name__}") from error
        finally:
            _DEADLINE.reset(before)

    def _read(self, answer: httpx.Response, size: int) -> bytes:
        body = bytearray()
        for piece in answer.iter_bytes():
            body += piece
            if len(body) > size:
                raise LimitError(f"{self.shown}: the answer has more than {size:,} bytes")
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


@lru_cache(maxsize=4)
def _trusted(*_: str | None) -> SSLContext:
    """Return whom to trust, by what the environment names for it: reading that takes longer than most requests."""
    return httpx.create_ssl_context()


def _bounded(client: httpx.Client) -> httpx.Client:
    """Return a client with all its connections, also those through proxies, bounded by the time of a request."""
    for transport in (client._transport, *client._mounts.values()):  # noqa: SLF001 - httpx lets nobody choose the network
        if isinstance(transport, httpx.HTTPTransport):
            transport._pool._network_backend = _Network()  # noqa: SLF001 - the same
    return client


def _left(timeout: float | None) -> float:
    """Return how long a request may still wait, and no longer than it would."""
    left = _DEADLINE.get() - time.monotonic()
    if left <= 0:
        raise httpcore.TimeoutException
    return left if timeout is None else min(left, timeout)


class _Network(httpcore.SyncBackend):
    """Connects; no wait is longer than the request that waits has time left.

    httpx bounds every single wait, so a server that sends a byte now and then would never be too slow for it.
    """

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, *rest: Any, **options: Any
    ) -> _Connection:
        """Return a connection to the first address of a server that can be reached; each would be waited for anew."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(error) from error
        failed: Exception = httpcore.ConnectError(f"{host} has no address")
        for *_, address in found:
            # An address of IPv6 may hold for one network only, and is told with that.
            number, _ = socket.getnameinfo(address, socket.NI_NUMERICHOST | socket.NI_NUMERICSERV)
            try:
                return _Connection(super().connect_tcp(number, port, _left(timeout), *rest, **options))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed


class _Connection(httpcore.NetworkStream):
    """A connection that is kept for other requests, each of which has its own time."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def close(self) -> None:
        self._stream.close()

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all bytes, of which the network below waits for each anew."""
        for start in range(0, len(buffer), _PIECE):
            self._stream.write(buffer[start : start + _PIECE], _left(timeout))

    def start_tls(
        self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> _Connection:
        try:
            return _Connection(self._stream.start_tls(ssl_context, server_hostname, _left(timeout)))
        except httpcore.TimeoutException:
            self.close()
            raise


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
