"""Records of JSON as rows: a column for each pointer of a mapping, whose cell may hold several values."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from kg.extract.json_in.record import dotted
from kg.extract.json_in.records import JsonRecord, leaves
from kg.extract.tabular.links import addresses
from kg.extract.tabular.row import Row, plain
from kg.model import Evidence
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from kg.extract.json_in.spans import Path as Steps
    from kg.extract.mapped.mapping import MappingFile
    from kg.model import Note, Span

_Element: TypeAlias = "tuple[Steps, tuple[str, ...]]"
"""Where an element of an array is, and the pointers that lead into it."""

PARTIES = frozenset({"breached", "affected", "vendors", "attackers", "reporters", "customer", "supplier"})
"""Fields that name somebody."""
_NAME = regex(r"(?:(?:legal|company|display|full|organi[sz]ation|vendor|supplier|customer) )?name")
_NAMING = (
    regex(r"(?:publisher|outlet|newspaper|medium|site|website|publication)(?: name)?|(?:source|site) name"),
    regex(r"source|name"), regex(r"title|label|text|headline|description"),
)  # fmt: skip
"""Keys beside an address that tell whose it is, the surest first."""
_INDEX = regex(r"\[\d+\]")
_DIGITS = 10
"""No array is longer."""


class Value(NamedTuple):
    """One value of a cell: what it says, its characters, and for an address the words that stand beside it."""

    text: str
    span: Span
    words: str = ""


class MemberRow(Row):
    """A row that is a record.

    Attributes:
        values: for each column that a pointer has, the values that it leads to.
    """

    __slots__ = ("values",)

    values: Sequence[Sequence[Value]]

    def told_at(self, column: int) -> Sequence[tuple[Value, Evidence]]:
        """Return the values of a column, each with its evidence."""
        found = self.values[column] if column < len(self.values) else ()
        place = f"{self.place}, {self.name(column)}"
        return [(one, Evidence(self.source[slice(*one.span)], one.span, place)) for one in found]


class _Led(NamedTuple):
    """Where a pointer leads: the path of a scalar, and that of the words beside it."""

    path: Steps
    beside: Steps | None = None


def member_rows(record: JsonRecord, mapping: MappingFile, number: int) -> Iterator[MemberRow]:
    """Yield a record of a listing as rows, numbered from one on: one for each element of an array that several pointers lead into.

    What such pointers lead to belongs together ("/contracts/*/service" and "/contracts/*/end"). An element into which none
    of them leads is no row beside others of its array.
    """
    parted = [
        (element, _all_led(record, mapping, pointers))
        for element, pointers in _parted(record.value, tuple(mapping.columns.values()))
    ]
    taken = _taken(chain.from_iterable(led for _, led in parted))
    reached = {path[:at] for path in taken for at in range(len(path) + 1)}
    parted = [(element, led) for element, led in parted if not _is_empty(element, reached)]
    notes = _by_element(record.notes(taken), [element for element, _ in parted])
    told: set[tuple[str, ...]] = set()
    for element, found in parted:
        own = [note for at in range(len(element) + 1) for note in notes.get(dotted(element[:at]), ())]
        row = _row(record, mapping, found, own, element)
        if (cells := tuple(row.told)) not in told:
            told.add(cells)
            row.number, number = number, number + 1
            yield row


def _is_empty(element: Steps, reached: Container[Steps]) -> bool:
    """Whether nothing is reached in an element, or in one around it, of whose array something is."""
    steps = (at for at, step in enumerate(element) if isinstance(step, int))
    return any(element[: at + 1] not in reached and element[:at] in reached for at in steps)


def _by_element(notes: Iterable[Note], elements: Iterable[Steps]) -> Mapping[str, list[Note]]:
    """The notes by the innermost of some elements of arrays that they are of, as notes name it; "" for the record."""
    known = {dotted(one[: at + 1]) for one in elements for at, step in enumerate(one) if isinstance(step, int)}
    found: dict[str, list[Note]] = {}
    for note in notes:
        ends = (match.end() for match in reversed(list(_INDEX.finditer(note.key))))
        found.setdefault(next((note.key[:end] for end in ends if note.key[:end] in known), ""), []).append(note)
    return found


def _parted(record: Mapping[str, Any], pointers: tuple[str, ...], element: Steps = ()) -> Iterator[_Element]:
    """The pointers for each element of the outermost array that several of them share, and within it of the next."""
    shared = _shared(pointers)
    found = [] if shared is None else [path for path, _ in led_to(record, "/".join(shared))]
    if shared is None or not found:
        yield element, pointers
        return
    for path in found:
        own = "/".join(["", *(str(step).replace("~", "~0").replace("/", "~1") for step in path)])
        theirs = (one.split("/") for one in pointers)
        each = (
            "/".join([own, *one[len(shared) :]]) if one[: len(shared)] == shared else "/".join(one) for one in theirs
        )
        yield from _parted(record, tuple(each), path)


def _shared(pointers: Iterable[str]) -> list[str] | None:
    """The shortest beginning of several different pointers that ends in "*", as steps; None where there is none."""
    steps = [one.split("/") for one in dict.fromkeys(pointers)]
    begins = Counter(tuple(one[: at + 1]) for one in steps for at, step in enumerate(one) if step == "*")
    return next((list(one) for one in sorted(begins, key=len) if begins[one] > 1), None)


def member_row(record: JsonRecord, mapping: MappingFile) -> MemberRow:
    """Return a record as a row: a column for each pointer, and behind these one for each member that none leads to."""
    led = _all_led(record, mapping, tuple(mapping.columns.values()))
    return _row(record, mapping, led, list(record.notes(_taken(led))))


def _all_led(record: JsonRecord, mapping: MappingFile, pointers: Sequence[str]) -> list[list[_Led]]:
    """What the pointers of a mapping's fields lead to."""
    return [list(_led(record.value, field, one)) for field, one in zip(mapping.columns, pointers, strict=True)]


def _taken(led: Iterable[Iterable[_Led]]) -> set[Steps]:
    return {path for found in led for one in found for path in one if path is not None}


def _row(
    record: JsonRecord, mapping: MappingFile, led: Sequence[Sequence[_Led]], left: Sequence[Note], element: Steps = ()
) -> MemberRow:
    """A row of what pointers lead to, and of the members that are left; `element` is where it is in the record."""
    values = [[_value(record, one) for one in found] for found in led]
    glues = (", " if name == "service" else mapping.separators.get(name, "\n") for name in mapping.columns)
    cells = [glue.join(one.text for one in found) for glue, found in zip(glues, values, strict=True)]
    spans = [(found[0].span[0], found[-1].span[1]) if found else (record.start, record.start) for found in values]
    row = MemberRow(
        record.number,
        record.place_of(*element),
        [*cells, *(note.value for note in left)],
        record.text,
        (record.start, record.end),
        (*mapping.columns.values(), *(note.key for note in left)),
        lambda _: [*spans, *(note.evidence[0].span or (0, 0) for note in left)],
    )
    row.values = values
    return row


def leads_somewhere(record: Mapping[str, Any], pointer: str) -> bool:
    """Return whether a JSON pointer leads to anything in a record; "*" stands for every element."""
    return any(scalar is not None for path, value in led_to(record, pointer) for _, scalar in leaves(value, path))


def _led(record: Mapping[str, Any], field: str, pointer: str) -> Iterator[_Led]:
    """What a pointer leads to that says something: of objects the name, or the address, that the field asks for."""
    todo = list(reversed(led_to(record, pointer)))
    while todo:
        path, value = todo.pop()
        if isinstance(value, list):
            todo += [((*path, at), value[at]) for at in reversed(range(len(value)))]
        elif isinstance(value, dict) and field in PARTIES:
            yield from _named(value, path)
        elif isinstance(value, dict) and field == "sources":
            yield from _cited(value, path)
        else:
            yield from (_Led(leaf) for leaf, scalar in leaves(value, path) if _says(scalar, field))


def _says(scalar: object, field: str) -> bool:
    """Whether a scalar says anything; a number or a truth value is nobody's name."""
    return bool(scalar.strip()) if isinstance(scalar, str) else scalar is not None and field not in PARTIES


def _named(value: Mapping[str, Any], path: Steps) -> Iterator[_Led]:
    """The name that an object has, or the only text in it."""
    texts = [key for key, one in value.items() if isinstance(one, str) and one.strip()]
    names = [key for key in texts if _NAME.fullmatch(plain(key))] or (texts if len(texts) == 1 else [])
    yield from (_Led((*path, key)) for key in names[:1])


def _cited(value: Mapping[str, Any], path: Steps) -> Iterator[_Led]:
    """The addresses in an object, with the words that say whose they are; such words alone where it has no address."""
    texts = {leaf: one for leaf, one in leaves(value, path) if isinstance(one, str) and one.strip()}
    urls = [leaf for leaf, one in texts.items() if _is_address(one)]
    words = (
        leaf
        for naming in _NAMING
        for leaf in texts
        if leaf not in urls
        and naming.fullmatch(plain(next((str(s) for s in reversed(leaf) if isinstance(s, str)), "")))
    )
    beside = next(words, None)
    yield from (_Led(leaf, beside) for leaf in urls)
    if beside and not urls:
        yield _Led(beside)


def _is_address(text: str) -> bool:
    return " " not in text.strip() and any(addresses(text))


def _value(record: JsonRecord, led: _Led) -> Value:
    return Value(_text(record, led.path), record.span(*led.path), _text(record, led.beside) if led.beside else "")


def _text(record: JsonRecord, path: Steps) -> str:
    value = record.get(*path)
    return value if isinstance(value, str) else record.evidence(*path).quote


def led_to(record: Mapping[str, Any], pointer: str) -> list[tuple[Steps, Any]]:
    """Return the paths and values that a JSON pointer leads to; "*" stands for every element."""
    reached: list[tuple[Steps, Any]] = [((), record)]
    for step in (step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]):
        reached = [((*path, key), value[key]) for path, value in reached for key in _keys(value, step)]
    return reached


def _keys(value: object, step: str) -> list[Any]:
    """The keys of a value that a step of a pointer stands for."""
    if isinstance(value, dict):
        return list(value) if step == "*" else [step] if step in value else []
    if isinstance(value, list):
        if step == "*":
            return list(range(len(value)))
        return (
            [int(step)] if step.isascii() and step.isdigit() and len(step) < _DIGITS and int(step) < len(value) else []
        )
    return []
