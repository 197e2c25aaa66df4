"""Lists of suppliers that are no tables: the items of a page in HTML, or of a text in Markdown, below a heading that says so.

An item is a name, and behind a dash, a colon, a bracket or a line break what the supplier is used for.
"""

from __future__ import annotations

import re
from functools import partial
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from kg.extract.suppliers.remarks import BRACKET, opens_bracket
from kg.extract.suppliers.sections import is_change
from kg.extract.suppliers.titles import around, is_kind, looked_at, state
from kg.extract.suppliers.words import LISTED
from kg.extract.tabular.html_table import never_ends
from kg.extract.tabular.json_table import is_json
from kg.extract.tabular.markdown_table import plain_text
from kg.extract.tabular.row import LEAD, LONGEST_LEAD, MOST_TITLES, Row, Table, Text, plain
from kg.model import Defect
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kg.model import Document, Span

    _Found = tuple[list[Text], list["_Item"]]

_LONGEST = 2_000_000
"""Characters of a page."""
_HEADER = ("Sub-processor", "Purpose")
_LONGEST_NAME, _MOST_WORDS = 100, 9
_LONGEST_LINE = 10_000
"""Characters of a line of Markdown that are looked at."""
_FEWEST = 2
_FEWEST_GROUPED = 3
"""Items below headings that name kinds of suppliers only, in all, where no heading next above a list says what is listed."""
_MARKED = regex(r"^[ \t]*+(?:[-*+•‣▪]|\d{1,3}[.)])[ \t]|<(?:li|dt)\b", re.MULTILINE | re.IGNORECASE)
_BETWEEN = regex(r"[\s_-]+")
_PAGE = regex(r"<(?:li|dt)\b", re.IGNORECASE)
_ITEM = regex(r"([ \t]*)(?:[-*+•‣▪]|\d{1,3}[.)])[ \t]++(\S.*)")
_HEADING = regex(r"(?: {0,3}(?P<marks>#{1,6})[ \t]++|\*\*|__)(?P<told>\S.*)")
_BOLD_LEVEL = 6
"""The rank of a line in bold: below all headings."""
_LINE = regex(r"[^\r\n]*")
_PARTED = regex(r"\s*\n\s*|\s+[–—-]{1,2}\s+|[–—]|:\s+")
_COMMA = regex(r",\s+(?=[a-zß-ÿ])")
_NAME = regex(r"[A-Z0-9À-Þ]|[a-z]+(?:[A-Z]|\.[a-z])")
_SENTENCE = regex(r"[.!?]\s+[A-Z].*[.!?]\Z|\b(?:we|you|your|wir|sie|nous|vous|will|may|must|shall|werden|have|has|are)\b", re.IGNORECASE)  # fmt: skip
_ENDED = regex(r"[a-zß-ÿ]{5,}\.\Z")
_LABEL = regex(
    r"(?:purpose of processing|services provided|location of processing|data (?:processed|location|types?|categories)|categor(?:y|ies)|type|e ?mail|phone|telephone|tel|fax|address|contact|website|url|location|country|region|purpose|service|services|role|description|data|function|added|since|status|security|privacy|legal"
    r"|support|zweck|standort|sitz|adresse|telefon|finalité|pays|finalidad|doel|locatie)"
)
"""What an item begins with that tells of somebody instead of naming them."""
_ELSE = regex(
    r"\b(?:how|why|when|what|criteria|requirements?|obligations?|questions?|faq|choos\w*|select\w*|vett?\w*|assess\w*|chang\w*|object\w*|removed|former"
    r"|änder\w*|wechsel\w*|auswahl\w*|widerspr\w*|pflichten|modifi\w*|sélection\w*|comment|cambios|modifiche)\b"
)
"""Titles of lists that tell of suppliers and do not list them, or no longer."""
_BLOCKS = frozenset({"p", "div", "section", "article", "main", "td", "tr", "table", "body"})
_ASIDE = frozenset({"nav", "footer", "aside", "script", "style", "template", "noscript"})
_LISTS = frozenset({"ul", "ol", "dl"})


def supplier_lists(document: Document) -> list[Table]:
    """Return the lists of suppliers in a document as tables of names and purposes, those that are nothing but names too.

    A list is one of suppliers where the heading next above it, or the words that lead to it, name sub-processors, and most of
    its items begin with a name; an item that does not, or holds a list of its own, is a defect.
    """
    text = document.text
    if len(text) > _LONGEST or is_json(document) or not _MARKED.search(text):
        return []
    paged = _PAGE.search(text) is not None
    if not LISTED.search(_BETWEEN.sub(" ", text).casefold()) or (paged and never_ends(text)):
        return []
    reader: _Page | _Plain = _Page(text) if paged else _Plain(text)
    every = list(reader.read())
    found = _listing(every)
    tables, count = [], 0
    for at, (titles, items) in enumerate(found, 1):
        where = f"list {at}, " if len(found) > 1 else ""
        section = _section(titles)
        rows = [
            _row(text, item, count + number, f"{where}item {number}", section) for number, item in enumerate(items, 1)
        ]
        tables.append(Table(_HEADER, tuple(titles), partial(iter, rows)))
        count += len(rows)
    left = _unread(every, found) if found else []
    return [*tables, Table(_HEADER, (), partial(iter, left))] if left else tables


def _listing(every: Sequence[_Found]) -> list[_Found]:
    """The lists of suppliers among the lists of a page; those below headings of kinds and states too, if there are enough."""
    headed = [_is_list(titles, items) for titles, items in every]
    grouped = [
        not one and _is_group(titles) and _names(items) for one, (titles, items) in zip(headed, every, strict=True)
    ]
    below = [told for told, one in zip(every, grouped, strict=True) if one]
    enough = sum(len(items) for _, items in below) >= _FEWEST_GROUPED or any(
        state(_section(titles)) for titles, _ in below
    )
    if not any(headed) and not enough:
        return []
    return [told for told, one, other in zip(every, headed, grouped, strict=True) if one or other]


def _is_group(titles: Sequence[Text]) -> bool:
    """Whether the heading above a list is a kind or a state of suppliers ("Core", "No longer used"), and one above it says of whom."""
    section = _section(titles)
    return bool(section) and _below(titles)


def _below(titles: Sequence[Text]) -> bool:
    """Whether the heading above a list is a part of one that says that suppliers are listed, and says nothing else itself."""
    nearest, *others = [title for title in around(titles) if title.level] or [Text("", (0, 0))]
    if _ELSE.search(plain(nearest.text)) and not state(nearest.text):
        return False
    return any(LISTED.search(told := plain(title.text)) and not _ELSE.search(told) for title in others)


def _section(titles: Sequence[Text]) -> str:
    """The heading above a list where that is a kind or a state."""
    nearest = next((title.text for title in titles if title.level != LEAD), "")
    return nearest if is_kind(nearest) or state(nearest) else ""


def begins_with_name(told: str) -> bool:
    """Return whether a text is, or begins with, a name of somebody, and no label of what is told of one."""
    return bool(_parted(told)[0]) and not is_label(told)


def is_label(told: str) -> bool:
    """Return whether a text is a label of what is told of somebody ("Purpose")."""
    return len(told) <= _LONGEST_NAME and _LABEL.fullmatch(plain(told)) is not None


def _tells_changes(items: Sequence[_Item]) -> bool:
    """Whether a list tells in words who was added and removed."""
    return bool(items) and 2 * sum(is_change(item.text().text) for item in items) >= len(items)


def _unread(every: Sequence[_Found], found: Sequence[_Found]) -> list[Defect]:
    """What is said of the lists of a page that look like those of suppliers, or tell of changes to them, and are not read."""
    left: list[Defect] = []
    read = {id(items) for _, items in found}
    for at, (titles, items) in enumerate(every, 1):
        if _tells_changes(items):
            left.append(
                Defect(f"list {at} of the page", "tells in words how suppliers came and went, which is not read")
            )
        elif id(items) not in read and len(items) >= _FEWEST and _names(items) and _below(titles):
            left.append(Defect(f"list {at} of the page", "its heading does not say that it lists suppliers"))
    return left


class _Item:
    """An item being read: what it says, its characters, and whether there is a list in it."""

    def __init__(self, start: int) -> None:
        self.parts: list[str] = []
        self.start, self.end, self.holds_list = start, start, False

    def text(self) -> Text:
        lines = (" ".join(line.split()) for line in "".join(self.parts).split("\n"))
        return Text("\n".join(filter(None, lines)), (self.start, self.end))


def _is_list(titles: Sequence[Text], items: Sequence[_Item]) -> bool:
    """Whether the nearest title says that suppliers are listed, and most items begin with a name."""
    title = plain(titles[0].text) if titles else ""
    if not LISTED.search(title) or (_ELSE.search(title) and not state(title)):
        return False
    return len(items) >= _FEWEST and _names(items)


def _names(items: Sequence[_Item]) -> bool:
    """Whether most items begin with a name, few with what they tell of one ("Purpose: hosting"), and none with who came and went."""
    named = [name for item in items if not item.holds_list and (name := _parted(item.text().text)[0])]
    said = sum(map(is_label, named))
    return 2 * (len(named) - said) > len(items) and not _tells_changes(items)


def _parted(told: str) -> tuple[str, int]:
    """The name that an item begins with, "" where it begins with none, and where in it the purpose begins."""
    bare = BRACKET.sub(lambda match: "x" * len(match[0]), told) if opens_bracket(told) else told
    match = _PARTED.search(bare, 1) or _COMMA.search(bare)
    name, behind = (told[: match.start()], match.end()) if match else (told, len(told))
    head = BRACKET.sub("", name) if bare is not told else name
    fits = len(head) <= _LONGEST_NAME and len(head.split()) <= _MOST_WORDS and _NAME.match(head)
    says = _SENTENCE.search(head) or (len(head.split()) > _FEWEST and _ENDED.search(head))
    return (name if fits and not says else ""), behind


def _row(text: str, item: _Item, number: int, place: str, section: str) -> Row | Defect:
    told, span, _ = item.text()
    name, behind = _parted(told)
    if item.holds_list or not name:
        return Defect(place, "holds a list of its own" if item.holds_list else "does not begin with a name")
    spans: list[Span] = [span, span]
    if text[slice(*span)] == told:
        spans = [(span[0], span[0] + len(name)), (span[0] + behind, span[1])]
    cells = [name, ", ".join(told[behind:].split("\n"))]
    return Row(number, place, cells, text, span, _HEADER, partial(_same, spans), section)


def _same(spans: list[Span], _: Row) -> list[Span]:
    return spans


class _Page(HTMLParser):
    """Reads the lists of a page, each with the titles above it, the nearest first."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.source = text
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self.found: list[_Found] = []
        self.headings: list[Text] = []
        self.depth = self.aside = self.banner = 0
        self.item: _Item | None = None
        self.raised = 0
        """Where in the item raised text begins."""
        self.block = _Item(0)
        self.heading: str = ""

    def read(self) -> list[_Found]:
        self.feed(self.source)
        self.close()
        return self.found

    def place(self) -> int:
        line, offset = self.getpos()
        return self.starts[line - 1] + offset

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's signature
        if tag in _ASIDE:
            self.aside += 1
        elif tag == "header":
            self.banner += 1
        elif tag in _LISTS:
            self.depth += 1
            if self.depth == 1 and not self.aside and not self.banner:
                lead = self.block.text()._replace(level=LEAD)
                self.found.append(([*([lead] if _leads(lead) else []), *looked_at(self.headings[::-1])], []))
            elif self.item:
                self.item.holds_list = True
        elif tag in {"li", "dt"} and self.depth == 1 and self.found and not self.aside and not self.banner:
            self.item = _Item(-1)
            self.found[-1][1].append(self.item)
        elif tag == "sup" and self.item:
            self.raised = len(self.item.parts)
        elif tag in {"dd", "br"} and self.item:
            self.item.parts.append("\n")
        elif _HEADED.fullmatch(tag):
            if not self.depth and _leads(lead := self.block.text()) and len(self.headings) < MOST_TITLES:
                self.headings.append(lead._replace(level=LEAD))
            self.heading, self.block = tag, _Item(-1)
        elif tag in _BLOCKS and not self.item:
            self.block = _Item(-1)

    def handle_endtag(self, tag: str) -> None:
        if tag in _ASIDE:
            self.aside = max(0, self.aside - 1)
        elif tag == "header":
            self.banner = max(0, self.banner - 1)
        elif tag in _LISTS:
            self.depth = max(0, self.depth - 1)
            if not self.depth:
                self.item, self.block = None, _Item(-1)
        elif tag == "li" and self.depth == 1:
            self.item = None
        elif tag == "sup" and self.item and (mark := _MARK.fullmatch("".join(self.item.parts[self.raised :]))):
            self.item.parts[self.raised :] = [f"[{mark[1]}]"]
        elif tag == self.heading:
            if (told := self.block.text()).text:
                self.headings.append(told._replace(level=int(tag[1]) if tag != "title" else 0))
            self.heading, self.block = "", _Item(-1)

    def handle_data(self, data: str) -> None:
        target = self.item if self.item and self.depth == 1 else self.block if not self.depth else None
        if target is None or self.aside or (self.banner and not self.heading):
            return
        target.parts.append(re.sub(r"\s+", " ", data))
        if data.strip():
            at = self.place()
            target.start = at + len(data) - len(data.lstrip()) if target.start < 0 else target.start
            target.end = self._end(data, at)

    def _end(self, data: str, at: int) -> int:
        """Where a piece of text ends: before the next tag, as it may be longer in the page than what it says."""
        if self.source.startswith(data, at):
            return at + len(data.rstrip())
        end = self.source.find("<", at)
        return at + len(self.source[at : end if end >= 0 else len(self.source)].rstrip())


_HEADED = regex(r"h[1-6]|title")
_MARK = regex(r"\s?\(?(\d{1,3}|[a-z])\)?\s?")
"""A footnote mark, where it is raised."""


def _leads(lead: Text) -> bool:
    return 0 < len(lead.text) <= LONGEST_LEAD and LISTED.search(plain(lead.text)) is not None


class _Plain:
    """Reads the lists of a text in Markdown."""

    def __init__(self, text: str) -> None:
        self.source = text

    def read(self) -> Iterator[_Found]:
        headings: list[Text] = []
        items: list[_Item] = []
        lead, indent = Text("", (0, 0)), 0
        for match in _LINE.finditer(self.source):
            line = match[0][:_LONGEST_LINE].rstrip()
            if not line:
                continue
            if (found := _ITEM.match(line)) and (not items or len(found[1].expandtabs(4)) <= indent):
                indent = len(found[1].expandtabs(4))
                items.append(_item(found, match.start(), plain_text))
            elif found:
                items[-1].holds_list, items[-1].end = True, match.start() + len(line)
            elif items and line[:1].isspace():
                items[-1].parts.append(f" {plain_text(line)}")
                items[-1].end = match.start() + len(line)
            else:
                if items:
                    yield [*([lead] if _leads(lead) else []), *looked_at(headings[::-1])], items
                    items, lead = [], Text("", (0, 0))
                if heading := _HEADING.match(line):
                    headings += [lead] if _leads(lead) and len(headings) < MOST_TITLES else []
                    told = heading["told"].rstrip(" \t#*_")
                    start = match.start() + heading.start("told")
                    level = len(heading["marks"] or "") or _BOLD_LEVEL
                    headings.append(Text(plain_text(told), (start, start + len(told)), level))
                    lead = Text("", (0, 0))
                else:
                    lead = Text(plain_text(line), (match.start(), match.start() + len(line)), LEAD)
        if items:
            yield [*([lead] if _leads(lead) else []), *looked_at(headings[::-1])], items


def _item(found: re.Match[str], start: int, told: Callable[[str], str]) -> _Item:
    item = _Item(start + found.start(2))
    item.end = start + found.end(2)
    item.parts.append(told(found[2]))
    return item
