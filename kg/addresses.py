"""The address of a server as it is shown: without what may stand in it of user and password."""

from __future__ import annotations

from kg.patterns import regex

_USER = regex(r"(?<=://)(?:[^/?#:\[]*:(?![0-9]{1,5}(?:[/?#]|\Z))(?s:.*)|[^/?#]*)@")
"""A password may hold what would end the name of the server, and what would end itself; behind a port there is none."""


def shown(address: object) -> str:
    """Return an address without user and password, also where it is no sound one; a path as it is.

    Where there is a password, it may go on in what looks like a path with an @, so such a path is not shown up to there,
    but that something is left out ("http://…@b").
    """
    return _USER.sub(lambda left: "…@" if any(mark in left[0] for mark in "/?#") else "", str(address))
