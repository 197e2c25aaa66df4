"""Lists of leak-site posts whose group stands above them: as the key of its array, or in the object before it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.extract.json_in.keyed import keyed
from kg.extract.json_in.record import JsonRecord
from kg.extract.tabular.json_table import is_json
from kg.model import Defect
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.model import Document, Evidence

_BEGINNING = regex(r"[\ufeff\s]{0,20}\[\s{0,20}\{")
_END = regex(r"\]\s{0,20}\]\s{0,20}\Z")
_NEXT = regex(r"\s{0,200},\s{0,200}\[\s{0,200}")
_COMMA = regex(r"\s{0,200},\s{0,200}")
_CLOSED = regex(r"\s{0,200}\]\s{0,200}\]\s{0,200}\Z")
_DECODER = json.JSONDecoder()
_LONGEST = 20_000_000
"""Characters of an answer about one group."""
_TAIL = 50
_OF_A_GROUP = frozenset({"meta", "profile", "locations"})
"""Members of a group that an answer about it has even where it leaves the name out."""


@dataclass(frozen=True)
class Group:
    """The group that posts stand under: its name, or "", and where that is told."""

    name: str
    evidence: Evidence


def grouped(document: Document, is_post: Callable[[object], bool]) -> Iterator[tuple[Group, JsonRecord] | Defect]:
    """Yield the posts of a document that stand under their group, with it; none of any other document.

    The document is an object whose keys are the names of groups, each with an array of its posts, or an array of two: a
    group by its name, and its posts.
    """
    groups = keyed(document) if is_json(document) else []
    if not groups or not all(is_post(group.array[0]) for group in groups):
        yield from _of_one(document, is_post)
        return
    posts = ((group, at) for group in groups for at in range(len(group.array)))
    for number, (group, at) in enumerate(posts, 1):
        record = group.record.inner(number, *group.path, at)
        yield record if isinstance(record, Defect) else (Group(group.name, group.evidence), record)


def _of_one(document: Document, is_post: Callable[[object], bool]) -> Iterator[tuple[Group, JsonRecord] | Defect]:
    text = document.text
    first = _BEGINNING.match(text) if len(text) <= _LONGEST and _END.search(text, max(0, len(text) - _TAIL)) else None
    if first is None:
        return
    try:
        head, end = _DECODER.raw_decode(text, first.end() - 1)
        json.dumps(head, ensure_ascii=False, allow_nan=False).encode()
        opened = _NEXT.match(text, end)
        posts = list(_elements(text, opened.end())) if opened else []
    except (ValueError, RecursionError):
        return
    if not posts or not is_post(posts[0][0]):
        return
    told, name = JsonRecord(1, "/0", head, first.end() - 1, end, text), head.get("name")
    if isinstance(name, str) and name.strip():
        group = Group(name, told.evidence("name"))
    elif head.keys() >= _OF_A_GROUP and not name:
        group = Group("", told.evidence())
    else:
        return
    for at, (post, start, until) in enumerate(posts):
        pointer = f"/1/{at}"
        one = JsonRecord(at + 1, pointer, post, start, until, text) if isinstance(post, dict) else None
        yield (group, one) if one else Defect(pointer, "is not an object")


def _elements(text: str, at: int) -> Iterator[tuple[Any, int, int]]:
    """The elements of the array that ends a document, with where they begin and end.

    Raises:
        ValueError: it is broken, does not end the document, or holds what is no text or number.
    """
    while True:
        value, end = _DECODER.raw_decode(text, at)
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
        yield value, at, end
        if _CLOSED.match(text, end):
            return
        comma = _COMMA.match(text, end)
        if comma is None:
            raise ValueError("an array that is broken")
        at = comma.end()
