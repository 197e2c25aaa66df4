"""Members of zip and tar archives, read one by one without unpacking anything to disk.

An archive is known by the ending of its name. Members that cannot or must not be read (encrypted, damaged, a link, an
archive again, beyond a limit) carry the reason; the others are read. Nothing is ever written under a member's name.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import re
import tarfile
import zipfile
import zlib
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from kg.errors import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MAX_MEMBERS = 100_000
"""An archive with more members is refused."""
MAX_EXPANDED = 2 * 1024**3
"""Bytes that the members of one archive may have together; the members behind are refused."""
MAX_RATIO = 200
"""How many times its packed size a member (of a zip) or an archive (of a packed tar) may have unpacked..."""
SMALL = 16 * 1024**2
"""... unless it has no more bytes than this."""

_ENCRYPTED = 0x1
_EMPTY_ZIP = 22
_LITTER = ("__MACOSX/",)
_TAR_MAGIC = slice(257, 262)
_MAGIC = ((b"PK\x03\x04", slice(0, 4)), (b"ustar", _TAR_MAGIC))
_PACKED: dict[bytes, Callable[..., Any]] = {b"\x1f\x8b": gzip.open, b"BZ": bz2.open, b"\xfd7": lzma.open}
_BLOCK = 512
_LARGEST_HEADER = 1024**2
_FAULTS = (
    OSError, EOFError, RuntimeError, NotImplementedError, ValueError, LookupError, zlib.error, lzma.LZMAError,
    zipfile.BadZipFile, tarfile.TarError,
)  # fmt: skip
"""What the libraries raise over archives that are damaged, encrypted or packed in ways they do not know."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file in an archive.

    Attributes:
        name: its path in the archive, without steps that lead out of it; unique there.
        at: its number in a zip, the place of its bytes in an unpacked tar.
        size: its bytes, unpacked, as the archive says.
        refusal: why it is not to be read, or "".
    """

    name: str
    at: int
    size: int
    refusal: str = ""


def members(path: Path) -> tuple[Member, ...]:
    """Return the files in an archive, hidden ones left out: of a zip by name, of a tar as they follow one another.

    Raises:
        UnreadableError: it is damaged or no archive, or holds too many members.
    """
    told = path.stat()
    return _listed(path, told.st_mtime_ns, told.st_size)


def content(path: Path, member: Member, limit: int) -> bytes:
    """Return the bytes of a member, unpacked once more where it is a gzip file; of more than `limit` only the first.

    Raises:
        UnreadableError: it is refused, encrypted, damaged or itself an archive.
    """
    if member.refusal:
        raise UnreadableError(member.name, member.refusal)
    try:
        data = _SHELF.open(path).read(member, limit + 1)
        if data[:2] == b"\x1f\x8b":
            data = gzip.GzipFile(fileobj=io.BytesIO(data)).read(limit + 1)
    except MemoryError as error:
        raise UnreadableError(member.name, "cannot be read: it needs more memory than there is") from error
    except _FAULTS as error:
        raise UnreadableError(member.name, f"cannot be read: {_said(error)}") from error
    if any(data[place] == magic for magic, place in _MAGIC):
        raise UnreadableError(member.name, "is an archive in an archive; unpack the outer one first")
    return data


class _Zip:
    """A zip archive that is open."""

    def __init__(self, path: Path) -> None:
        self._file = zipfile.ZipFile(path)
        if not self._file.infolist() and path.stat().st_size > _EMPTY_ZIP + len(self._file.comment):
            raise zipfile.BadZipFile("it lists no members, but is not empty")

    def read(self, member: Member, limit: int) -> bytes:
        with self._file.open(self._file.infolist()[member.at]) as file:
            return file.read(limit)

    def close(self) -> None:
        self._file.close()

    def members(self) -> Iterator[Member]:
        if len(self._file.infolist()) > MAX_MEMBERS:
            raise ValueError(f"it holds more than {MAX_MEMBERS:,} members")
        for number, info in enumerate(self._file.infolist()):
            if not info.is_dir():
                packed, size = info.compress_size, info.file_size
                refusal = "is encrypted" if info.flag_bits & _ENCRYPTED else ""
                if size > SMALL and size > MAX_RATIO * packed:
                    refusal = f"is {size // max(packed, 1):,} times as large as it is packed, which no document is"
                yield Member(_inside(info.filename), number, size, refusal)


class _Tar:
    """A tar archive that is open; reading members in their order unpacks it once."""

    def __init__(self, path: Path) -> None:
        plain = path.open("rb")
        start = plain.read(2)
        plain.seek(0)
        packed = path.stat().st_size
        self._plain = plain
        self._most = MAX_EXPANDED
        self._file: BinaryIO = plain
        if start in _PACKED:
            self._most = min(MAX_EXPANDED, max(SMALL, MAX_RATIO * packed))
            self._file = cast("BinaryIO", _PACKED[start](plain))

    def read(self, member: Member, limit: int) -> bytes:
        wanted = min(member.size, limit)
        self._file.seek(member.at)
        data = self._file.read(wanted)
        if len(data) < wanted:
            raise EOFError("the archive ends inside it")
        return data

    def close(self) -> None:
        self._file.close()
        self._plain.close()

    def members(self) -> Iterator[Member]:
        """The members; where the archive breaks off or goes beyond a limit, a last one that says so."""
        number = 0
        for number, info in enumerate(self._headers(), 1):
            if isinstance(info, str):
                yield Member(f"member {number}", 0, 0, f"cannot be read, nor what follows: {info}")
            elif number > MAX_MEMBERS:
                raise ValueError(f"it holds more than {MAX_MEMBERS:,} members")
            elif info.offset_data + info.size > self._most:
                beyond = f"is not read, nor what follows: the archive unpacks to more than {self._most:,} bytes"
                yield Member(_inside(info.name), info.offset_data, info.size, beyond)
                return
            elif not info.isdir():
                refusal = "" if info.isreg() and not info.issparse() else "is a link or a device, not a file"
                yield Member(_inside(info.name), info.offset_data, info.size, refusal)

    def _headers(self) -> Iterator[tarfile.TarInfo | str]:
        """The headers, and at the end what is wrong with the archive."""
        reached = -1
        with tarfile.open(fileobj=cast("BinaryIO", _Headers(self._file)), mode="r:") as archive:
            while True:
                try:
                    info = archive.next()
                    end = b"" if info else self._block(archive.offset)
                except _FAULTS as error:
                    yield _said(error)
                    return
                if info is None:
                    if end.strip(b"\0") or not end:
                        yield "the archive is damaged or cut off here"
                    return
                if info.size < 0 or info.offset <= reached:
                    yield "its header is damaged"
                    return
                reached = info.offset
                yield info

    def _block(self, at: int) -> bytes:
        self._file.seek(at)
        return self._file.read(_BLOCK)


class _Headers:
    """A file of which only headers are read: one that claims to be enormous is an attack."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek, self.tell = file.seek, file.tell

    def read(self, size: int) -> bytes:
        if size > _LARGEST_HEADER:
            raise ValueError("a header is too large")
        return self._file.read(size)


class _Shelf:
    """The archive that was opened last, kept open while its members are read one after the other."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._archive: _Zip | _Tar | None = None

    def open(self, path: Path) -> _Zip | _Tar:
        told = path.stat()
        # The process too: a child that was forked shares the place in the file with its parent.
        key = (path, told.st_mtime_ns, told.st_size, os.getpid())
        if self._archive is None or key != self._key:
            self.close()
            self._archive, self._key = _opened(path), key
        return self._archive

    def close(self) -> None:
        archive, self._archive = self._archive, None
        if archive is not None:
            with suppress(*_FAULTS):
                archive.close()


_SHELF = _Shelf()


def _opened(path: Path) -> _Zip | _Tar:
    return _Zip(path) if path.name.lower().endswith(".zip") else _Tar(path)


@lru_cache(maxsize=4)
def _listed(path: Path, _changed: int, _size: int) -> tuple[Member, ...]:
    try:
        archive = _opened(path)
        try:
            found = list(archive.members())
        finally:
            archive.close()
    except _FAULTS as error:
        raise UnreadableError(path.name, f"is no archive that can be read: {_said(error)}") from error
    shown = [member for member in found if not _is_hidden(member.name)]
    if isinstance(archive, _Zip):
        shown.sort(key=lambda member: (member.name, member.at))
    return tuple(_limited(_unique(shown)))


def _unique(found: list[Member]) -> Iterator[Member]:
    """The members, every further one of a name with its number."""
    met: Counter[str] = Counter()
    for member in found:
        met[member.name] += 1
        yield member if met[member.name] == 1 else replace(member, name=f"{member.name} ({met[member.name]})")


def _limited(found: Iterator[Member]) -> Iterator[Member]:
    expanded = 0
    for member in found:
        expanded += 0 if member.refusal else member.size
        beyond = f"is not read: the members before it unpack to nearly {MAX_EXPANDED:,} bytes"
        yield member if member.refusal or expanded <= MAX_EXPANDED else replace(member, refusal=beyond)


def _inside(name: str) -> str:
    """The path of a member, without what would lead out of the archive."""
    steps = [step for step in re.split(r"[/\\]", name) if step not in {"", ".", ".."}]
    return "/".join(steps) or "nameless"


def _is_hidden(name: str) -> bool:
    return name.startswith(_LITTER) or any(step.startswith(".") for step in name.split("/"))


def _said(error: BaseException) -> str:
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return " ".join((said or type(error).__name__).split())
