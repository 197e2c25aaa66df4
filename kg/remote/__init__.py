"""SPARQL 1.1 servers: reading a graph that one of them holds, and keeping it current there. Needs the extra `remote`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.remote.asking import RemoteGuard, client
from kg.remote.holding import RemoteStore
from kg.store.addresses import is_address

if TYPE_CHECKING:
    from kg.query import Limits

__all__ = ["RemoteGuard", "RemoteStore", "is_address", "open_remote"]


def open_remote(address: str, limits: Limits | None = None) -> RemoteStore:
    """Return the store behind a SPARQL endpoint.

    Who has to say who they are puts it into the environment: $KG_USER and $KG_PASSWORD, or $KG_TOKEN.

    Args:
        address: of the endpoint.
        limits: of a query of the user; what is asked to open the store is kept to them too.

    Raises:
        MissingExtraError: httpx is not installed.
        StoreError: there is no SPARQL endpoint at the address.
    """
    return RemoteStore(RemoteGuard(client(address)), limits)
