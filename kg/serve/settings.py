"""What a served graph allows."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field

from kg.errors import KGError
from kg.patterns import regex
from kg.query import Limits

_NAME = regex(r"[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]")
_ORIGIN = regex(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?")
_TOKEN = regex(r"[\x21-\x7e]{16,}")
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def _concurrent() -> int:
    return max(4, 2 * (os.cpu_count() or 1))


@dataclass(frozen=True, slots=True)
class Settings:
    """What is allowed to whom.

    Attributes:
        limits: what one query may use.
        concurrent: queries that are answered at a time; others wait. One that takes more than half a second of a
            processor leaves its place, and goes on beside: four times as many such, those that wait for a turn included.
        token: what a client has to show ("" for nothing), as `Authorization: Bearer TOKEN` or as the password of
            HTTP's basic authentication with any user name.
        names: names of the host that a request may be addressed to, beside those of this machine itself.
        origins: web sites ("https://example.org") whose scripts may ask.
        body: bytes that a request may hold.
        patience: seconds that a client may take to send a request.

    Raises:
        KGError: one of them makes no sense.
    """

    limits: Limits = field(default_factory=Limits)
    concurrent: int = field(default_factory=_concurrent)
    token: str = field(default="", repr=False)
    names: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    body: int = 4 * 1024 * 1024
    patience: float = 10.0

    def __post_init__(self) -> None:
        if not 1 <= self.concurrent <= 1000:  # noqa: PLR2004 - each may be a process
            raise KGError(f"{self.concurrent} queries at a time cannot be answered; 1 to 1000 can")
        if self.body < 1 or not 0 < self.patience <= 3600:  # noqa: PLR2004 - an hour
            raise KGError("a request needs room and time")
        if self.token and not _TOKEN.fullmatch(self.token):
            raise KGError("the token has to have 16 or more printable ASCII characters, and no blanks")
        if wrong := [name for name in self.names if not _NAME.fullmatch(name)]:
            raise KGError(f"{wrong[0]!r} is no name of a host (give it without http:// and port)")
        if wrong := [name for name in self.origins if not _ORIGIN.fullmatch(name)]:
            raise KGError(f"{wrong[0]!r} is no origin, such as https://example.org")


def is_loopback(host: str) -> bool:
    """Return whether only this machine can reach an address."""
    return host in {"localhost", "::1"} or re.fullmatch(r"127(\.[0-9]{1,3}){3}", host) is not None
