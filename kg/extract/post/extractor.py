"""Incident posts: prose, then loose JSON lines, then a Python dict as `pprint` prints it.

The stored form of the same posts (one JSON object or Python dict with all fields) is read too. A file
may hold several posts, may be HTML-escaped as a whole, and may be cut off anywhere: what was cut is
never guessed, and the incident says that it is incomplete.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kg.extract.fields import Fields, Value, shape_of, values
from kg.extract.literal import read_literal
from kg.extract.node import Fault, Kind, Problem
from kg.extract.passage import Passage, unescape_html
from kg.extract.post.contradictions import contradictions
from kg.extract.post.incident import assemble
from kg.extract.relations import sentences
from kg.model import Defect
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.extract.node import Node, Reading, Scalar
    from kg.model import Document, Extracted

_QUOTE = "[\"'“”„‟‘’]"
_KEYED = regex(
    rf"{_QUOTE}linkid{_QUOTE}\s*:|^[ \t]*{_QUOTE}id{_QUOTE}\s*:\s*{_QUOTE}[A-Z0-9]{{3,}}\d{{6,}}|"
    rf"{_QUOTE}affected_entities{_QUOTE}\s*:\s*\[\s*\{{(?=[^{{}}]{{0,400}}{_QUOTE}name{_QUOTE}\s*:)(?=[^{{}}]{{0,400}}{_QUOTE}type{_QUOTE}\s*:)",
    re.MULTILINE,
)
_RATED = regex(r"cybersecurity rating report: https?://www\.rankiteo\.com/company/")
_ESCAPED = regex(r"&(?:amp;)*(?:quot|apos|#0*34|#0*39|#x0*22|#x0*27);", re.IGNORECASE)
_HEADER = regex(rf"^[ \t]*,?[ \t]*{_QUOTE}(?:id|linkid){_QUOTE}\s*:", re.MULTILINE)
_KEY = regex(rf"[\s,]*{_QUOTE}(?P<key>[\w ]+){_QUOTE}\s*:[ \t]*")
_TYPOGRAPHIC = regex(r"[“”„‟](?P<text>[^\n]*?)[“”„‟](?=[ \t]*(?:,|\r?\n|\Z|\}))")
_DICT = regex(r"^[ \t]*\{(?=\s*['\"])", re.MULTILINE)
_OPENING = regex(r"[\s,]*\{")
_BEGINNING = regex(rf"^[ \t]*(?:,?[ \t]*|(?P<brace>\{{)\s*){_QUOTE}(?P<key>id|linkid){_QUOTE}\s*:", re.MULTILINE)
"""A header in loose lines or in braces."""
_ANOTHER = regex(_BEGINNING.pattern + r"(?!\s*\d)", re.MULTILINE)
"""The header of another post; what has but a number is an object of the same one."""
_BETWEEN = regex(r"[\s,]*\Z")
_END_OF_LINE = regex(r"\n|\Z")
_IDENTIFYING = frozenset({"id", "linkid"})
"""A second one of these begins another post."""
_OF_DETAILS = frozenset({"affected_entities", "incident_details"})
"""Members that the dict of a post has, and its header never."""
_OF_DICTS = _OF_DETAILS | {"title"}
"""Members of the dict of a post."""
_OF_POSTS = _OF_DETAILS | {"linkid"}
"""One of these is a member of every post in the stored form."""
_BLANK_LINE = regex(r"\n[ \t\r]*\n")
_MOST_ESCAPES = 3


class PostExtractor:
    """Reads incident posts."""

    name = "post"
    version = "25"
    description = "Incident posts: prose, loose JSON lines, a printed Python dict; or one JSON object a post."

    def recognizes(self, document: Document) -> bool:
        """Return whether the text holds a post's header fields or its rating line."""
        text = document.text
        if _KEYED.search(text) or _RATED.search(text):
            return True
        return bool(_ESCAPED.search(text)) and bool(_KEYED.search(_decoded(text).text))

    def extract(self, document: Document) -> Iterator[Extracted]:
        """Yield an incident for every post, and a defect for every fault met on the way."""
        for record, _ in self.accounts(document):
            yield record

    def accounts(self, document: Document) -> Iterator[tuple[Extracted, Sequence[Value]]]:
        """Yield the records as `extract` does, each incident with the passages that tell of it in prose."""
        decoded = _decoded(document.text)
        ends = [match.start() for match in _END_OF_LINE.finditer(document.text)]
        for number, post in enumerate(_posts(decoded, document.text), 1):
            place = f"post {number}"
            for problem in post.problems:
                line = bisect_left(ends, decoded.span(problem.offset, problem.offset)[0]) + 1
                yield Defect(f"{place}, line {line}", f"{problem.kind}: {problem.message}"), ()
            incident = assemble(post.header, post.details, post.prose, number=number, incomplete=post.incomplete)
            if incident.title or incident.parties or incident.id:
                described = post.details.take("description", "summary", "incident_details.description")
                prose = [*post.prose, *described]
                yield incident, prose
                for reason in contradictions(incident, sentences(prose)):
                    yield Defect(place, reason), ()
            else:
                yield Defect(place, "nothing of this post could be read"), ()


@dataclass(slots=True)
class Post:
    """One post, cut out of its document: header fields, dict fields, and the stretches of prose."""

    header: Fields
    details: Fields
    prose: list[Value]
    incomplete: bool
    problems: list[Problem] = field(default_factory=list)


def _decoded(text: str) -> Passage:
    """The document's text, HTML entities decoded as often as it takes to find a post in it."""
    passage = Passage.of(text)
    for _ in range(_MOST_ESCAPES):
        if not _ESCAPED.search(passage.text) or _HEADER.search(passage.text):
            break
        passage = unescape_html(passage)
    return passage


def _posts(outer: Passage, source: str) -> Iterator[Post]:
    if outer.text.lstrip()[:1] in ("{", "[") and not _opens_printed(outer.text):
        yield from _stored(outer, source)
    else:
        yield from _Printed(outer, source).posts()


_DICT_IS_TAIL = regex(r"\s*\{\s*['\"]affected_entities['\"]")


def _opens_printed(text: str) -> bool:
    """Whether a text that begins with a bracket is a printed post all the same: its prose was left out, or its dict stands before its header."""
    if _DICT_IS_TAIL.match(text):
        return True
    header = _HEADER.search(text)
    if header is None or not _OPENING.match(text):
        return False
    return _is_beside(text, read_literal(text, text.index("{")).end, header.start())


def _is_beside(text: str, end: int, start: int) -> bool:
    return end <= start and _BETWEEN.match(text, end, start) is not None


def _stored(outer: Passage, source: str) -> Iterator[Post]:
    """Posts in the stored form: one object, a list of them, or one a line."""
    for number, (nodes, problems) in enumerate(_objects(outer.text), 1):
        fields = [Fields(values(node, outer, source, f"post {number}")) for node in nodes]
        whole = all(node.complete for node in nodes)
        yield Post(fields[0], fields[-1], [], incomplete=not whole, problems=problems)


def _objects(text: str) -> Iterator[tuple[Sequence[Node], list[Problem]]]:
    """The objects of each post, with what was wrong: one, or its header and its dict."""
    position, before, wrong = 0, None, list[Problem]()
    opening = re.compile(r"[{\[]")
    while match := opening.search(text, position):
        reading = read_literal(text, match.start())
        top, problems = reading.node, list(reading.problems)
        position = max(reading.end, match.end())
        if before is not None:
            halves = _halves(before, top) if _BETWEEN.match(text, before.end, match.start()) else None
            yield halves or (before,), [*wrong, *(problems if halves else ())]
            before = None
            if halves:
                continue
        enveloped = () if top is None else _enveloped(top)
        if top is not None and top.kind is Kind.DICT and not enveloped:
            before, wrong = top, problems
            continue
        for node in () if top is None else enveloped or top.elements:
            if node.kind is Kind.DICT:
                yield (node,), problems
                problems = []
    if before is not None:
        yield (before,), wrong


def _enveloped(node: Node) -> tuple[Node, ...]:
    """The posts in an object that is none itself: its only list of them, or that of an object in it."""
    if _is_post(node):
        return ()
    members = [value for _, value in node.items()]
    lists = [value.elements for value in members if any(map(_is_post, value.elements))]
    lists = lists or [found for value in members if (found := _enveloped(value))]
    return lists[0] if len(lists) == 1 else ()


def _is_post(node: Node) -> bool:
    return _has(node, _OF_POSTS)


def _halves(one: Node, other: Node | None) -> tuple[Node, Node] | None:
    """The header and the dict of one post, where two objects in a row are these; a header may have a title and objects in it too."""
    if other is None:
        return None
    for header, details in ((one, other), (other, one)):
        own, again = _identifiers(header), _identifiers(details)
        told = _has(details, _OF_DETAILS) if again else _is_told(details)
        if own and again <= own and told and not _has(header, _OF_DETAILS):
            return header, details
    return None


def _is_header(node: Node) -> bool:
    return _has(node, _IDENTIFYING) and not _is_told(node)


def _is_told(node: Node) -> bool:
    """Whether an object has what the dict of a post has, and its header seldom."""
    nested = any(one.kind is Kind.DICT for _, value in node.items() for one in (value, *value.elements))
    return nested or _has(node, _OF_DICTS)


def _has(node: Node, members: frozenset[str]) -> bool:
    return any(shape_of(str(key)) in members for key, _ in node.items())


def _identifiers(node: Node) -> set[tuple[Scalar, Scalar]]:
    return {(shape, value.scalar) for key, value in node.items() if (shape := shape_of(str(key))) in _IDENTIFYING}


class _Object(NamedTuple):
    """An object of a post: where it begins and ends, what was wrong, and whether it is whole; no node where it could not be read."""

    node: Node | None
    start: int
    end: int
    problems: list[Problem]
    whole: bool


class _Printed:
    """Posts as published: prose, header, dict, and perhaps more prose."""

    def __init__(self, outer: Passage, source: str) -> None:
        self.outer, self.source = outer, source
        self.last = len(outer.text.rstrip())
        # Characters behind the next header that may be read in vain for the ends of dicts, all together.
        self.patience = len(outer.text)

    def posts(self) -> Iterator[Post]:
        """Yield the posts in their order."""
        text, position, number = self.outer.text, 0, 0
        while True:
            number += 1
            place = f"post {number}"
            match = self._next(position) or _DICT.search(text, position)
            if match is None:
                if number == 1:
                    prose = [value.whole_sentences() for value in self._prose(place, (position, len(text)))]
                    yield Post(Fields([]), Fields([]), prose, incomplete=True)
                return
            start = match.start()
            header, after, faults, cut = self._header(place, start)
            ahead = self._ahead(position, start) if header else None
            ahead = None if ahead and self._has_own(after) else ahead
            details = ahead or self._details(after)
            end = after if ahead else details.end
            problems, whole = [*faults, *details.problems], details.whole and not cut
            fields = self._fields(place, details.node)
            if not header and details.node and (_is_header(details.node) or _OPENING.match(text, end)):
                beside = self._details(end)
                if halves := _halves(details.node, beside.node):
                    header, fields = (self._fields(place, node) for node in halves)
                    end, problems, whole = beside.end, [*problems, *beside.problems], whole and beside.whole
                elif _is_header(details.node):
                    header, fields, whole = fields, [], False
            if details.node is None and any("." in one.path or shape_of(one.path) in _OF_DICTS for one in header):
                fields, whole = header, not cut  # what else stands in the dict is told by the lines too
            stored = fields is header or (not header and details.node is not None and _has(details.node, _IDENTIFYING))
            following = self._next(end)
            stop = len(text) if following is None else _gap(text, end, following.start())
            told = Fields(fields)
            yield Post(
                told if stored else Fields(header),
                told,
                self._prose(place, (position, ahead.start if ahead else start), (end, stop)),
                incomplete=not whole,
                problems=problems,
            )
            position = stop
            if following is None:
                return

    def _header(self, place: str, start: int) -> tuple[list[Value], int, list[Problem], bool]:
        """The loose JSON lines: their values, where they end, what was wrong, and whether the last one was cut."""
        text, position, cut = self.outer.text, start, False
        found: list[Value] = []
        problems: list[Problem] = []
        seen: set[str] = set()
        while match := _KEY.match(text, position):
            key = match["key"].strip()
            if key in seen and key in _IDENTIFYING:
                break
            if quoted := _TYPOGRAPHIC.match(text, match.end()):
                passage = Passage.of(quoted["text"], quoted.start("text"))
                told, position = [Value(passage.text, key, place, passage, self.outer, self.source)], quoted.end()
            else:
                reading = read_literal(text, match.end())
                under = values(reading.node, self.outer, self.source, place) if reading.node is not None else ()
                told = [_under(key, value) for value in under]
                cut = cut or not reading.complete or match.end() >= self.last
                problems += [problem for problem in reading.problems if problem.kind is not Fault.TRUNCATED]
                position = max(match.end(), reading.end) if told else _END_OF_LINE.search(text, match.end()).end()  # type: ignore[union-attr]
            if key in seen:
                told_twice = f"the key {key!r} is there twice; the first is kept"
                problems.append(Problem(Fault.DUPLICATE_KEY, match.start("key"), told_twice))
            else:
                found += told
            seen.add(key)
        return found, position, problems, cut

    def _next(self, position: int) -> re.Match[str] | None:
        """Where the next post begins: with its header, with the dict that holds it, or where that is in braces perhaps with the dict before it."""
        header = _BEGINNING.search(self.outer.text, position)
        first = header and _DICT.search(self.outer.text, position, header.start())
        if first and header:
            reading = self._dict(first.end() - 1, header.start())
            # The header may be that of an object within, unless that is a post.
            if reading.node and reading.complete and not _enveloped(reading.node):
                holds = reading.end > header.start() and _has(reading.node, _IDENTIFYING)
                return first if header["brace"] or holds else header
        return header

    def _fields(self, place: str, node: Node | None) -> list[Value]:
        return [] if node is None else list(values(node, self.outer, self.source, place))

    def _ahead(self, position: int, header: int) -> _Object | None:
        """The dict that ends right before a header, where a post has it there."""
        match = _DICT.search(self.outer.text, position, header)
        if match is None:
            return None
        reading = read_literal(self.outer.text, match.end() - 1, end=header)
        if not reading.complete or not _is_beside(self.outer.text, reading.end, header):
            return None
        return _Object(reading.node, match.start(), reading.end, list(reading.problems), whole=True)

    def _has_own(self, after: int) -> bool:
        """Whether right behind a header there is a whole dict, which is not that of a header behind it."""
        if not _OPENING.match(self.outer.text, after):
            return False
        behind = self._details(after)
        following = _BEGINNING.search(self.outer.text, behind.end)
        return behind.whole and not (following and _is_beside(self.outer.text, behind.end, following.start()))

    def _details(self, start: int) -> _Object:
        """The dict behind the header; one that was never closed ends before the header of the next post."""
        text = self.outer.text
        own = _BEGINNING.match(text, start)
        following = _ANOTHER.search(text, own.end() if own and own["brace"] else start)
        if own and own["brace"] and following and not following["brace"] and following["key"] != own["key"]:
            # The other key of the same header.
            following = _ANOTHER.search(text, following.end())
        match = _OPENING.match(text, start) or _DICT.search(text, start, following.start() if following else len(text))
        if match is None:
            return _Object(None, start, start, [], whole=False)
        opening = match.end() - 1
        reading = self._dict(opening, following.start() if following else len(text))
        problems = [problem for problem in reading.problems if problem.kind is not Fault.TRUNCATED]
        if reading.node is None or reading.node.kind is not Kind.DICT:
            return _Object(None, opening, max(match.end(), reading.end), problems, whole=False)
        return _Object(reading.node, opening, reading.end, problems, reading.complete)

    def _dict(self, opening: int, following: int) -> Reading:
        """The dict that begins at a place; lines in it that look like a header are its own where it is closed behind them."""
        text = self.outer.text
        reading = read_literal(text, opening, end=following if opening < following else None)
        if reading.complete or not opening < following < len(text) or self.patience <= 0:
            return reading
        longer = read_literal(text, opening, end=following + self.patience)
        if longer.complete:
            return longer
        self.patience -= longer.end - following
        return reading

    def _prose(self, place: str, *stretches: tuple[int, int]) -> list[Value]:
        text = self.outer.text
        return [
            Value(text[a:b], "prose", place, Passage.of(text[a:b], a), self.outer, self.source)
            for a, b in stretches
            if text[a:b].strip()
        ]


def _gap(text: str, end: int, header: int) -> int:
    """Where the next post's prose begins: after the first empty line behind the dict, else right behind it."""
    blank = _BLANK_LINE.search(text, end, header)
    return blank.end() if blank else end


def _under(key: str, value: Value) -> Value:
    path = key + value.path if value.path.startswith("[") or not value.path else f"{key}.{value.path}"
    return Value(value.text, path, value.place, value.passage, value.outer, value.source, value.complete)
