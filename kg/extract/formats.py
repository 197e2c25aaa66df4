"""Formats of lists, JSON or tables, that are told by the names of the members that a record has.

Publishers spell them in more ways than one ("post_title", "victim").
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

from kg.extract.json_in import records as json_records
from kg.extract.stix_ids import is_object
from kg.extract.tabular.json_table import is_json
from kg.extract.tabular.row import plain
from kg.extract.tabular.table import tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.model import Document


class Format(ABC):
    """What the records of a format have; the class that reads one of them (`kg.extract.members`) is made of it."""

    SPELLINGS: ClassVar[Mapping[str, Sequence[str]]]
    """Member -> its spellings as `kg.extract.tabular.row.plain` gives them, the surest first."""

    @staticmethod
    @abstractmethod
    def fits(names: Mapping[str, str]) -> bool:
        """Return whether a record that has these members (member -> key) is of the format."""

    @staticmethod
    def fits_alone(names: Mapping[str, str], keys: Sequence[str]) -> bool:  # noqa: ARG004
        """Return whether a record that has these members and no other keys is of the format, where the members alone tell too little."""
        return False


@lru_cache(maxsize=1024)
def spelled(kind: type[Format], keys: tuple[str, ...]) -> Mapping[str, str]:
    """Return member -> key, for the members of a format that an object with some keys has; a key is one member's."""
    compared: dict[str, str] = {}
    for key in keys:
        compared.setdefault(plain(key), key)
    found: dict[str, str] = {}
    for name, words in kind.SPELLINGS.items():
        for key in (name, *(compared.get(word, "") for word in words)):
            if key in keys and key not in found.values() and name not in found:
                found[name] = key
    return found


def recognizes(document: Document, kind: type[Format]) -> bool:
    """Return whether the first record of a document is of a format; of a table, whether its header is."""
    if is_json(document):
        first = json_records.first(document, lambda value: fits(value, kind))
        return first is not None and not is_object(first) and fits(first, kind)
    return any(fits(table.header, kind) for table in tables(document))


def fits(keys: Iterable[str], kind: type[Format]) -> bool:
    """Return whether a record with these keys is of a format."""
    told = tuple(keys)
    names = spelled(kind, told)
    return kind.fits(names) or kind.fits_alone(names, told)
