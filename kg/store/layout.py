"""The store folder: which generation is current, who may build, what each generation holds.

::

    breaches.kg/
      store.json               format number and writer
      lock                     held by the process that builds
      judgements.jsonl         what people have judged of names; see kg.resolve.judgements
      CURRENT                  name of the current generation; replaced by rename
      history/                 evidence graphs that no longer hold, one file each
      past/                    earlier states, for as long as somebody looks at them
      generations/000001/
        manifest.json          documents, when each was added, what was quarantined
        in-use                 locked (shared) by every process that reads the generation
        quads/                 the Oxigraph database
        edges/                 the edge table
        mentioned/             the distinct mentions, and the keys that they are found by
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import weakref
import zlib
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

from kg.errors import LockedStoreError, NewerStoreError, NotAStoreError, OlderStoreError, StoreError
from kg.resolve.judgements import FILE
from kg.store.addresses import local
from kg.store.durable import failures, remove_tree, sync, sync_tree, write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import IO

FORMAT = 2
KEPT_GENERATIONS = 3
VERIFIED_BYTES = 32 * 1024 * 1024
"""Up to this size a database is compared with its checksums when it is opened."""
_MARK, _CURRENT, _LOCK, _IN_USE = "store.json", "CURRENT", "lock", "in-use"
_GENERATIONS, _MANIFEST = "generations", "manifest.json"
QUADS, EDGES, MENTIONED = "quads", "edges", "mentioned"
_UNFINISHED = ".unfinished"
_ENTRY = frozenset(
    ["name", "digest", "graph", "kind", "version", "records", "incidents", "claims", "quarantine", "added"]
)
"""What the manifest says of a document, at least."""
_BLOCK = 512
"""Bytes in which the system counts the room of a file."""


class Layout:
    """The paths of one store folder; a server has none (`StoreError`)."""

    def __init__(self, path: Path) -> None:
        self.path = local(path)
        self.generations = path / _GENERATIONS
        self.history = path / "history"
        self.past = path / "past"
        self._made = False

    def check(self) -> None:
        """Return if the folder is a store that this version can read.

        Raises:
            NotAStoreError: nothing is there, or something else.
            NewerStoreError: a newer version wrote it.
            OlderStoreError: an older version wrote it, in a format that is not read any more.
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
        if number < FORMAT:
            raise OlderStoreError(
                f"{self.path}: written by an older version of breachkg (format {number}); remove it and build it again"
            )

    def create(self, writer: str) -> None:
        """Make the folder a store where it is not one yet; a log of judgements may be there before.

        Raises:
            NotAStoreError: the folder holds other files.
            StoreError: it cannot be made.
        """
        with failures(self.path):
            if self.path.exists() and (not self.path.is_dir() or any(one.name != FILE for one in self.path.iterdir())):
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
        for folder in (self.generations, self.history, self.past):
            remove_tree(folder)
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

    def built(self) -> Path:
        """Return the folder of the current generation.

        Raises:
            StoreError: no build has finished, or the pointer names a generation that is not there.
        """
        if (current := self.current()) is None:
            raise NotAStoreError(f"{self.path}: the store is empty (no build of it has finished)")
        return current

    def finished(self) -> list[Path]:
        """Return the folders of the generations that are there, oldest first."""
        if (current := self.current()) is None:
            return []
        return sorted(p for p in self.generations.iterdir() if p.name.isdigit() and p.name <= current.name)

    def generation(self, number: int) -> Path:
        """Return the folder of a generation.

        Raises:
            StoreError: it is not there; those that are are told.
        """
        there = {int(folder.name): folder for folder in self.finished()}
        if number not in there:
            told = f"there is no generation {number}; there are {', '.join(map(str, there))}"
            gone = "; of what was known before, ask for a day" if 0 < number < min(there, default=0) else ""
            raise StoreError(f"{self.path}: {told}{gone}")
        return there[number]

    def size(self) -> int:
        """Return the bytes that the folder takes on the disk; what two generations share counts once."""
        told: dict[int, int] = {}
        for path in self.path.rglob("*"):
            with suppress(OSError):
                status = path.lstat()
                told[status.st_ino] = status.st_blocks * _BLOCK
        return sum(told.values())

    def manifest(self, generation: Path | None) -> dict[str, Any]:
        """Return the manifest of a generation; an empty one before the first build.

        Raises:
            StoreError: it cannot be read.
        """
        if generation is None:
            return {"documents": {}, "history": [], "loops": {}}
        path = generation / _MANIFEST
        try:
            told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            sound = all(entry.keys() >= _ENTRY for entry in (*told["documents"].values(), *told["history"]))
        except OSError as error:
            raise StoreError(f"{path}: the manifest cannot be read: {error.strerror or error}") from error
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            raise StoreError(f"{path}: the manifest is damaged: {error}") from error
        if not sound:
            raise StoreError(f"{path}: the manifest is damaged: a document is not described in full")
        return told

    @contextmanager
    def locked(self, *, wait: bool = False) -> Iterator[None]:
        """Hold the right to build; if the first build of a store fails, nothing of the store is left.

        Args:
            wait: wait until whoever builds is done.

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
            self._lock(handle, wait=wait)
            try:
                with failures(self.path):
                    handle.truncate(0)
                    handle.write(str(os.getpid()).encode("ascii"))
                    self._clean()
                yield
            except BaseException:
                self.discard()
                raise

    def _lock(self, handle: IO[bytes], *, wait: bool) -> None:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except OSError as error:
            handle.seek(0)
            holder = handle.read(20).decode("ascii", "replace").strip()
            raise LockedStoreError(
                f"{self.path}: locked by pid {holder or 'unknown'}, which is building (--wait, in Python wait=True, waits for it)"
            ) from error

    @contextmanager
    def next_generation(self, keep: int = KEPT_GENERATIONS) -> Iterator[Path]:
        """Give a folder to fill; when the block ends well it becomes the current generation, else it is removed.

        Args:
            keep: how many generations stay, the new one included.
        """
        number = max([int(p.name) for p in self.generations.iterdir() if p.name.isdigit()], default=0) + 1
        with failures(self.path):
            # A name never used before: the database may still hold locks on the folder of a build that failed.
            working = Path(mkdtemp(prefix=f"{number:06d}-", suffix=_UNFINISHED, dir=self.generations))
            try:
                working.chmod(0o755)
                yield working
                finished = self.generations / f"{number:06d}"
                self.finish(working, finished)
                write_atomically(self.path / _CURRENT, finished.name + "\n")
            except BaseException:
                remove_tree(working)
                raise
        self.retire(keep)

    @staticmethod
    def finish(working: Path, finished: Path) -> None:
        """Give a folder that has been filled its final name, when all of it is on the disk."""
        (working / _IN_USE).touch()
        sync_tree(working)
        working.rename(finished)
        sync(finished.parent)

    def write_manifest(self, generation: Path, manifest: dict[str, Any]) -> None:
        """Write the manifest into a generation that is being made, with the checksums of a small database and of the columns."""
        tables = _tables(generation)
        small = sum(path.stat().st_size for path in tables) <= VERIFIED_BYTES
        checksums = {path.name: _checksum(path) for path in tables} if small else {}
        for part in (EDGES, MENTIONED):
            checksums |= _checksums(generation, part)
        told = manifest | {"checksums": checksums}
        (generation / _MANIFEST).write_text(json.dumps(told, sort_keys=True) + "\n", encoding="utf-8")

    def verify(self, generation: Path, manifest: dict[str, Any]) -> None:
        """Return if the files of a small database are as they were written.

        Oxigraph finds a bad block when it reads it, but an aggregate over one never ends and takes all memory.
        Above `VERIFIED_BYTES` reading everything costs more than it saves.

        Raises:
            StoreError: a file has changed, or cannot be read.
        """
        told = manifest.get("checksums", {})
        try:
            bad = [p for p in _tables(generation) if p.name in told and _checksum(p) != told[p.name]]
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
                remove_tree(folder)
        for folder in self.past.iterdir() if self.past.is_dir() else ():
            _remove_unread(folder)

    def retire(self, keep: int) -> None:
        """Remove all generations but the newest ones; what somebody reads stays until the next time."""
        for folder in self.finished()[:-keep]:
            _remove_unread(folder)

    @contextmanager
    def past_state(self) -> Iterator[Path]:
        """Give a folder for an earlier state; `Hold` it before the block ends, then it stays until that is gone.

        Where the store may not be written, the folder is one of the system's.
        """
        with suppress(OSError):
            self.past.mkdir(exist_ok=True)
        within = self.past if os.access(self.past, os.W_OK) else None
        folder = Path(mkdtemp(prefix="breachkg-", dir=within))
        try:
            (folder / _IN_USE).touch()
            with (folder / _IN_USE).open("rb") as handle:
                fcntl.flock(handle, fcntl.LOCK_SH)
                yield folder
        except BaseException:
            remove_tree(folder)
            raise


class Hold:
    """Keeps a generation from being removed, for as long as this lives.

    Args:
        generation: the folder.
        once: remove it when this goes: it is a state that was made for one reader.

    Raises:
        OSError: the generation is being removed, or is not there.
    """

    def __init__(self, generation: Path, *, once: bool = False) -> None:
        self._handle: int | None = None
        self._handle = os.open(generation / _IN_USE, os.O_RDONLY)
        fcntl.flock(self._handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        (generation / _MANIFEST).stat()
        if once:
            weakref.finalize(self, remove_tree, generation)

    def __del__(self) -> None:
        if self._handle is not None:
            os.close(self._handle)


def _remove_unread(folder: Path) -> None:
    # Made where it is missing: a process that was killed while it made or removed the folder leaves none.
    with suppress(OSError), (folder / _IN_USE).open("ab") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        remove_tree(folder)


def link_database(generation: Path, working: Path) -> None:
    """Give a folder a copy of a finished generation's database.

    Tables never change once they are written, so they are linked where the file system can; the few small files
    beside them are copied, what the database told of its work while it was made apart: each generation would hold one more.
    """
    (working / QUADS).mkdir()
    for path in (generation / QUADS).iterdir():
        copy = working / QUADS / path.name
        if path.suffix == ".sst":
            try:
                os.link(path, copy)
            except OSError:
                shutil.copyfile(path, copy)
        elif not path.name.startswith("LO"):  # its lock and its logs
            shutil.copyfile(path, copy)


def sound(generation: Path, manifest: Mapping[str, Any], part: str) -> bool:
    """Return whether the columns of a part of a generation (`EDGES`, `MENTIONED`) are as they were written."""
    told = {name: number for name, number in manifest.get("checksums", {}).items() if name.startswith(f"{part}/")}
    try:
        return bool(told) and told == _checksums(generation, part)
    except OSError:
        return False


def _tables(generation: Path) -> list[Path]:
    """The files of the database that never change once they are written."""
    return sorted((generation / QUADS).glob("*.sst"))


def _checksums(generation: Path, part: str) -> dict[str, int]:
    return {f"{part}/{path.name}": _checksum(path) for path in sorted((generation / part).glob("*.npy"))}


def _checksum(path: Path) -> int:
    return zlib.crc32(path.read_bytes())
