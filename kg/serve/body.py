"""Reading the body of a request, within bounds of size and time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect

from kg.serve.refusal import RefusalError

if TYPE_CHECKING:
    from starlette.requests import Request

    from kg.serve.settings import Settings

_HEARD = 2
"""How many times what a request may hold is still heard: a client reads no answer before it has sent its request."""


async def read_body(request: Request, settings: Settings) -> bytes:
    """Return the body.

    Raises:
        RefusalError: it is too long, comes too slowly, or is packed.
    """
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise RefusalError(415, "a body that is packed is not taken", {"Accept-Encoding": "identity"})
    too_long = RefusalError(413, f"a request holds {settings.body:,} bytes at most", {"Connection": "close"})
    length = request.headers.get("content-length", "0")
    if not length.isascii() or not length.isdigit() or len(length) > 15 or int(length) > _HEARD * settings.body:  # noqa: PLR2004 - digits enough
        raise too_long
    body, received = bytearray(), 0
    try:
        async with asyncio.timeout(settings.patience):
            async for piece in request.stream():
                received += len(piece)
                if received <= settings.body:
                    body += piece
                elif received > _HEARD * settings.body:
                    raise too_long
    except TimeoutError:
        reason = f"the request was not there within {settings.patience:g} s"
        raise RefusalError(408, reason, {"Connection": "close"}) from None
    except ClientDisconnect:
        raise RefusalError(400, "the request ends in the middle") from None
    if received > settings.body:
        raise too_long
    return bytes(body)
