"""Text becomes a file whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import KGError
from kg.store.durable import write_atomically

if TYPE_CHECKING:
    from pathlib import Path


def write_text(text: str, path: Path) -> None:
    """Write text to a file as UTF-8, whole or not at all.

    Args:
        text: the content; line ends stay as they are.
        path: the file to create or replace.

    Raises:
        KGError: the file cannot be written.
    """
    try:
        write_atomically(path, text)
    except OSError as error:
        raise KGError(f"{path}: the page cannot be written: {error.strerror or error}") from error
