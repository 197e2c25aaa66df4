"""A site as a folder: written whole or not at all, and never over anything else."""

from __future__ import annotations

import os
import shutil
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from kg.errors import KGError

if TYPE_CHECKING:
    from collections.abc import Iterable

MARKER: Final = ".breachkg-site"
_MARK: Final = "Written by `kg view --site`; the next site written here takes the place of the whole folder.\n"
_LEFT_BY_SYSTEMS: Final = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


def write_folder(folder: Path, texts: Iterable[tuple[str, str]], folders: Iterable[str]) -> None:
    """Write files into a new folder beside, then put it in the place of `folder`; what was there before is gone then.

    Args:
        folder: where the site is to stand: nothing, an empty folder, or an earlier site.
        texts: paths within the folder ("vendor/x.html") and what the files hold.
        folders: the folders of those paths.

    Raises:
        KGError: the folder holds something that is not of a site, or it cannot be written; it is as it was before.
    """
    place = folder.resolve()
    folders = sorted(folders)
    _check(folder, place, folders)
    new, old = (place.with_name(f".{place.name}.{os.getpid()}.{end}") for end in ("part", "old"))
    try:
        new.mkdir(parents=True)
        for name in folders:
            (new / name).mkdir()
        for name, text in (*texts, (MARKER, _MARK)):
            with new.joinpath(*PurePosixPath(name).parts).open("w", encoding="utf-8", newline="") as file:
                file.write(text)
        _swap(new, place, old)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise KGError(f"{folder}: the site cannot be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _check(folder: Path, place: Path, folders: list[str]) -> None:
    """Raise where something would be lost that was not written by an earlier call."""
    try:
        found = {one.name for one in place.iterdir()} if place.is_dir() else set()
        if place.exists() and not place.is_dir():
            raise KGError(f"{folder}: is a file; a site needs a folder")
        if found - _LEFT_BY_SYSTEMS and MARKER not in found:
            raise KGError(f"{folder}: the folder is not empty and is no site; name another, or empty it")
        ours = {MARKER, *folders, *_LEFT_BY_SYSTEMS}
        strange = [name for name in found - ours if not name.endswith(".html")]
        for name in found & set(folders):
            strange += [f"{name}/{one.name}" for one in (place / name).iterdir() if one.suffix != ".html"]
    except OSError as error:
        raise KGError(f"{folder}: the folder cannot be read: {error.strerror or error}") from error
    if strange:
        raise KGError(
            f"{folder}: {min(strange)} is not of the site that is there; move it away, or name another folder"
        )


def _swap(new: Path, place: Path, old: Path) -> None:
    """Put the new folder in place; if that fails the one before comes back."""
    before = place.exists()
    if before:
        place.rename(old)
    try:
        new.rename(place)
    except OSError:
        if before:
            old.rename(place)
        raise
