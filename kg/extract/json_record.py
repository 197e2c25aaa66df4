"""One record of a JSON document, with the way from its members back to the text."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from kg.extract.json_spans import places
from kg.extract.passage import Passage, PassageBuilder
from kg.model import Evidence, Note

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from kg.extract.json_spans import Path, Place

    _Told: TypeAlias = tuple[Path, Any, Place]


@dataclass(slots=True)
class JsonRecord:
    """One record: an object of a JSON document, with the way back to its text.

    Attributes:
        number: its place among the records of the document, from 1; broken ones are counted.
        pointer: where it is: "/3" or "/incidents/3" (RFC 6901), "line 4" for JSON Lines, "" for a document of its own.
        value: the object; of a repeated key, the last value.
        start: its first character.
        end: the character after its last.
        text: the document's text.
    """

    number: int
    pointer: str
    value: dict[str, Any]
    start: int
    end: int
    text: str = field(repr=False)
    _places: tuple[Place, tuple[tuple[Path, Place], ...]] | None = field(default=None, repr=False)

    @property
    def place(self) -> str:
        """Return where the record is, for people: the pointer, or its number where that is empty."""
        return self.pointer or f"record {self.number}"

    @property
    def raw(self) -> str:
        """Return the record as it stands in the text."""
        return self.text[self.start : self.end]

    def get(self, *path: str | int) -> Any:
        """Return the member at a path, None where there is none."""
        value: Any = self.value
        for step in path:
            if type(value) is dict:
                value = value.get(step)
            elif type(value) is list and type(step) is int and 0 <= step < len(value):
                value = value[step]
            else:
                return None
        return value

    def place_of(self, *path: str | int) -> str:
        """Return where a member is: the record's pointer and the member's."""
        return f"{self.pointer}{pointer_of(path)}" or self.place

    def evidence(self, *path: str | int, start: int = 0, end: int | None = None, **changes: Any) -> Evidence:
        """Return the evidence for a member: its raw text, span and place ("/3/victim/secondary").

        Of a string the quote has no quotation marks; `start` and `end` choose characters of the decoded string.
        `changes` set the evidence's other fields.

        Raises:
            KeyError: the record has no such member.
        """
        first, last = self._at(path)
        if start or end is not None:
            if "\\" in self.text[first:last]:
                passage = self.passage(*path)
                first, last = passage.span(start, len(passage) if end is None else end)
            else:
                first, last = first + start, last if end is None else first + end
        return Evidence(self.text[first:last], (first, last), self.place_of(*path), **changes)

    def notes(
        self, used: Collection[Path] = (), *, joined: bool = False, silent: Callable[[str], object] | None = None
    ) -> Iterator[Note]:
        """Yield a note for every scalar that is neither in `used` nor below a path in it, and for repeated keys.

        Null and empty values say nothing and give none. `joined`: a list of nothing but scalars is one note, with
        commas between. `silent`: whether a text says nothing either.
        """
        top, repeated = self._index()
        told: list[_Told] = []
        _tell(self.value, top, (), used, told, joined=joined)
        for path, value, (start, end, _) in told:
            words = value if type(value) is str else printed(value)
            if silent is None or not silent(words):
                place = f"{self.pointer}{pointer_of(path)}"
                yield Note(dotted(path), words, (Evidence(self.text[start:end], (start, end), place),))
        for path, (start, end, _) in repeated:
            quote = self.text[start:end]
            yield Note(f"{dotted(path)} (repeated)", quote, (Evidence(quote, (start, end), self.place_of(*path)),))

    def _index(self) -> tuple[Place, tuple[tuple[Path, Place], ...]]:
        if self._places is None:
            self._places = places(self.text, self.start, self.end)
        return self._places

    def _at(self, path: Path) -> tuple[int, int]:
        place: Any = self._index()[0]
        for step in path:
            place = place[2][step]
        return place[0], place[1]

    def passage(self, *path: str | int) -> Passage:
        """Return a string as decoded text that knows where its characters stand in the document."""
        first, last = self._at(path)
        if "\\" not in self.text[first:last]:
            return Passage.of(self.text[first:last], first)
        builder = PassageBuilder()
        builder.add_escaped(self.text[first:last], first)
        return builder.passage(first)


def leaves(value: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    """Yield the path (that of the value before it) and value of every scalar below a value, in its order."""
    todo: list[tuple[Path, object]] = [(path, value)]
    while todo:
        path, value = todo.pop()
        if isinstance(value, dict):
            todo.extend(((*path, key), member) for key, member in reversed(value.items()))
        elif isinstance(value, list):
            todo.extend(((*path, at), value[at]) for at in reversed(range(len(value))))
        else:
            yield path, value


def _tell(value: Any, place: Any, path: Path, used: Collection[Path], told: list[_Told], *, joined: bool) -> None:
    """Add the scalars that say something and are not used, each with its path and place, in their order."""
    members = place[2]
    for step, member in value.items() if type(value) is dict else enumerate(value):
        kind = type(member)
        if (kind is not dict and kind is not list and not _says(member)) or (inner := (*path, step)) in used:
            continue
        if kind is dict or (kind is list and not (joined and _CONTAINERS.isdisjoint(map(type, member)))):
            _tell(member, members[step], inner, used, told, joined=joined)
        elif kind is not list:
            told.append((inner, member, members[step]))
        elif said := [one for at, one in enumerate(member) if _says(one) and (*inner, at) not in used]:
            told.append((inner, said, members[step]))


_CONTAINERS = frozenset({dict, list})


def _says(scalar: Any) -> bool:
    """Whether a scalar says anything: null and the empty string do not."""
    return scalar is not None and (type(scalar) is not str or bool(scalar.strip()))


def printed(value: object) -> str:
    """Return a scalar, or a list of them, as text for a note."""
    if isinstance(value, str):
        return value
    return ", ".join(map(printed, value)) if isinstance(value, list) else json.dumps(value)


@lru_cache(maxsize=16384)
def pointer_of(path: Path) -> str:
    """Return a path as a JSON pointer (RFC 6901): "/victim/locations_affected/0"."""
    return "".join(["/" + str(step).replace("~", "~0").replace("/", "~1") for step in path])


@lru_cache(maxsize=16384)
def dotted(path: Path) -> str:
    """Return a path as notes have it: "victim.locations_affected[0]"."""
    return "".join([f"[{step}]" if isinstance(step, int) else f".{step}" for step in path]).removeprefix(".")
