"""An answer that is no answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class RefusalError(Exception):
    """A request that is not answered.

    Attributes:
        status: the status of the HTTP response.
        reason: one line for its body.
        headers: what the response carries beside.
    """

    def __init__(self, status: int, reason: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(reason)
        self.status, self.reason, self.headers = status, reason, dict(headers or {})


def busy(reason: str, seconds: int = 1) -> RefusalError:
    """Return the refusal of what may be answered later."""
    return RefusalError(503, reason, {"Retry-After": str(seconds)})
