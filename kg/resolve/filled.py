"""CSV files that somebody filled in: with any delimiter and in any encoding that the lists to be read may have too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import UnreadableError
from kg.extract.reading import document
from kg.extract.tabular.table import table
from kg.model import Defect

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


def filled_in(path: Path) -> tuple[Sequence[str], Iterator[tuple[str, dict[str, str]]]]:
    """Return the columns of such a file, and its rows: the place of each ("row 3"), and its cells by their columns.

    Raises:
        UnreadableError: the file cannot be read, or, while the rows are walked, one of them.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableError(str(path), f"cannot be read: {error}") from error
    found = table(document(str(path), data))

    def rows() -> Iterator[tuple[str, dict[str, str]]]:
        for row in found:
            if isinstance(row, Defect):
                raise UnreadableError(str(path), row.reason, row.place)
            yield row.place, dict(zip(found.header, row.cells, strict=False))

    return found.header, rows()
