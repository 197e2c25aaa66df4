"""JSON objects whose keys are names, with an array of what belongs to each: posts by group, suppliers by customer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from kg.extract.json_in.records import whole_object
from kg.model import Evidence
from kg.patterns import regex

if TYPE_CHECKING:
    from kg.extract.json_in.record import JsonRecord
    from kg.extract.json_in.spans import Path
    from kg.model import Document

_MOST_LEVELS = 4
"""Objects around the one whose keys are names."""
_KEY = regex(r"\"((?:[^\"\\]|\\.)*+)\"[ \t\r\n]*+:[ \t\r\n]*+\Z", re.DOTALL)
_LONGEST_KEY = 400
_CALLED = regex(
    r"(?:data|objects?|results?|response|payload|body|content|items?|records?|rows|entries|list|all|posts?|victims?|leaks?|claims?|incidents?|groups?|gangs?|hits|meta|metadata)\Z",
    re.IGNORECASE,
)
"""Keys that tell what is in an array, and name nobody."""


@dataclass(frozen=True)
class Keyed:
    """An array under a name.

    Attributes:
        name: the key.
        path: the way to the array.
        array: its elements.
        record: the object that the document is.
    """

    name: str
    path: Path
    array: list[Any]
    record: JsonRecord

    @cached_property
    def evidence(self) -> Evidence:
        """Where the key stands; its array where the text in front of that is not as it should be.

        Asked only of a document that is read: to locate anything, all of the object is walked.
        """
        told = self.record.evidence(*self.path)
        assert told.span is not None
        start = max(self.record.start, told.span[0] - _LONGEST_KEY)
        match = _last(self.record.text[start : told.span[0]])
        if match is None or not match[1]:
            return told
        return Evidence(match[1], (start + match.start(1), start + match.end(1)), told.place)


def keyed(document: Document) -> list[Keyed]:
    """Return the arrays of the outermost object in a document all whose containers are arrays, each under a name.

    Keys that say what is in an array instead ("posts") name nobody: then there are none. Nor are there where the object
    has no array, or the way to it is not one.
    """
    found = whole_object(document)
    if found is None:
        return []
    value, path = found.value, cast("Path", ())
    for _ in range(_MOST_LEVELS):
        arrays = {key: one for key, one in value.items() if isinstance(one, list) and one}
        objects = {key: one for key, one in value.items() if isinstance(one, dict) and one}
        if arrays and not objects:
            told = any(_CALLED.match(key) or not key.strip() for key in arrays)
            return [] if told else [Keyed(key, (*path, key), one, found) for key, one in arrays.items()]
        if arrays or len(objects) != 1:
            return []
        ((key, value),) = objects.items()
        path = (*path, key)
    return []


def _last(text: str) -> re.Match[str] | None:
    """The key at the end of a text, found from its end: quotation marks inside of it are escaped."""
    at = text.rfind('"', 0, max(0, text.rfind('"')))
    while at > 0 and text[at - 1] == "\\":
        at = text.rfind('"', 0, at)
    return _KEY.match(text, at) if at >= 0 else None
