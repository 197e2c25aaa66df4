"""The values of a literal, each with its place, and what was wrong while they were read."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.passage import Passage

Scalar = str | int | Decimal | bool | None
"""Value of a scalar node; a float is kept as a Decimal, digit for digit."""


class Kind(StrEnum):
    """What a value is."""

    DICT = "dict"
    LIST = "list"
    STR = "str"
    INT = "int"
    FLOAT = "float"
    BOOL = "bool"
    NONE = "none"


class Fault(StrEnum):
    """What is wrong with a place in a literal."""

    DUPLICATE_KEY = "duplicate-key"
    TRUNCATED = "truncated"
    UNTERMINATED = "unterminated-string"
    RAW_NEWLINE = "raw-newline"
    MISSING_COMMA = "missing-comma"
    MISSING_VALUE = "missing-value"
    UNBALANCED = "unbalanced"
    FORBIDDEN = "forbidden"
    TOO_DEEP = "too-deep"
    TOO_LARGE = "too-large"
    BAD_TOKEN = "bad-token"  # noqa: S105 - a token of a grammar


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong at a place of the text.

    Attributes:
        kind: what is wrong.
        offset: where, in characters of the text.
        message: one line for the user.
        earlier: for a duplicate key, where the key that stays is.
    """

    kind: Fault
    offset: int
    message: str
    earlier: int | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a literal is read before the reader stops with what it has.

    Attributes:
        max_chars: characters of one value.
        max_depth: containers inside one another.
        max_nodes: values and keys, and also problems.
        max_tokens: strings, numbers, words and marks.
        max_pieces: strings in a row that form one value.
        max_digits: characters of a number.
        max_string: decoded characters of a string.
    """

    max_chars: int = 4_000_000
    max_depth: int = 64
    max_nodes: int = 100_000
    max_tokens: int = 400_000
    max_pieces: int = 400_000
    max_digits: int = 400
    max_string: int = 1_000_000


class Stop(Exception):  # noqa: N818 - not an error: it ends a reading, never leaves it
    """Nothing more can be read.

    Attributes:
        problem: why.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.message)


@dataclass(frozen=True, slots=True)
class Node:
    """One value with its place.

    Attributes:
        kind: what it is.
        value: a scalar, the nodes of a list, or the (key, value) nodes of a dict.
        start: its first character in the text; of a string, the first after the opening quote.
        end: the character after its last one; of a string, the last closing quote.
        passage: of a string, the decoded value with its mapping to the text.
        complete: False when the text was cut inside it.
    """

    kind: Kind
    value: Scalar | tuple[Node, ...] | tuple[tuple[Node, Node], ...]
    start: int
    end: int
    passage: Passage | None = None
    complete: bool = True

    @property
    def scalar(self) -> Scalar:
        """Return the value of a scalar; None for a dict or a list."""
        return None if isinstance(self.value, tuple) else self.value

    @property
    def pairs(self) -> tuple[tuple[Node, Node], ...]:
        """Return the key and value nodes of a dict, each key once; empty for anything else."""
        return cast("tuple[tuple[Node, Node], ...]", self.value) if self.kind is Kind.DICT else ()

    @property
    def elements(self) -> tuple[Node, ...]:
        """Return the nodes of a list; empty for anything else."""
        return cast("tuple[Node, ...]", self.value) if self.kind is Kind.LIST else ()

    def items(self) -> Iterator[tuple[Scalar, Node]]:
        """Return the keys and value nodes of a dict; nothing for anything else."""
        return ((key.scalar, value) for key, value in self.pairs)

    def get(self, key: Scalar) -> Node | None:
        """Return the value node of a key; None when there is no such key or this is no dict."""
        return next((value for name, value in self.items() if name == key), None)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read.

    Attributes:
        node: the value, or None if there is none to keep.
        end: the character after the last one read.
        problems: what was wrong, in the order found.
        complete: False if anything was cut off.
    """

    node: Node | None
    end: int
    problems: tuple[Problem, ...]
    complete: bool


def walk(node: Node, path: str = "") -> Iterator[tuple[str, Node]]:
    """Yield paths ("impact.data_compromised", "affected_entities[0].name") and nodes of all scalars, in text order."""
    todo = [(path, node)]
    while todo:
        path, node = todo.pop()
        if node.kind is Kind.DICT:
            todo.extend((f"{path}.{key}" if path else str(key), value) for key, value in reversed([*node.items()]))
        elif node.kind is Kind.LIST:
            todo.extend((f"{path}[{i}]", node.elements[i]) for i in reversed(range(len(node.elements))))
        else:
            yield path, node
