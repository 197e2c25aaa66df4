"""The query operation of the SPARQL 1.1 Protocol: what a request asks for (W3C Recommendation 2013, section 2.1)."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import Message
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import pyoxigraph as ox

from kg.serve.refusal import RefusalError

if TYPE_CHECKING:
    from collections.abc import Sequence

FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
METHODS = "GET, HEAD, POST, OPTIONS"
_FIELDS = 2000
_REST = frozenset(["query", "default-graph-uri", "named-graph-uri", "max-rows", "update"])


@dataclass(frozen=True, slots=True)
class Asked:
    """One query, as a request puts it.

    Attributes:
        text: the query.
        default: IRIs of the graphs that make up its default graph.
        named: IRIs of its named graphs.
        rows: rows that are enough (an extension: `max-rows`); None for all.
    """

    text: str
    default: tuple[ox.NamedNode, ...]
    named: tuple[ox.NamedNode, ...]
    rows: int | None

    @property
    def dataset(self) -> dict[str, list[ox.NamedNode]]:
        """The engine's options that say which graphs there are, where the request does; FROM is then passed over."""
        if not self.default and not self.named:
            return {}
        return {"default_graph": list(self.default), "named_graphs": list(self.named)}


def asked(method: str, address: bytes, content_type: str, body: bytes) -> Asked | None:
    """Return what a request asks for; None for a GET without any of its parameters.

    Args:
        method: GET, HEAD or POST.
        address: what follows the question mark.
        content_type: the header of that name, "" for none.
        body: what the request holds.

    Raises:
        RefusalError: it is malformed, or in a form that is not taken.
    """
    fields = _fields(address)
    if method != "POST":
        return _asked(fields) if any(name in _REST for name, _ in fields) else None
    kind = _media_type(content_type)
    if kind == FORM:
        return _asked([*fields, *_fields(body)])
    if kind == QUERY:
        if any(name == "query" for name, _ in fields):
            raise RefusalError(400, "the query is in the body, and in the address too")
        return _asked([*fields, ("query", _utf8(body))])
    raise RefusalError(415, f"a query is posted as {FORM} or {QUERY}, in UTF-8", {"Accept-Post": f"{FORM}, {QUERY}"})


def _media_type(header: str) -> str:
    """The media type; "" for one in another encoding than UTF-8, or for what is none."""
    message = Message()
    message["Content-Type"] = header.replace("\r", " ").replace("\n", " ")
    if str(message.get_param("charset", "utf-8")).lower() not in {"utf-8", "utf8"} or "/" not in header:
        return ""
    return message.get_content_type()


def _utf8(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusalError(400, f"the request is not UTF-8: byte {error.start}") from error


def _fields(data: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(_utf8(data), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except ValueError as error:
        raise RefusalError(400, "the parameters are not UTF-8, or there are too many") from error


def _asked(fields: Sequence[tuple[str, str]]) -> Asked:
    texts = [value for name, value in fields if name == "query"]
    if any(name == "update" for name, _ in fields):
        raise RefusalError(400, "an update is refused: the store is only read here")
    if len(texts) != 1:
        raise RefusalError(400, f"a request has one query, not {len(texts)}")
    return Asked(texts[0], _graphs(fields, "default-graph-uri"), _graphs(fields, "named-graph-uri"), _rows(fields))


def _graphs(fields: Sequence[tuple[str, str]], wanted: str) -> tuple[ox.NamedNode, ...]:
    try:
        return tuple(ox.NamedNode(value) for name, value in fields if name == wanted)
    except ValueError as error:
        raise RefusalError(400, f"{wanted} is no IRI: {' '.join(str(error).split())[:200]}") from error


def _rows(fields: Sequence[tuple[str, str]]) -> int | None:
    given = [value for name, value in fields if name == "max-rows"]
    if not given:
        return None
    if len(given) > 1 or not given[0].isascii() or not given[0].isdigit() or not int(given[0][:10]) > 0:
        raise RefusalError(400, "max-rows is one whole number above 0")
    return int(given[0][:10])
