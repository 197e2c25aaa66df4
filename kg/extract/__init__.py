"""Extractors: what reads a format, and how one is found for a document.

An extractor is a class with a `name`, a `version`, a `description`, `recognizes(document)` and
`extract(document)`. It is found through the entry-point group `kg.extractors`; the package's own
extractors come through the same door.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

from kg.errors import AmbiguousFormatError, DocumentError, KGError, RecordError, UnknownFormatError
from kg.model import Defect, Extracted
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.extract.mapped.extractor import MappingExtractor
    from kg.model import Document

GROUP = "kg.extractors"
_README = regex(r"(?:\A|/)read[ _-]?me\b[^/]*\Z", re.IGNORECASE)


@runtime_checkable
class Extractor(Protocol):
    """What reads one format. A pure function of the document: no network, no clock, no graph."""

    name: str
    """The word for `--input-format` and the document kind in reports."""
    version: str
    """Changes when the same document would give other records; part of the evidence graph's name."""
    description: str
    """One line for `kg formats`."""

    def recognizes(self, document: Document) -> bool:
        """Return whether the document is of this format; cheap, and specific enough never to claim another's."""
        ...

    def extract(self, document: Document) -> Iterator[Extracted]:
        """Yield the records, and a `Defect` for every part that could not be used."""
        ...


class LateExtractor:
    """What extractors have in common whose reading is imported when a document is read: to recognize one takes little of it."""

    reading: ClassVar[str]
    """The module whose `read` yields the records of a document."""

    def extract(self, document: Document) -> Iterator[Extracted]:
        """Yield the records, and a `Defect` for every part that could not be used.

        Raises:
            DocumentError: the document as a whole cannot be used.
        """
        found: Iterator[Extracted] = import_module(self.reading).read(document)
        return found


@cache
def extractors() -> Mapping[str, Extractor]:
    """Return name -> extractor of every installed one, sorted by name.

    Raises:
        KGError: an installed extractor cannot be loaded, or two have one name.
    """
    from importlib.metadata import entry_points  # noqa: PLC0415 - takes long to load; who opens a store reads no document

    found: dict[str, Extractor] = {}
    for entry in sorted(entry_points(group=GROUP), key=lambda e: (e.name, e.value)):
        try:
            extractor = entry.load()()
        except Exception as error:
            raise KGError(f"the extractor {entry.name!r} ({entry.value}) cannot be loaded: {error}") from error
        if not isinstance(extractor, Extractor):
            raise KGError(
                f"{entry.value} is not an extractor: it needs name, version, description, recognizes, extract"
            )
        if extractor.name in found:
            raise KGError(f"two installed extractors are named {extractor.name!r}")
        found[extractor.name] = extractor
    return found


def check_format(input_format: str | None, mapping: MappingExtractor | None = None) -> None:
    """Return if documents can be read so.

    Args:
        input_format: the name of the extractor that is asked for, None for none.
        mapping: the one that reads by a mapping file.

    Raises:
        KGError: no extractor has that name, or there is a mapping, and another format is named.
    """
    if mapping is not None and input_format not in (None, mapping.name):
        raise KGError(f"a mapping file is for the format {mapping.name}, not {input_format}")
    if mapping is None and input_format is not None and input_format not in extractors():
        raise KGError(f"no format {input_format!r}; there are {', '.join(extractors())}")


def choose(
    document: Document, input_format: str | None = None, mapping: MappingExtractor | None = None, *, named: bool = False
) -> Extractor:
    """Return the extractor for a document: the named one, or the only one that recognizes it.

    Args:
        document: the document.
        input_format: the name of the one to use, whatever the document looks like.
        mapping: the one that reads by a mapping file; it goes before all others where the document fits its mapping.
        named: whether the user named this very document: then a table that is of no other format has to fit the mapping, and a README is read.

    Raises:
        UnknownFormatError: none recognizes the document.
        AmbiguousFormatError: more than one recognizes it.
        RecordError: an extractor failed while looking at it.
        KGError: as for `check_format`.
    """
    check_format(input_format, mapping)
    known = extractors()
    if mapping is not None and (input_format or _recognizes(mapping, document)):
        return mapping.named(document)
    if input_format is not None:
        return known[input_format]
    claimed = [extractor for extractor in known.values() if _recognizes(extractor, document)]
    if mapping is not None and [extractor.name for extractor in claimed] in ([], ["suppliers"]):
        reason = mapping.misfit(document)
        if named and reason:
            raise UnknownFormatError(document.name, f"does not fit the mapping: {reason}")
        if named or (not (reason or claimed) and _lists_suppliers(document)):
            return mapping.named(document)
    if [extractor.name for extractor in claimed] == ["suppliers"] and not named and _README.search(document.name):
        raise UnknownFormatError(document.name, "is a README: its tables are read as supplier lists where it is named")
    if len(claimed) == 1:
        return claimed[0]
    if not claimed:
        from kg.extract.unknown import unknown  # noqa: PLC0415 - most documents are of a known format

        raise UnknownFormatError(document.name, unknown(document))
    names = " and ".join(extractor.name for extractor in claimed)
    raise AmbiguousFormatError(document.name, f"recognized by {names}; choose one with --input-format")


def _lists_suppliers(document: Document) -> bool:
    """Whether a table names suppliers, and nothing but whose they are is missing: a mapping without columns may say that."""
    from kg.extract.unknown import names_suppliers  # noqa: PLC0415 - asked where there is a mapping alone

    return names_suppliers(document)


def _recognizes(extractor: Extractor, document: Document) -> bool:
    try:
        return bool(extractor.recognizes(document))
    except Exception as error:
        raise RecordError(document.name, _failed(extractor, error)) from error


def extracted(extractor: Extractor, document: Document) -> Iterator[Extracted]:
    """Yield what an extractor finds in a document; a failure of the extractor ends it, with a defect that says so.

    Whatever it gives that is neither a record nor a defect is a defect, too.

    Raises:
        DocumentError: the extractor found that the document as a whole cannot be used.
    """
    number = 0
    try:
        for number, item in enumerate(extractor.extract(document), 1):
            yield item if isinstance(item, Extracted) else Defect(f"record {number}", _no_record(extractor, item))
    except DocumentError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever an installed extractor does, the other documents are built
        yield Defect(f"after record {number}" if number else "", _failed(extractor, error))


def _no_record(extractor: Extractor, item: object) -> str:
    return f"the extractor {extractor.name!r} gave {type(item).__name__}, which is no Incident, Listing or Defect"


def _failed(extractor: Extractor, error: Exception) -> str:
    return " ".join(f"the extractor {extractor.name!r} failed: {type(error).__name__}: {error}".split())
