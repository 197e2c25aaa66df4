"""Incident reports in prose: plain text, Markdown, or an HTML article, read by a model trained on texts of our own.

The way of a text: `page` takes the words out of the markup (`markdown` out of that of Markdown, `stories` one by one where it collects several), `heads` and `page_head` what says where the text is from (`imprint`); `kg.extract.tokens` parts them; `spotting` shows each to the taggers of
`tagging`; `naming`, `parties`, `products` and `references` put together the names of one party and what refers back to them in a `context`; `encoder`
says what each word means where it stands, and `network` what follows for the parties and dates; `facts` says what stands around counts, data and
responses; `judging` asks them all, and `dating` and `acting` say what plain words make of dates and
responses; `turning` which relations it has the wrong way round; `sparing` who was spared, whatever else is likely, and `excepting` who is taken out of what is told of others; `showing` which words show a relation, `standing` which relationships were suspended or had ended; `denying` which incidents are denied or left open, `doubting` what only may have happened; `deciding` keeps what is likely enough and contradicts nothing, `responding` of the responses; `parting` parts several incidents;
`telling` writes each, and `continuing` brings together what the parts of a long text tell of one. `beside` adds what it finds in the prose of records that have fields. `trained` reads the model, `digest` names it, `MODEL.md` says where it comes from and how good it is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.errors import DocumentError, KGError, UnreadableError
from kg.extract.llm.asked import fingerprint
from kg.extract.prose.digest import digest
from kg.model import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.extract.passage import Passage
    from kg.extract.prose.page import Page
    from kg.extract.prose.telling import Prove
    from kg.model import Defect, Document, Extracted, Incident, Span


class ProseExtractor:
    """Reads incident reports in prose, and the prose of posts beside their fields; only where it is asked for by name, since any text is prose."""

    name = "prose"
    description = "Incident reports in prose (plain text, Markdown, HTML articles), and posts with their prose; only with --input-format prose."

    @property
    def version(self) -> str:
        """That of the reader, of the reader of posts, and of the model that the environment names, if it names one."""
        from kg.extract.post.extractor import PostExtractor

        asked = fingerprint()
        return f"28-{digest()}-{PostExtractor.name}{PostExtractor.version}{'-' + asked if asked else ''}"

    def recognizes(self, document: Document) -> bool:  # noqa: ARG002 - the fallback claims nothing
        """Return False: a README is prose too."""
        return False

    def extract(self, document: Document) -> Iterator[Extracted]:
        """Yield the incidents that the text tells of; those of a format with fields, with what the prose adds to each.

        Raises:
            DocumentError: a page cannot be read, or a model is to be asked and cannot be: its extra is not installed, or its settings are none.
        """
        from kg.extract.post.extractor import PostExtractor
        from kg.extract.prose.beside import supplemented
        from kg.extract.prose.continuing import continued
        from kg.extract.prose.page import prose

        try:
            if (posts := PostExtractor()).recognizes(document):
                yield from supplemented(posts.accounts(document), _told)
                return
            page = prose(document)
            found, defects = _of_page(page, document)
            for story in page.stories:
                further, more = _of_page(story, document)
                found, defects = continued(found, further), defects + more
        except DocumentError:
            raise
        except KGError as error:
            raise UnreadableError(document.name, str(error)) from error
        yield from found
        yield from defects


def _of_page(page: Page, document: Document) -> tuple[list[Incident], list[Defect]]:
    """The incidents of a text, or of a story of one, each with where it is from, and what of them could not be used."""
    from kg.extract.prose.imprint import signed

    def prove(start: int, end: int) -> Evidence:
        return _quoted(document, page.words.span(start, end))

    found, defects = _told(page.words.text, prove)
    if page.headline:
        found = _headed(list(found), page.headline, document)
    return [signed(one, page.imprint, document) for one in found], defects


def _quoted(document: Document, span: Span) -> Evidence:
    return Evidence(document.text[slice(*span)], span, "text")


def _headed(found: Sequence[Incident], headline: Passage, document: Document) -> Sequence[Incident]:
    """The incidents of a document under its headline, where there is one; of several it is not known whose it is."""
    from kg.extract.passage import composed
    from kg.extract.prose.telling import brief

    if len(found) != 1:
        return found
    (one,) = found
    proof = replace(_quoted(document, headline.span(0, len(headline))), certainty=one.certainty)
    evidence = one.evidence if proof.span == one.evidence[0].span else (*one.evidence, proof)
    return [replace(one, title=brief(composed(headline).text), evidence=evidence)]


def _told(text: str, prove: Prove) -> tuple[Iterable[Incident], list[Defect]]:
    """The incidents of a text, with what a model at an endpoint adds where one is to be asked, and what of that could not be used."""
    from kg.extract.llm.service import service
    from kg.extract.passage import Passage, composed
    from kg.extract.prose.decided import Thresholds
    from kg.extract.prose.telling import incidents, parts
    from kg.extract.prose.trained import load

    passage = composed(Passage.of(text))

    def proven(start: int, end: int) -> Evidence:
        return prove(*passage.span(start, end))

    own = incidents(passage.text, load(), Thresholds(), proven)
    asked = service()
    if asked is None:
        return own, []
    from kg.extract.llm.joining import joined
    from kg.extract.llm.reading import pointed_at

    told, defects = pointed_at(passage.text, parts(passage.text), proven, asked)
    return joined(list(own), told), defects
