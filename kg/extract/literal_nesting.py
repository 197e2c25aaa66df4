"""Containers of a literal while it is read: what each waits for, and what becomes of a value that arrives.

A value goes where its container can use it. What is missing or refused is reported, and the rest is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final, Literal

from kg.extract.node import Fault, Kind, Limits, Node, Problem, Scalar, Stop

OPENER = {")": "(", "]": "[", "}": "{"}
"""Opening bracket of each closing one."""
_LONGEST_KEY = 15
"""Characters of a number that is a key; longer ones can be chosen so that their hashes collide."""


Wait = Literal["key", "colon", "value", "comma", "end of what was refused"]
"""What a container waits for."""
KEY: Final = "key"
COLON: Final = "colon"
VALUE: Final = "value"
COMMA: Final = "comma"
END_OF_REFUSED: Final = "end of what was refused"
"""A comma after something that is no value, or a colon after something that is no key."""


@dataclass(slots=True, eq=False)
class Frame:
    """A container that is being read.

    Attributes:
        opener: its opening bracket.
        start: where that stands.
        wait: what comes next.
        items: the nodes of a list, or pairs of nodes of a dict.
        key: of a dict, the key whose value is to come.
        seen: of a dict, its keys and where they stand.
        complete: False if something inside was cut.
        met: whether there was anything in it.
        commas, colons: whether there was any of these.
        kept: whether the last value is among the items.
        lost_key: whether what was refused stands where a key should be.
    """

    opener: str
    start: int
    wait: Wait = VALUE
    items: list[Any] = field(default_factory=list)
    key: Node | None = None
    seen: dict[Scalar, int] = field(default_factory=dict)
    complete: bool = True
    met: bool = False
    commas: bool = False
    colons: bool = False
    kept: bool = False
    lost_key: bool = False
    is_dict: bool = field(init=False)

    def __post_init__(self) -> None:
        self.is_dict = self.opener == "{"
        self.next()

    def next(self) -> None:
        """Wait for the next value or pair."""
        self.wait = KEY if self.is_dict else VALUE

    def skip(self) -> None:
        """Take nothing more until what was refused ends."""
        self.lost_key = self.wait in (KEY, COLON)
        self.wait, self.key = END_OF_REFUSED, None


class Nest:
    """The open containers, innermost last, and the value once it is closed.

    Attributes:
        frames: the open containers.
        root: the value; None if it was refused.
        done: whether the value is closed.
        cut: set when the text is at its end, for keys that get no value any more.
    """

    def __init__(self, limits: Limits, problems: list[Problem]) -> None:
        self._limits, self._problems = limits, problems
        self._opened = dict.fromkeys(OPENER.values(), 0)
        self.frames: list[Frame] = []
        self.root: Node | None = None
        self.done = self.cut = False

    def waits(self) -> Wait:
        """Return what the innermost container waits for; outside of all, a value."""
        return self.frames[-1].wait if self.frames else VALUE

    def open(self, bracket: str, at: int) -> None:
        """Begin a container; a dict where one in a list waits for a key is the next element of that list.

        Raises:
            Stop: there are too many inside one another.
        """
        if len(self.frames) >= self._limits.max_depth:
            message = f"more than {self._limits.max_depth} containers inside one another"
            raise Stop(Problem(Fault.TOO_DEEP, at, message))
        if bracket == "{" and len(self.frames) > 1 and not self.frames[-2].is_dict:
            inner = self.frames[-1]
            if inner.is_dict and inner.items and inner.wait in (KEY, COMMA):
                self.fault(Fault.UNBALANCED, at, "'{' is not closed before this '{'")
                self._end(at)
                self.frames[-1].next()
        self._opened[bracket] += 1
        self.frames.append(Frame(bracket, at))

    def comma(self, at: int) -> None:
        """End a value or a pair."""
        frame = self.frames[-1]
        if frame.wait in (KEY, VALUE) and frame.key is None:
            self.fault(Fault.MISSING_VALUE, at, "nothing before this comma")
        self.drop_key()
        frame.commas = True
        frame.next()

    def colon(self, at: int) -> None:
        """Go on from a key to its value."""
        frame = self.frames[-1]
        frame.colons = True
        if frame.wait == COLON or (frame.wait == END_OF_REFUSED and frame.lost_key):
            frame.wait = VALUE
        elif frame.wait == KEY:
            self.fault(Fault.BAD_TOKEN, at, "no key before this colon")
            frame.wait = VALUE
        elif frame.wait != END_OF_REFUSED:
            self.fault(Fault.BAD_TOKEN, at, "a colon that belongs to no key")

    def close(self, bracket: str, at: int) -> None:
        """End the container this closing bracket belongs to, and those inside it that were left open."""
        opener = OPENER[bracket]
        if not self._opened[opener] and opener != "{" and not self.frames[-1].is_dict:
            self.fault(Fault.UNBALANCED, at, f"{bracket!r} closes {self.frames[-1].opener!r}")
            opener = self.frames[-1].opener
        if not self._opened[opener]:
            self.fault(Fault.UNBALANCED, at, f"nothing is open that {bracket!r} would close")
            return
        while (inner := self.frames[-1]).opener != opener:
            self.fault(Fault.UNBALANCED, at, f"{inner.opener!r} is not closed before this {bracket!r}")
            self._end(at)
        self._end(at + 1)

    def may_go_on_with_key(self) -> bool:
        """Return whether a string before a colon, though no key is waited for, is the next key of a dict."""
        frame = self.frames[-1]
        if frame.is_dict:
            return frame.wait in (VALUE, END_OF_REFUSED)
        inside_pair = len(self.frames) > 1 and self.frames[-2].is_dict and self.frames[-2].wait == VALUE
        return inside_pair and frame.wait != END_OF_REFUSED

    def go_on_with_key(self, at: int) -> None:
        """Take the pair before such a key for finished: its value may be missing, or a list not closed."""
        if not self.frames[-1].is_dict:
            self.fault(Fault.UNBALANCED, at, f"{self.frames[-1].opener!r} is not closed before this key")
            self._end(at)
        self.drop_key()
        self.frames[-1].wait = COMMA

    def cut_off(self, end: int) -> None:
        """End all containers where the text ends."""
        self.cut = True
        while self.frames:
            self.frames[-1].complete = False
            self._end(end)

    def deliver(self, node: Node | None, at: int) -> None:
        """Put a value, or None for one that was refused, where it belongs."""
        if not self.frames:
            self.root, self.done = node, True
            return
        frame = self.frames[-1]
        if node is not None and not node.complete:
            frame.complete = False
        if frame.wait == END_OF_REFUSED:
            return
        if frame.wait == COMMA:
            self.fault(Fault.MISSING_COMMA, at, "no comma before this value")
            frame.next()
        elif frame.wait == COLON:
            self.drop_key()
            frame.wait = KEY
        frame.met = True
        if node is None:
            frame.skip()
        elif frame.wait == KEY:
            self._set_key(frame, node)
        elif frame.is_dict:
            self._add_pair(frame, node)
        else:
            frame.items.append(node)
            frame.wait, frame.kept = COMMA, True

    def drop_key(self) -> None:
        """Report the key that waits for a value in vain, if there is one."""
        frame = self.frames[-1]
        if frame.key is not None:
            kind = Fault.TRUNCATED if self.cut else Fault.MISSING_VALUE
            self.fault(kind, frame.key.start, f"key {_brief(frame.key)} has no value")
            frame.key = None

    def retract(self) -> None:
        """Take back the last key or value, which turned out to be a part of something that is refused."""
        frame = self.frames[-1]
        if frame.wait == COMMA and frame.kept:
            last = frame.items.pop()
            if frame.is_dict:
                del frame.seen[last[0].scalar]
        frame.skip()

    def fault(self, kind: Fault, offset: int, message: str, earlier: int | None = None) -> None:
        """Report a problem."""
        self._problems.append(Problem(kind, offset, message, earlier))

    def _end(self, end: int) -> None:
        """Hand the innermost container to the one around it."""
        self.drop_key()
        frame = self.frames.pop()
        self._opened[frame.opener] -= 1
        node: Node | None = None
        if frame.opener == "(" and not frame.commas and len(frame.items) == 1:
            node = frame.items[0]  # brackets around a value make no tuple of it
        elif frame.is_dict and frame.met and not frame.colons and not self.cut:
            self.fault(Fault.FORBIDDEN, frame.start, "braces without a single colon: a set, or prose")
        elif frame.opener != "(" or frame.wait != END_OF_REFUSED or frame.commas:
            kind = Kind.DICT if frame.is_dict else Kind.LIST
            node = Node(kind, tuple(frame.items), frame.start, end, None, frame.complete)
        self.deliver(node, frame.start)

    def _set_key(self, frame: Frame, node: Node) -> None:
        """Take a scalar as the key of the next pair."""
        if node.kind in (Kind.DICT, Kind.LIST):
            if not self.cut:
                self.fault(Fault.FORBIDDEN, node.start, f"a {node.kind} cannot be a key")
            frame.skip()
        elif node.passage is None and node.end - node.start > _LONGEST_KEY:
            self.fault(Fault.FORBIDDEN, node.start, "a number too long for a key")
            frame.skip()
        else:
            frame.key, frame.wait = node, COLON

    def _add_pair(self, frame: Frame, node: Node) -> None:
        """Keep a pair, unless its key was refused or stands there already."""
        key, frame.key, frame.wait = frame.key, None, COMMA
        frame.kept = key is not None and frame.seen.setdefault(key.scalar, key.start) == key.start
        if frame.kept:
            frame.items.append((key, node))
        elif key is not None:
            earlier = frame.seen[key.scalar]
            message = f"key {_brief(key)} again; the first, at character {earlier}, stays"
            self.fault(Fault.DUPLICATE_KEY, key.start, message, earlier)


def _brief(key: Node) -> str:
    """A key for a message, shortened."""
    return repr(key.scalar if key.passage is None else key.passage.text[:40])
