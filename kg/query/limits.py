"""What a query may use before it is ended or its answer is cut."""

from __future__ import annotations

from dataclasses import dataclass, fields

from kg.errors import QueryError

_MIB = 1024 * 1024
_HIGHEST = {"seconds": 10**6, "rows": 10**9, "size": 2**40, "memory": 2**50}


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one query. What exceeds time or memory is an error; an answer too long is cut, and says so.

    Attributes:
        seconds: time to parse and answer it.
        rows: rows of a SELECT, triples of a CONSTRUCT or DESCRIBE.
        size: bytes of the answer, counting 64 more for every value.
        memory: bytes it may use beyond what the open store takes; kept where the system can (Linux).
    """

    seconds: float = 30
    rows: int = 100_000
    size: int = 32 * _MIB
    memory: int = 1024 * _MIB

    def __post_init__(self) -> None:
        for field in fields(self):
            value, highest = getattr(self, field.name), _HIGHEST[field.name]
            if not 0 < value <= highest:
                raise QueryError(f"the limit of {field.name} is {value!r}; it is above 0 and at most {highest:,}")
