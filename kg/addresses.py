"""The address of a server as it is shown: without what may stand in it of user and password."""

from __future__ import annotations

from kg.patterns import regex

_USER = regex(r"(?<=://)(?:[^/?#]*|[^/?#@:]*:(?![0-9]{1,5}[/?#])[^@]*)@")
"""A password may hold what would end the name of the server; behind a port there is none."""


def shown(address: object) -> str:
    """Return an address without user and password, also where it is no sound one; a path as it is."""
    return _USER.sub("", str(address))
