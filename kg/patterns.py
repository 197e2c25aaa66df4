"""Regular expressions that are compiled when they are first used.

A command uses few of the several hundred patterns of the package, and to compile them all took a third of the time that a
small build takes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, AnyStr, cast

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Late:
    """Stands for a pattern; asked for anything a pattern has, it compiles and keeps it."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._made = (source, flags)
        self.pattern = source  # other patterns are made of it

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled: re.Pattern[Any] = re.compile(*self._made)
        for known in ("match", "search", "fullmatch", "finditer", "findall", "sub", "subn", "split", "flags"):
            # Kept where Python looks first, so that the second use costs no more than that of a compiled pattern.
            self.__dict__[known] = getattr(compiled, known)
        return getattr(compiled, name)

    def __reduce__(self) -> tuple[Any, ...]:
        return _Late, self._made


def regex(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return a pattern that is compiled when it is first used, for one that a module keeps.

    Args:
        source: the expression; what is wrong with it is told at its first use.
        flags: as of `re.compile`.
    """
    return cast("re.Pattern[AnyStr]", _Late(source, flags))


def gaps(mark: re.Pattern[str], text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield where what stands between marks begins and ends, in a part of a text or in all of it; empty ones too."""
    end = len(text) if end is None else end
    for match in mark.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end
