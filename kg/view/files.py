"""Text becomes a file whole or not at all."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from kg.errors import KGError

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
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
        part.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise KGError(f"{path}: the page cannot be written: {error.strerror or error}") from error
