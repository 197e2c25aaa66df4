"""Writing so that nothing is ever half-written, and saying in one line why something could not be."""

from __future__ import annotations

import errno
import os
import shutil
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "permission denied",
}

_PAUSES = (0.01, 0.04, 0.16, 0.64)
"""Seconds that a database has to end its writing, before each new attempt to remove its folder."""


@contextmanager
def failures(path: Path) -> Iterator[None]:
    """Turn what the file system or the database says into one line that names the path.

    Raises:
        StoreError: something in the block could not be written.
    """
    try:
        yield
    except OSError as error:
        # The database gives no number, only the system's words for it.
        said = next((why for number, why in _REASONS.items() if os.strerror(number) in str(error)), "")
        reason = _REASONS.get(error.errno or 0) or said or error.strerror or str(error)
        raise StoreError(f"{path}: cannot be written: {reason}") from error


def write_atomically(path: Path, text: str | bytes) -> None:
    """Write a text (as UTF-8) or bytes so that a reader sees the old file or the new one, whatever happens in between.

    What is no file (a pipe, a terminal) is written straight.
    """
    data = text.encode("utf-8") if isinstance(text, str) else text
    if path.exists() and not path.is_file() and not path.is_dir():
        path.write_bytes(data)
        return
    path = Path(os.path.realpath(path))
    beside = path.parent / f".{path.name[:100]}.{os.getpid()}"
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        sync(path.parent)
    finally:
        beside.unlink(missing_ok=True)


def remove_tree(folder: Path) -> None:
    """Remove a folder with all in it, as far as the system lets us.

    A database that was dropped a moment ago may still write a file, which leaves the folder not empty: it is tried again.
    """
    for pause in _PAUSES:
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(pause)
    shutil.rmtree(folder, ignore_errors=True)


def sync(path: Path) -> None:
    """Return when a file, or the list of names of a folder, is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """Return when everything in a folder is on the disk."""
    for within, _, files in os.walk(folder):  # in half the time of `rglob`
        for name in files:
            sync(Path(within, name))
        sync(Path(within))
