"""RDF texts as statements: which syntax a text is in, and its quads; nothing is fetched and no entity is expanded."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from kg.errors import UnreadableError
from kg.model import Defect
from kg.patterns import regex
from kg.vocabulary import ontology_dir

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph as ox

    from kg.model import Document

BASE = "https://document.invalid/"
"""What relative IRIs are resolved against: they name things of the document only."""
CONTEXT = "https://w3id.org/breachkg/context.jsonld"
"""The one remote context that may be named: the package has it."""
MAX_DEPTH = 100
"""Elements of RDF/XML, or values of JSON-LD, inside one another."""
MAX_BROKEN = 10_000
"""Lines of N-Quads that may be broken before the rest of the document is refused."""

_HEAD = 64 * 1024
"""Characters in which the syntax has to show."""
_COMMENTS = regex(r"(?:\s++|#[^\n]*+)*+")
_IRI = r"<[A-Za-z][A-Za-z\d+.-]*:[^\s<>\"{}|^`]*+>"
_DIRECTIVE = regex(r"@?(?:prefix\s+[^\s:<]{0,100}:\s*<|base\s+<)[^\s<>]*>", re.IGNORECASE)
_LINE = regex(rf'(?:{_IRI}|_:[^\s<>"]+)[ \t]*+{_IRI}[ \t]*+(?:<|"|_:)[^\n]*\.[ \t]*(?:#[^\n]*)?(?:\r?\n|\Z)')
_STATEMENT = regex(rf"(?:GRAPH\s+)?{_IRI}\s*+(?:\{{|a\s|<|[\w-]*:\w)", re.IGNORECASE)
_JSON_LD = regex(r'[{,]\s*"@(?:context|graph|id)"\s*:')
_RDF_XML = regex(r"<(?:[\w.-]+:)?RDF\b|\brdf:(?:about|ID|resource)\s*=")
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DECLARED = regex(r"\A\s*<\?xml[^>]*\?>")


def syntax(text: str) -> str:
    """Return "nquads", "trig", "jsonld" or "rdfxml", "" where a text is no RDF; N-Triples are N-Quads, Turtle is TriG."""
    head = text[:_HEAD].lstrip()
    if head[:1] in {"{", "["}:
        return "jsonld" if _JSON_LD.search(head) else ""
    if head.startswith("<") and _RDF in head and _RDF_XML.search(head):
        return "rdfxml"
    at = _COMMENTS.match(head)
    start = at.end() if at else 0
    if _LINE.match(head, start):
        return "nquads"
    return "trig" if _DIRECTIVE.match(head, start) or _STATEMENT.match(head, start) else ""


def quads(document: Document) -> Iterator[ox.Quad | Defect]:
    """Yield the statements of an RDF document; a broken line of N-Quads is a defect, the others are read.

    Raises:
        UnreadableError: the document is broken, names a remote context, declares entities, or is nested too deep.
    """
    kind = syntax(document.text)
    text = document.text
    if kind == "jsonld":
        text = _local(document)
    elif kind == "rdfxml":
        _guard(document)
        text = _DECLARED.sub("", text)  # it may name the encoding that the file had
    try:
        yield from parsed(text, kind)
    except SyntaxError as error:
        if kind != "nquads":
            raise UnreadableError(document.name, f"is no {_NAMES[kind]}: {_reason(error)}") from error
        yield from _lines(document.text, error)


def parsed(text: str, kind: str) -> list[ox.Quad]:
    """Return the statements of a text in a syntax.

    Raises:
        SyntaxError: it is broken.
    """
    import pyoxigraph as ox  # noqa: PLC0415 - kept out of `kg --help`

    formats = {
        "nquads": ox.RdfFormat.N_QUADS,
        "trig": ox.RdfFormat.TRIG,
        "jsonld": ox.RdfFormat.JSON_LD,
        "rdfxml": ox.RdfFormat.RDF_XML,
    }
    try:
        return list(ox.parse(text.encode("utf-8"), format=formats[kind], base_iri=BASE))
    except (ValueError, OSError) as error:
        raise SyntaxError(str(error)) from error


_NAMES = {"nquads": "N-Quads", "trig": "Turtle or TriG", "jsonld": "JSON-LD", "rdfxml": "RDF/XML"}


def _lines(text: str, error: SyntaxError) -> Iterator[ox.Quad | Defect]:
    """The statements of N-Quads of which a line is broken, line by line."""
    broken = 0
    for number, line in enumerate(text.split("\n"), 1):
        try:
            yield from parsed(line, "nquads")
        except SyntaxError as fault:
            broken += 1
            if broken > MAX_BROKEN:
                yield Defect(
                    f"line {number}", f"the rest is not read: more than {MAX_BROKEN:,} lines before are broken"
                )
                return
            yield Defect(f"line {number}", f"is no statement: {_reason(fault)}")
    if not broken:  # blank nodes may be the fault of two lines together
        yield Defect(f"line {error.lineno or 1}", f"is no statement: {_reason(error)}")


def _reason(error: SyntaxError) -> str:
    return " ".join(str(error.msg or error).split())[:200]


def _local(document: Document) -> str:
    """The text of JSON-LD with the package's own context in the place of its address; any other address is refused."""
    try:
        told = json.loads(document.text)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(document.name, f"is no JSON-LD: {' '.join(str(error).split())}") from error
    own: Any = None
    changed = False
    todo: list[tuple[Any, int]] = [(told, 1)]
    while todo:
        value, depth = todo.pop()
        if depth > MAX_DEPTH:
            raise UnreadableError(document.name, f"is nested deeper than {MAX_DEPTH} levels")
        if isinstance(value, dict):
            named = [name for name in _addresses(value) if name != CONTEXT]
            if named:
                raise UnreadableError(document.name, f"names a remote context ({named[0][:100]}), which is not fetched")
            if CONTEXT in _addresses(value):
                own = own or json.loads((ontology_dir() / "context.jsonld").read_text("utf-8"))["@context"]
                given = value["@context"]
                value["@context"] = [own if one == CONTEXT else one for one in (given if isinstance(given, list) else [given])]  # fmt: skip
                changed = True
            todo.extend((member, depth + 1) for member in value.values())
        elif isinstance(value, list):
            todo.extend((member, depth + 1) for member in value)
    return json.dumps(told) if changed else document.text


def _addresses(value: dict[str, Any]) -> list[str]:
    """The contexts that an object names by address."""
    given = value.get("@context")
    contexts = given if isinstance(given, list) else [given]
    imported = [one["@import"] for one in contexts if isinstance(one, dict) and isinstance(one.get("@import"), str)]
    return [one for one in contexts if isinstance(one, str)] + imported


def _guard(document: Document) -> None:
    """Refuse XML with a document type, which may declare entities, and elements nested too deep.

    Raises:
        UnreadableError: so it is, or it is no XML.
    """
    from xml.parsers import expat  # noqa: PLC0415 - few documents are XML

    depth = 0

    def opened(_name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise UnreadableError(document.name, f"is nested deeper than {MAX_DEPTH} elements")

    def closed(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def declared(*_: object) -> None:
        raise UnreadableError(document.name, "has a document type, which may declare entities: none is expanded")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    parser.StartDoctypeDeclHandler = declared
    try:
        parser.Parse(_DECLARED.sub("", document.text).encode("utf-8"), True)
    except expat.ExpatError as error:
        raise UnreadableError(document.name, f"is no XML: {error}") from error
