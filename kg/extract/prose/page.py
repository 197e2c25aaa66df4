"""The words of a document: what of a page, a Markdown text or a plain text is prose, and where it stands.

What an HTML page says is told from its menus and footers by trafilatura (extra `prose`); where each paragraph stands, by
the parser of the standard library, since a quote needs its place in the file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.errors import DocumentError
from kg.extract.markup import PageParser
from kg.extract.passage import Passage, PassageBuilder, composed, unescape_html
from kg.extract.prose.heads import clipping, head, source_line
from kg.extract.prose.imprint import DAY, Imprint, imprint
from kg.extract.prose.markdown import headline, prose_of, shown_of, without_items
from kg.extract.prose.page_head import page_head
from kg.extract.prose.stories import stories
from kg.patterns import regex

if TYPE_CHECKING:
    from kg.extract.prose.heads import Head
    from kg.model import Document

_LONGEST: Final = 20_000_000
"""Characters of a page."""
_MOST_OPEN: Final = 1_000
"""Tags that never end: the parser looks for the end of each through the rest of the page."""
_HTML: Final = regex(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html|head|body|article|main|div|p|h1|section)\b", re.IGNORECASE
)
_WHOLE_PAGE: Final = regex(r"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
"""How a page begins that only its name calls Markdown; any other tag may begin a Markdown text too."""
_BLOCKS: Final = frozenset(
    """
    p h1 h2 h3 h4 h5 h6 li td th blockquote pre div section article main figcaption dd dt br ul ol table tr header
    footer nav aside form body title caption
    """.split()
)
_SILENT: Final = frozenset({"script", "style", "template", "noscript", "svg", "head", "textarea", "select", "button"})
_HEADLINES: Final = ("h1", "title")
_NOT_SAID: Final = regex(r"[^\w]+")
_MARKDOWN: Final = regex(r"\.(?:mdx?|markdown|mdown|mkd)\Z", re.IGNORECASE)
_PAGE_NAME: Final = regex(r"\.x?html?\Z", re.IGNORECASE)
_WRAP: Final = regex(
    r"(?<![\n.!?:])[ \t]?\r?\n(?=[^\s\-*•#>|\d])(?!(?:dated?|posted|published|publication)[a-z ]{0,12}:)", re.IGNORECASE
)
_SHORTEST_WRAPPED: Final = 50
_LONGEST_WRAPPED: Final = 160


class Page(NamedTuple):
    """The words of a document, marks, menus and what stands at its head left out, its headline, and where it is from.

    The headline is None where no mark says that it is one. Of a text that collects stories the words are what is told beside them.
    """

    words: Passage
    headline: Passage | None
    imprint: Imprint
    stories: tuple[Page, ...] = ()


def prose(document: Document) -> Page:
    """Return the words of a document, with the place of each.

    Raises:
        DocumentError: the page is too large or broken, or it is a page and trafilatura is not installed.
    """
    text = document.text
    is_markdown = _MARKDOWN.search(document.name) is not None
    told = head(text, has_front=is_markdown or _PAGE_NAME.search(document.name) is not None)
    if (_WHOLE_PAGE if is_markdown else _HTML).match(text[told.end : told.end + 2_000]):
        # With blanks in place of its head, all places in a page are those in the document.
        page = _of_page(document.name, " " * told.end + text[told.end :], has_menus=not told.end)
        title, found = _title(told, text) or page.headline, imprint(told.fields) if told.end else page.imprint
        return page._replace(headline=title, imprint=found)
    whole = Passage.of(text[told.end :], told.end)
    found = imprint([*told.fields, *source_line(text), *(clipping(text) if is_markdown else ())])
    title = _title(told, text)
    if not is_markdown:
        return Page(_unwrapped(whole), title, found)
    shown = shown_of(whole)
    collected, rest = stories(shown)
    # A story without a day is of that of what collects it; who publishes that need not have told it.
    days = [one for one in told.fields if one[0] == DAY]
    each = (Page(_lines(story.words), prose_of(story.title), imprint([*story.fields, *days])) for story in collected)
    return Page(_lines(rest), headline(rest) or title, found, tuple(each))


def _lines(passage: Passage) -> Passage:
    """The words of a part of a Markdown text."""
    return without_items(_unwrapped(prose_of(passage)))


def _title(told: Head, text: str) -> Passage | None:
    """What the head of a text calls it."""
    return Passage.of(text[slice(*told.title.span)], told.title.span[0]) if told.title else None


def _unwrapped(passage: Passage) -> Passage:
    """The text with a blank for every line end that only keeps lines short."""
    edits = []
    for match in _WRAP.finditer(passage.text):
        start = passage.text.rfind("\n", max(0, match.start() - _LONGEST_WRAPPED - 1), match.start()) + 1
        if _SHORTEST_WRAPPED <= match.start() - start <= _LONGEST_WRAPPED:
            edits.append((*match.span(), " "))
    return passage.replaced(edits)


def _of_page(name: str, text: str, *, has_menus: bool) -> Page:
    """What a page says, without its menus, advertisements and footers; all of it where none of that is found and it has none of those."""
    if len(text) > _LONGEST:
        raise DocumentError(name, f"is a page of more than {_LONGEST:,} characters")
    if any(text.count(opening, text.rfind(end) + 1) > _MOST_OPEN for opening, end in (("<", ">"), ("<!--", "-->"))):
        raise DocumentError(name, f"has more than {_MOST_OPEN:,} tags or comments that never end")
    said = _said(name, text)
    reader = _Blocks(text)
    reader.feed(text)
    reader.close()
    reader.end_block()
    blocks = [block for block in reader.blocks if _letters(composed(block).text) in said]
    builder, anchor = PassageBuilder(), 0
    for block in blocks if blocks or has_menus else reader.blocks:
        anchor = anchor or block.span(0, 0)[0]
        builder.copy(block, 0, len(block))
        builder.add("\n", *block.span(len(block), len(block)))
    headline = reader.headlines.get("h1") or reader.headlines.get("title")
    return Page(builder.passage(anchor), headline, imprint(page_head(text)))


def _said(name: str, text: str) -> frozenset[str]:
    """The paragraphs of a page that are its article, as bare letters and digits."""
    try:
        import trafilatura  # noqa: PLC0415 - an extra, and slow to import
    except ImportError:
        raise DocumentError(
            name, "is an HTML page: reading one needs trafilatura (pip install 'breachkg[prose]')"
        ) from None
    found = trafilatura.extract(text.lstrip(), include_comments=False, include_tables=True, deduplicate=False) or ""
    return frozenset(_letters(line) for line in found.splitlines()) - {""}


def _letters(text: str) -> str:
    return _NOT_SAID.sub("", text).casefold()


class _Blocks(PageParser):
    """Takes a page apart into its blocks of text, each with its place."""

    def __init__(self, source: str) -> None:
        super().__init__(source, convert_charrefs=False)
        self.blocks: list[Passage] = []
        self.headlines: dict[str, Passage] = {}
        self._tag = ""
        self._builder = PassageBuilder()
        self._start = 0
        self._silent = 0

    def end_block(self) -> None:
        """End the block that is being read."""
        if self._builder.length:
            block = unescape_html(self._builder.passage(self._start)).strip()
            if block.text:
                block = _on_one_line(block)
                if self._tag in _HEADLINES:
                    self.headlines.setdefault(self._tag, block)
                if self._tag != "title":  # what a window is called is not on the page
                    self.blocks.append(block)
            self._builder = PassageBuilder()
        self._tag = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Begin a block, or what is not shown."""
        if tag in _BLOCKS:
            self.end_block()
            self._tag = tag
        self._silent += tag in _SILENT

    def handle_endtag(self, tag: str) -> None:
        """End a block, or what is not shown."""
        if tag in _BLOCKS:
            self.end_block()
        self._silent = max(0, self._silent - (tag in _SILENT))

    def handle_data(self, data: str) -> None:
        """Take in text."""
        self._take(len(data))

    def handle_entityref(self, name: str) -> None:
        """Take in an entity, as it is printed."""
        self._take(self._length(len(name) + 1))

    def handle_charref(self, name: str) -> None:
        """Take in a character reference, as it is printed."""
        self._take(self._length(len(name) + 2))

    def _length(self, least: int) -> int:
        """How long a reference is, its semicolon counted where it has one."""
        at = self.place()
        return least + (self.source[at + least : at + least + 1] == ";")

    def _take(self, length: int) -> None:
        if not self._silent or self._tag == "title":
            at = self.place()
            self._start = self._start if self._builder.length else at
            self._builder.add(self.source[at : at + length], at, at + length)


def _on_one_line(block: Passage) -> Passage:
    """A block with one blank for any white space in it."""
    return block.replaced((*match.span(), " ") for match in re.finditer(r"\s{2,}|[\n\r\t\xa0]", block.text))
