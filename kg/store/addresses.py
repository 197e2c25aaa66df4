"""Where a store may be: in a folder. What a server holds is read at its address, and written by `kg push` alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.addresses import shown
from kg.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path


def is_address(path: object) -> bool:
    """Return whether a path is the address of a server."""
    return isinstance(path, str) and path.lower().startswith(("http://", "https://"))


def local(path: Path) -> Path:
    """Return the path of a folder as it is.

    Raises:
        StoreError: it is the address of a server.
    """
    address = path.as_posix().replace(":/", "://", 1)  # of two slashes together a path keeps one
    if is_address(address):
        raise StoreError(
            f"{shown(address)}: is a server, not a folder; build a folder and bring it there with `kg push`"
        )
    return path
