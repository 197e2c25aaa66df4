"""Lists of leak-site posts whose group stands above them: as the key of its array, or in the object before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.json_in.keyed import keyed
from kg.extract.json_in.records import JsonRecord, elements
from kg.extract.tabular.json_table import is_json
from kg.model import Defect
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.model import Document, Evidence

_BEGINNING = regex(r"[\ufeff\s]{0,20}\[\s{0,20}\{")
_END = regex(r"\]\s{0,20}\]\s{0,20}\Z")
_NEXT = regex(r"\s{0,200},\s{0,200}\[\s{0,200}")
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
    first = _BEGINNING.match(text) if _END.search(text, max(0, len(text) - _TAIL)) else None
    told = next(elements(text, first.end() - 1), None) if first else None
    if not isinstance(told, JsonRecord):
        return
    opened, name = _NEXT.match(text, told.end), told.value.get("name")
    posts = list(elements(text, opened.end(), "/1")) if opened else []
    if not posts or isinstance(posts[0], Defect) or not is_post(posts[0].value):
        return
    if isinstance(name, str) and name.strip():
        group = Group(name, told.evidence("name"))
    elif told.value.keys() >= _OF_A_GROUP and not name:
        group = Group("", told.evidence())
    else:
        return
    yield from (post if isinstance(post, Defect) else (group, post) for post in posts)
