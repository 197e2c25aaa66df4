"""The fields of a record, each with its place, and which of them have been used.

A reader takes the fields it knows; what is left at the end becomes notes, so that every field of a
record is accounted for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract.node import walk
from kg.model import Evidence, Note
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from kg.extract.node import Node
    from kg.extract.passage import Passage

_PLACEHOLDER = regex(
    r"[(\[<#]?(?:n[./]?a|null|nil|nan|none(?: (?:known|reported|identified|disclosed|stated|named|given|provided|listed|applicable|yet|so far))?"
    r"|(?:as yet |yet |currently |still )?(?:unknown|undisclosed|unspecified|undetermined)"
    r"|not (?:yet |publicly |currently )?(?:specified|disclosed|available|applicable|provided|known|mentioned|stated|reported|given|determined|released|published)"
    r"|(?:no|keine|aucune|sin|nessun|geen|sem) (?:data|information|angaben?|donnée|datos|dato|gegevens|dados)(?: available| provided)?"
    r"|keine?[rs]?|unbekannt|nicht (?:bekannt|angegeben|verfügbar|zutreffend)|k\. ?a|s\. ?o|entfällt|aucune?|inconnue?s?|néant|non (?:communiqué|renseigné|précisé|connu|disponible|noto|applicable)e?s?"
    r"|ningun[oa]|ningún|desconocid[oa]s?|no (?:aplica|consta|disponible|especificado)|nessun[oa]?|sconosciut[oaie]|geen|onbekend|n\.?v\.?t|nenhuma?|desconhecid[oa]s?|não (?:informado|aplicável)"
    r"|tb[acd]|\?+|[-‐-―−]+)[)\]>]?\.?\Z"
    r"|#(?:nv|n/[bd]|#{2,}|[¡¿]?(?:ref|value|name|div/0|num|null|spill|calc|field|wert|bezug|zahl|überlauf|valeur|nom|nombre|nul|nulo|valor|núm|rif|valore|nome|nullo"
    r"|verw|waarde|naam|getal|leeg|deel/0|adr|arg|nazwa|liczba|zero|dziel/0)[!?])\Z",
    re.IGNORECASE,
)
"""Values that say that there is no value, errors of spreadsheets too ("#REF!", "#NV", "#DIV/0!", "#####")."""
PLACEHOLDERS_BEGIN = "nNuUtTaAcCsSyYkKeEgGiIdDoO?-‐‑‒–—―−([<#"
"""What they begin with; other values need not be looked at further."""
_LONGEST_KEPT = 40


def is_placeholder(text: str) -> bool:
    """Return whether a text says that there is no value; short texts, which come again and again, are looked at once."""
    if text[:1] not in PLACEHOLDERS_BEGIN:
        return False
    return _is_placeholder(text) if len(text) <= _LONGEST_KEPT else _PLACEHOLDER.match(text) is not None


@lru_cache(maxsize=16384)
def _is_placeholder(text: str) -> bool:
    return _PLACEHOLDER.match(text) is not None


_FINISHED = regex(r"[.!?][\"”’')\]]*(?=\s)|\n")


@dataclass(frozen=True, slots=True)
class Value:
    """One scalar of a record: its text, decoded, and the way back to the document.

    Attributes:
        text: the decoded value.
        path: its path in the record ("affected_entities[0].name").
        place: the record ("post 1").
        passage: the value's characters and where they stand in `outer`.
        outer: the document as decoded, and where its characters stand in the file.
        source: the file's text.
        complete: False when the document was cut inside the value.
    """

    text: str
    path: str
    place: str
    passage: Passage
    outer: Passage
    source: str
    complete: bool = True

    def evidence(self, start: int = 0, end: int | None = None, **changes: Any) -> Evidence:
        """Return the evidence for characters [start, end) of the value; `changes` set its other fields."""
        stop = len(self.passage.text) if end is None else end
        first, last = self.outer.span(*self.passage.span(start, stop))
        return Evidence(self.source[first:last], (first, last), f"{self.place}, {self.path}", **changes)

    @property
    def blank(self) -> bool:
        """Return whether the value says nothing: empty, or a word for "unknown"."""
        text = self.text.strip()
        return not text or is_placeholder(text)

    def whole_sentences(self) -> Value:
        """Return the value up to the end of its last finished sentence: what was cut off may not be read as said."""
        ends = [match.end() for match in _FINISHED.finditer(self.text)]
        return self.part(0, ends[-1] if ends else 0)

    def part(self, start: int, end: int) -> Value:
        """Return characters [start, end) as a value of their own."""
        return replace(self, text=self.text[start:end], passage=self.passage.slice(start, end))


class Fields:
    """The scalars of one record by path; each can be taken once."""

    def __init__(self, values: Iterable[Value]) -> None:
        self._values = {value.path: value for value in values}
        self._by_shape: dict[str, list[Value]] = {}
        for value in self._values.values():
            self._by_shape.setdefault(shape_of(value.path), []).append(value)
        self._taken: set[str] = set()

    def take(self, *shapes: str, below: bool = False) -> list[Value]:
        """Return the complete values whose path has one of the shapes (`shape_of`), or with `below` begins with one; they count as used."""
        if below:
            begins = tuple(f"{shape}." for shape in shapes)
            shapes = (*shapes, *(shape for shape in self._by_shape if shape.startswith(begins)))
        found = [v for shape in shapes for v in self._by_shape.get(shape, []) if v.complete]
        self._taken.update(value.path for value in found)
        return found

    def first(self, *shapes: str) -> Value | None:
        """Return the first value of `shapes` that says something; all of them count as used."""
        return next((value for value in self.take(*shapes) if not value.blank), None)

    def under(self, prefix: str) -> dict[str, list[Value]]:
        """Return the keys below `prefix` with their complete values, in order; nothing counts as used yet."""
        found: dict[str, list[Value]] = {}
        for shape, values in self._by_shape.items():
            if shape.startswith(prefix + "."):
                found.setdefault(shape.removeprefix(prefix + ".").split(".")[0], []).extend(
                    v for v in values if v.complete
                )
        return found

    def items(self, prefix: str) -> list[dict[str, Value]]:
        """Return the dicts of a list (or the one dict, or bare strings as `{"name": ...}`) at `prefix`, in order."""
        pattern = re.compile(re.escape(prefix) + r"(?:\[(\d+)\])?(?:\.(.+))?\Z")
        found: dict[int, dict[str, Value]] = {}
        for path, value in self._values.items():
            if match := pattern.match(_in_one_spelling(path)):
                found.setdefault(int(match[1] or 0), {})[match[2] or "name"] = value
        return [found[index] for index in sorted(found)]

    def cut(self, *shapes: str) -> list[Value]:
        """Return the values of `shapes` that the end of the document cut short; they count as used."""
        found = [v for shape in shapes for v in self._by_shape.get(shape, []) if not v.complete]
        self._taken.update(value.path for value in found)
        return found

    def use(self, *used: Value) -> None:
        """Count values as used."""
        self._taken.update(value.path for value in used)

    def leave(self, value: Value) -> None:
        """Count a value as not used after all: its words made no fact, so it becomes a note."""
        self._taken.discard(value.path)

    def notes(self) -> Iterator[Note]:
        """Yield a note for every value that nobody took; one that was cut off says so in its key, an empty one says nothing."""
        for path, value in self._values.items():
            if path not in self._taken and value.text:
                yield Note(path if value.complete else f"{path} (cut off)", value.text, (value.evidence(),))


def spanning(parts: Iterable[Value], **changes: Any) -> Evidence:
    """Return one evidence that runs from the first of several values of a record to the last."""
    proofs = sorted((part.evidence() for part in parts), key=lambda proof: proof.span or (0, 0))
    source = next(iter(parts)).source
    start, end = proofs[0].span or (0, 0)
    end = max(proof.span[1] for proof in proofs if proof.span)
    return replace(proofs[0], quote=source[start:end], span=(start, end), **changes)


def values(node: Node, outer: Passage, source: str, place: str) -> Iterator[Value]:
    """Yield the scalars below a node that was read from `outer.text`; numbers and the like as they are printed."""
    for path, scalar in walk(node):
        if scalar.passage is not None:
            text, passage = str(scalar.value), scalar.passage
        else:
            passage = type(outer).of(outer.text[scalar.start : scalar.end], scalar.start)
            text = passage.text
        yield Value(text, path, place, passage, outer, source, scalar.complete)


_INDEX = regex(r"\[\d+\]")
_BREAK = regex(r"[\s-]+|(?<=[a-z\d])(?=[A-Z])")
"""Between the words of a key: "Affected Entities", "affectedEntities"."""


def shape_of(path: str) -> str:
    """Return a path without its list indices, its keys in one spelling ("affected_entities.name")."""
    return _INDEX.sub("", _in_one_spelling(path))


def keys_below(path: str, shape: str) -> str:
    """Return the words of the keys by which a path goes on below a shape, "" where it ends there."""
    keys = path.split(".")
    ends = next((end for end in range(1, len(keys)) if shape_of(".".join(keys[:end])).endswith(shape)), len(keys))
    return _INDEX.sub("", " ".join(keys[ends:])).replace("_", " ")


@lru_cache(maxsize=4096)
def _in_one_spelling(path: str) -> str:
    return _BREAK.sub("_", path).lower()
