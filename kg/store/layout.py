"""The store folder: which generation is current, who may build, what each generation holds.

::

    breaches.kg/
      store.json               format number and writer
      lock                     held by the process that builds
      CURRENT                  name of the current generation; replaced by rename
      generations/000001/
        manifest.json          documents, when each was added, what was quarantined
        quads/                 the Oxigraph database
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import shutil
import zlib
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

from kg.errors import LockedStoreError, NewerStoreError, NotAStoreError, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMAT = 1
KEPT_GENERATIONS = 3
VERIFIED_BYTES = 32 * 1024 * 1024
"""Up to this size a database is compared with its checksums when it is opened."""
_MARK, _CURRENT, _LOCK, _GENERATIONS, _MANIFEST, QUADS = (
    "store.json",
    "CURRENT",
    "lock",
    "generations",
    "manifest.json",
    "quads",
)
_UNFINISHED = ".unfinished"
_ENTRY = frozenset(["name", "digest", "graph", "kind", "version", "records", "incidents", "claims", "quarantine"])
"""What the manifest says of a document, at least."""


class Layout:
    """The paths of one store folder."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.generations = path / _GENERATIONS
        self._made = False

    def check(self) -> None:
        """Return if the folder is a store that this version can read.

        Raises:
            NotAStoreError: nothing is there, or something else.
            NewerStoreError: a newer version wrote it.
        """
        try:
            number = json.loads((self.path / _MARK).read_text(encoding="utf-8"))["format"]
        except (OSError, ValueError, LookupError, TypeError, RecursionError) as error:
            there = os.path.lexists(self.path)
            reason = (
                f"not a store (no readable {_MARK} in it)" if there else "no store there (make one with `kg build`)"
            )
            raise NotAStoreError(f"{self.path}: {reason}") from error
        if not isinstance(number, int) or number < 1:
            raise NotAStoreError(f"{self.path}: not a store ({_MARK} names the format {number!r})")
        if number > FORMAT:
            raise NewerStoreError(
                f"{self.path}: written by a newer version of breachkg (format {number}, this one reads {FORMAT})"
            )

    def create(self, writer: str) -> None:
        """Make the folder a store where it is not one yet.

        Raises:
            NotAStoreError: the folder holds other files.
            StoreError: it cannot be made.
        """
        with failures(self.path):
            if self.path.exists() and (not self.path.is_dir() or any(self.path.iterdir())):
                self.check()
                return
            self._made = not self.path.exists()
            try:
                self.generations.mkdir(parents=True, exist_ok=True)
                write_atomically(self.path / _MARK, json.dumps({"format": FORMAT, "writer": writer}) + "\n")
            except BaseException:
                self.discard()
                raise

    def discard(self) -> None:
        """Remove a store that no build has ever finished; nobody else is building in it."""
        if (self.path / _CURRENT).exists():
            return
        shutil.rmtree(self.generations, ignore_errors=True)
        with suppress(OSError):
            (self.path / _MARK).unlink(missing_ok=True)
            (self.path / _LOCK).unlink(missing_ok=True)
            if self._made:
                self.path.rmdir()

    def current(self) -> Path | None:
        """Return the folder of the current generation, or None before the first build.

        Raises:
            StoreError: the pointer names a generation that is not there.
        """
        try:
            name = (self.path / _CURRENT).read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise StoreError(f"{self.path}: the pointer to the current generation cannot be read: {error}") from error
        folder = self.generations / name
        if not name.isdigit() or not folder.is_dir():
            raise StoreError(f"{self.path}: the current generation {name!r} is missing")
        return folder

    def manifest(self, generation: Path | None) -> dict[str, Any]:
        """Return the manifest of a generation; an empty one before the first build.

        Raises:
            StoreError: it cannot be read.
        """
        if generation is None:
            return {"documents": {}}
        path = generation / _MANIFEST
        try:
            told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            sound = all(entry.keys() >= _ENTRY for entry in told["documents"].values())
        except OSError as error:
            raise StoreError(f"{path}: the manifest cannot be read: {error.strerror or error}") from error
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            raise StoreError(f"{path}: the manifest is damaged: {error}") from error
        if not sound:
            raise StoreError(f"{path}: the manifest is damaged: a document is not described in full")
        return told

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the right to build; if the first build of a store fails, nothing of the store is left.

        Raises:
            LockedStoreError: another process holds it; the text names its process id.
        """
        with failures(self.path):
            try:
                # Unbuffered: closing must not write again what the disk has just refused.
                handle = (self.path / _LOCK).open("a+b", buffering=0)
            except OSError:
                self.discard()
                raise
        with handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                handle.seek(0)
                holder = handle.read(20).decode("ascii", "replace").strip()
                raise LockedStoreError(
                    f"{self.path}: locked by pid {holder or 'unknown'}, which is building"
                ) from error
            try:
                with failures(self.path):
                    handle.truncate(0)
                    handle.write(str(os.getpid()).encode("ascii"))
                    self._clean()
                yield
            except BaseException:
                self.discard()
                raise

    @contextmanager
    def next_generation(self) -> Iterator[Path]:
        """Give a folder to fill; when the block ends well it becomes the current generation, else it is removed."""
        current = self.current()
        number = max([int(p.name) for p in self.generations.iterdir() if p.name.isdigit()], default=0) + 1
        with failures(self.path):
            # A name never used before: the database may still hold locks on the folder of a build that failed.
            working = Path(mkdtemp(prefix=f"{number:06d}-", suffix=_UNFINISHED, dir=self.generations))
            try:
                working.chmod(0o755)
                yield working
                finished = self.generations / f"{number:06d}"
                _sync_tree(working)
                working.rename(finished)
                _sync(self.generations)
                write_atomically(self.path / _CURRENT, finished.name + "\n")
            except BaseException:
                shutil.rmtree(working, ignore_errors=True)
                raise
        self._retire(finished, current)

    def write_manifest(self, generation: Path, manifest: dict[str, Any]) -> None:
        """Write the manifest into a generation that is being made, with the checksums of its closed database."""
        told = manifest | {"checksums": {path.name: _checksum(path) for path in _tables(generation)}}
        (generation / _MANIFEST).write_text(json.dumps(told, sort_keys=True, indent=1) + "\n", encoding="utf-8")

    def verify(self, generation: Path, manifest: dict[str, Any]) -> None:
        """Return if the files of a small database are as they were written.

        Oxigraph finds a bad block when it reads it, but an aggregate over one never ends and takes all memory.
        Above `VERIFIED_BYTES` reading everything costs more than it saves.

        Raises:
            StoreError: a file has changed, or cannot be read.
        """
        told = manifest.get("checksums", {})
        try:
            small = sum(path.stat().st_size for path in _tables(generation)) <= VERIFIED_BYTES
            bad = [p for p in _tables(generation) if small and p.name in told and _checksum(p) != told[p.name]]
        except OSError as error:
            raise StoreError(f"{generation}: the database cannot be read: {error.strerror or error}") from error
        if bad:
            raise StoreError(f"{generation}: the database is damaged: {bad[0].name} has changed since it was written")

    def _clean(self) -> None:
        """Remove what a killed build left: unfinished generations, and finished ones that never became current."""
        current = self.current()
        for folder in self.generations.iterdir():
            orphan = folder.name.isdigit() and (current is None or folder.name > current.name)
            if folder.name.endswith(_UNFINISHED) or orphan:
                shutil.rmtree(folder, ignore_errors=True)

    def _retire(self, newest: Path, current: Path | None) -> None:
        kept = sorted((p for p in self.generations.iterdir() if p.name.isdigit()), key=lambda p: p.name)[
            -KEPT_GENERATIONS:
        ]
        for folder in self.generations.iterdir():
            if folder.name.isdigit() and folder not in {*kept, newest, current}:
                shutil.rmtree(folder, ignore_errors=True)


def _tables(generation: Path) -> list[Path]:
    """The files of the database that never change once they are written."""
    return sorted((generation / QUADS).glob("*.sst"))


def _checksum(path: Path) -> int:
    return zlib.crc32(path.read_bytes())


_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "permission denied",
}


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


def write_atomically(path: Path, text: str) -> None:
    """Write a text so that a reader sees the old file or the new one, whatever happens in between.

    What is no file (a pipe, a terminal) is written straight.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        path.write_text(text, encoding="utf-8", newline="\n")
        return
    path = Path(os.path.realpath(path))
    beside = path.parent / f".{path.name[:100]}.{os.getpid()}"
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        _sync(path.parent)
    finally:
        beside.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_tree(folder: Path) -> None:
    for path in folder.rglob("*"):
        _sync(path)
    _sync(folder)
