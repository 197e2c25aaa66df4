"""Documents from files, folders, globs, standard input, gzip and archives."""

from __future__ import annotations

import glob
import os
import re
import sys
import unicodedata
import zlib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import IO, TYPE_CHECKING

from kg.errors import UnreadableError
from kg.model import Document
from kg.patterns import regex

if TYPE_CHECKING:
    import gzip
    from collections.abc import Callable, Iterable, Iterator

    from kg.extract.archives import Member

MAX_BYTES = 512 * 1024 * 1024
"""A larger document, also after decompression, is refused."""
STDIN = "-"
_MOST_ARE_SHORTER = 64 * 1024
_ARCHIVE = regex(r"\.(zip|tar|tgz|tbz2?|txz|tar\.(?:gz|bz2|xz))\Z", re.IGNORECASE)
_MESSAGE = regex(r"\.eml(?:\.gz)?\Z", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """A document not yet read: its name, where it is, and whether the user named it (a failure is then an error).

    Of a document in an archive the path is the archive's.
    """

    name: str
    path: Path | None
    named: bool
    member: Member | None = None

    folder: str = ""
    """The folder that the path is in, without links; "" where nobody looked, or the path is itself a link."""

    @cached_property
    def location(self) -> str:
        """Return what identifies the file on this machine; standard input has none of its own."""
        if self.path is None:
            return STDIN
        # A text is wanted.
        path = os.path.join(self.folder, self.path.name) if self.folder else os.path.realpath(self.path)  # noqa: PTH118
        return f"{path}/{self.member.name}" if self.member else path


def find(inputs: Iterable[str | Path]) -> Iterator[Found]:
    """Yield what the inputs stand for, each file once, folders in sorted order, hidden files left out.

    Raises:
        UnreadableError: an input is missing, or a pattern matches nothing.
    """
    seen: set[str] = set()
    folders = cache(os.path.realpath)  # most files are in the folder of the one before
    for given in inputs:
        try:
            for found in _expand(str(given), folders):
                if found.location not in seen:
                    seen.add(found.location)
                    yield found
        except OSError as error:
            raise UnreadableError(str(given), f"cannot be read: {error.strerror or error}") from error


def covers(given: str | Path, location: str) -> bool:
    """Return whether an input stands for a location (an absolute path), whether or not a file is there now.

    Standard input stands for all that ever came from it: each is kept by its digest (see `piped`).
    """
    if str(given) == STDIN:
        return location.startswith(piped(""))
    root, path = Path(given).resolve(), Path(location)
    return path.is_relative_to(root) or (glob.has_magic(str(given)) and _fits(path.parts, root.parts))


def piped(digest: str) -> str:
    """Return the location under which a document from standard input is kept."""
    return f"{STDIN}:{digest}"


def is_there(location: str) -> bool:
    """Return whether there may still be a document: a file is there, or a folder or archive that cannot be looked into."""
    path = Path(location)
    try:
        if path.exists():
            return True
        archive = next((folder for folder in path.parents if folder.is_file() and is_archive(folder)), None)
        if archive is None:
            return False
        from kg.extract.archives import members  # noqa: PLC0415 - most documents are in none

        return any(str(archive / member.name) == location for member in members(archive))
    except (OSError, UnreadableError):
        return True


def is_archive(path: Path) -> bool:
    """Return whether a file is an archive, by its name."""
    return _ARCHIVE.search(path.name) is not None


def _fits(parts: tuple[str, ...], pattern: tuple[str, ...]) -> bool:
    """Whether a path, or a folder it is in, fits a pattern."""
    if not pattern:
        return True
    if pattern[0] == "**":
        return any(_fits(parts[skipped:], pattern[1:]) for skipped in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], pattern[0]) and _fits(parts[1:], pattern[1:])


def _expand(given: str, folders: Callable[[Path], str]) -> Iterator[Found]:
    path = Path(given)
    if given == STDIN:
        yield Found("stdin", None, named=True)
    elif not given:
        raise UnreadableError("''", "no such file or folder")
    elif path.is_dir():
        if _is_store(path):
            raise UnreadableError(given, "is a store, not a folder of documents")
        for name, file, folder in sorted(_files(path, folders)):
            yield from _in_file(Found(_printable(name), file, named=False, folder=folder))
    elif path.exists():
        folder = "" if path.is_symlink() else folders(path.parent)
        yield from _in_file(Found(_printable(path.name), path, named=True, folder=folder))
    elif glob.has_magic(given):
        matches = sorted(glob.glob(given, recursive=True))  # noqa: PTH207 - a pattern may be absolute
        if not matches:
            raise UnreadableError(given, "no file matches this pattern")
        for match in matches:
            yield from _expand(match, folders)
    else:
        raise UnreadableError(given, "no such file or folder")


def _in_file(found: Found) -> Iterator[Found]:
    """The documents of a file: of an archive its members, one of which may fail without the others."""
    if found.path is None or not is_archive(found.path):
        yield found
        return
    from kg.extract.archives import members  # noqa: PLC0415 - most documents are in none

    try:
        listed = members(found.path)
    except (OSError, UnreadableError):
        yield found  # reading it says why
        return
    for member in listed:
        name = _printable(f"{found.name}/{member.name}")
        yield Found(name, found.path, named=False, member=member, folder=found.folder)


def _files(folder: Path, known: Callable[[Path], str]) -> Iterator[tuple[str, Path, str]]:
    """(name in it, path, folder without links; "" where it is a link) of the files under a folder, without hidden ones and what belongs to stores; also of every folder that cannot be read."""
    waiting = [folder]
    while waiting:
        place = waiting.pop()
        try:
            with os.scandir(place) as listed:
                entries = [entry for entry in listed if not entry.name.startswith(".")]
        except OSError:
            yield place.relative_to(folder).as_posix(), place, "" if place.is_symlink() else known(place.parent)
            continue
        below = "" if place == folder else f"{place.relative_to(folder).as_posix()}/"
        within = os.access(place, os.X_OK)  # a folder may let its names be read, but no file
        # What an entry is shows in the list itself: nobody need ask for each file.
        for entry in entries:
            name, path = entry.name, place / entry.name
            if entry.is_symlink():
                if os.path.isfile(path):  # noqa: PTH113 - this never raises
                    yield below + name, path, ""
            elif entry.is_dir(follow_symlinks=False):
                if not _is_store(path):
                    waiting.append(path)
            elif within and entry.is_file(follow_symlinks=False):
                yield below + name, path, known(place)


def _is_store(folder: Path) -> bool:
    return os.path.isfile(folder / "store.json") and os.path.isdir(folder / "generations")  # noqa: PTH112, PTH113 - these never raise


def _printable(name: str) -> str:
    """A file name as text of one line: what is no character, and control characters, become replacement characters."""
    if name.isascii() and name.isprintable():
        return name
    text = os.fsencode(name).decode("utf-8", "replace")
    return "".join("\ufffd" if unicodedata.category(char) == "Cc" else char for char in text)


def read(found: Found) -> Document:
    """Return the document.

    Raises:
        UnreadableError: it is empty, binary, too large, in no encoding that is known, or may not be read.
    """
    try:
        data = _bytes(found)
    except UnreadableError as error:
        raise UnreadableError(found.name, error.reason) from error
    except (OSError, EOFError, zlib.error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UnreadableError(found.name, f"cannot be read: {reason}") from error
    if len(data) > MAX_BYTES:
        raise UnreadableError(found.name, f"is larger than {MAX_BYTES:,} bytes")
    return document(found.name, data, location=found.location)


def digest_of(found: Found) -> str | None:
    """Return the digest that the document would have, None where it cannot be read."""
    try:
        return sha256(_bytes(found)).hexdigest() if found.path else None
    except (OSError, EOFError, zlib.error, UnreadableError):
        return None


def document(name: str, data: bytes, *, location: str = "") -> Document:
    """Return a document of these bytes, decoded; of an e-mail message its main headers and its text.

    Raises:
        UnreadableError: the bytes are empty, binary, or in no encoding that is known.
    """
    text, guessed = _message(name, data) or _decode(name, data)
    if not text.strip():
        raise UnreadableError(name, "is empty")
    return Document(name, text, sha256(data).hexdigest(), location, guessed)


def _message(name: str, data: bytes) -> tuple[str, str] | None:
    """The text of an e-mail message, None for any other document, and for a message that has none."""
    if not _MESSAGE.search(name):
        return None
    from kg.extract.messages import message_text  # noqa: PLC0415 - most documents are none

    text = message_text(data)
    if text and "\0" in text:
        raise UnreadableError(name, "holds a NUL character")
    return (text, "") if text else None


def _bytes(found: Found) -> bytes:
    """The bytes of a document, unpacked; one more than the limit where there are more."""
    if found.path is None:
        return _whole(sys.stdin.buffer)
    if found.member is not None:
        from kg.extract.archives import content  # noqa: PLC0415 - most documents are in none

        return content(found.path, found.member, MAX_BYTES)
    if is_archive(found.path):
        from kg.extract.archives import members  # noqa: PLC0415 - most documents are in none

        members(found.path)  # raises: an archive that can be read is never a document itself
    with found.path.open("rb") as file:
        if found.path.suffix != ".gz":
            return _whole(file)
        import gzip  # noqa: PLC0415 - few documents are packed

        with gzip.open(file) as unpacked:
            return _whole(unpacked)


def _whole(file: IO[bytes] | gzip.GzipFile) -> bytes:
    """The bytes of a file; one more than the limit where there are more."""
    size = min(_MOST_ARE_SHORTER, MAX_BYTES + 1)
    data = file.read(size)  # room for the limit is made only where it may be needed
    return data if len(data) < size else data + file.read(MAX_BYTES + 1 - size)


def _decode(name: str, data: bytes) -> tuple[str, str]:
    """The text without its byte order mark, and the encoding if it is a guess: UTF-8, UTF-16 that says so, and Windows-1252 where it can be nothing else.

    A file that was cut inside its last character loses that character, no more.
    """
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not utf16 and (nul := data.find(b"\0")) >= 0:
        raise UnreadableError(name, "is a binary file", f"byte {nul}")
    encoding, guessed = "utf-16" if utf16 else "utf-8", ""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if error.end == len(data) and error.reason in _CUT:
            text = data[: error.start].decode(encoding)
        elif utf16 or _NO_WINDOWS.search(data):
            raise UnreadableError(name, f"is not {encoding.upper()} text", f"byte {error.start}") from error
        else:
            text, guessed = data.decode("cp1252"), "Windows-1252"
    if (nul := text.find("\0")) >= 0:
        raise UnreadableError(name, "holds a NUL character", f"character {nul}")
    return text.removeprefix("\ufeff"), guessed


_NO_WINDOWS = regex(
    rb"[\x00-\x08\x0b\x0e-\x1f\x7f\x81\x8d\x8f\x90\x9d]|[\x80-\xff]{3}|[\xc2-\xdf][\x80-\xbf]|\xff\xfe|\xfe\xff"
)
"""Bytes that no text in Windows-1252 has, as Western spreadsheets write it: no characters there, other alphabets, UTF-8, marks of UTF-16."""
_CUT = frozenset({"unexpected end of data", "truncated data"})
