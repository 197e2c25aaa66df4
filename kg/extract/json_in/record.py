"""One record of a JSON document, with the way from its members back to the text."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kg.extract.json_in.spans import places
from kg.extract.passage import Passage, PassageBuilder
from kg.model import Defect, Evidence, Note

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from kg.extract.json_in.spans import Path, Place
    from kg.model import Span


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
    _walked: tuple[Place, tuple[tuple[Path, Place], ...]] | None = field(default=None, repr=False)

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

    def span(self, *path: str | int) -> Span:
        """Return the characters of a member, as `evidence` has them; KeyError where there is none."""
        place: Any = self._places()[0]
        for step in path:
            place = place[2][step]
        return place[0], place[1]

    def inner(self, number: int, *path: str | int) -> JsonRecord | Defect:
        """Return the object at a path as a record of its own, or that there stands something else."""
        value, place = self.get(*path), self.place_of(*path)
        if not isinstance(value, dict):
            return Defect(place, "is not an object")
        return JsonRecord(number, place, value, *self.span(*path), self.text)

    def evidence(self, *path: str | int, start: int = 0, end: int | None = None, **changes: Any) -> Evidence:
        """Return the evidence for a member: its raw text, span and place ("/3/victim/secondary").

        Of a string the quote has no quotation marks; `start` and `end` choose characters of the decoded string.
        `changes` set the evidence's other fields.

        Raises:
            KeyError: the record has no such member.
        """
        first, last = span = self.span(*path)
        if start or end is not None:
            if "\\" in self.text[first:last]:
                passage = self.passage(*path)
                first, last = span = passage.span(start, len(passage) if end is None else end)
            else:
                first, last = span = (first + start, last if end is None else first + end)
        place = self.pointer + pointer_of(path) or self.place
        return Evidence(self.text[first:last], span, place, **changes)

    def notes(
        self, used: Collection[Path] = (), *, joined: bool = False, silent: Callable[[str], object] | None = None
    ) -> Iterator[Note]:
        """Yield a note for every scalar that is neither in `used` nor below a path in it, and for repeated keys.

        Null and empty values say nothing and give none. `joined`: a list of nothing but scalars is one note, with
        commas between. `silent`: whether a text says nothing either.
        """
        text, pointer = self.text, self.pointer
        for path, value in untold(self.value.items(), (), used, joined=joined):
            words = value if type(value) is str else printed(value)
            if silent is None or not silent(words):
                start, end = span = self.span(*path)
                proof = Evidence(text[start:end], span, pointer + pointer_of(path))
                yield Note(dotted(path), words, (proof,))
        for path, (start, end, _) in self._places()[1]:
            proof = Evidence(text[start:end], (start, end), self.place_of(*path))
            yield Note(f"{dotted(path)} (repeated)", proof.quote, (proof,))

    def _places(self) -> tuple[Place, tuple[tuple[Path, Place], ...]]:
        if self._walked is None:
            self._walked = places(self.text, self.start, self.end)
        return self._walked

    def passage(self, *path: str | int) -> Passage:
        """Return a string as decoded text that knows where its characters stand in the document."""
        first, last = self.span(*path)
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


def untold(
    members: Iterable[tuple[str | int, Any]], above: Path, used: Collection[Path], *, joined: bool
) -> Iterator[tuple[Path, Any]]:
    """Yield the scalars that say something and are neither used nor below what is, each with its path, in their order; of joined ones, a list."""
    for key, value in members:
        path = (*above, key)
        if path in used:
            continue
        if type(value) is dict:
            yield from untold(value.items(), path, used, joined=joined)
        elif type(value) is not list:
            if _says(value):
                yield path, value
        elif joined and not any(isinstance(one, dict | list) for one in value):
            if said := [one for at, one in enumerate(value) if _says(one) and (*path, at) not in used]:
                yield path, said
        else:
            yield from untold(enumerate(value), path, used, joined=joined)


def _says(scalar: Any) -> bool:
    """Whether a scalar says anything: null and the empty string do not."""
    return scalar is not None and (type(scalar) is not str or bool(scalar.strip()))


def printed(value: object) -> str:
    """Return a scalar, or a list of them, as text for a note."""
    if type(value) is str:
        return value
    if type(value) is list:
        return ", ".join(map(printed, value))
    return str(value) if type(value) is int else json.dumps(value)


@lru_cache(maxsize=16384)
def pointer_of(path: Path) -> str:
    """Return a path as a JSON pointer (RFC 6901): "/victim/locations_affected/0"."""
    return "".join(["/" + str(step).replace("~", "~0").replace("/", "~1") for step in path])


@lru_cache(maxsize=16384)
def dotted(path: Path) -> str:
    """Return a path as notes have it: "victim.locations_affected[0]"."""
    return "".join([f"[{step}]" if isinstance(step, int) else f".{step}" for step in path]).removeprefix(".")
