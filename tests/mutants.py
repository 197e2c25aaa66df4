"""Documents changed at random, and what has to hold of whatever an extractor makes of them."""

from __future__ import annotations

import random
import time

from kg.errors import DocumentError
from kg.extract.reading import document
from kg.model import Defect
from kg.rdf import evidence_graph

BITS = [b'"', b",", b"\n", b"\r", b"|", b"#", b"`", b"<", b">", b"<!--", b"```", b"](", b"{", b"}", b"[", b"]", b"\\", b"\\u", b"*", b"?", b"&amp;", b"...", b"0", b"A", b"-", b"null", b"1e5", b"\xff", b"\0", b"\xe2\x80\xae"]  # fmt: skip
SLOW = 20
"""Seconds; ten times what the slowest takes."""


def mutants(data, count, seed):
    maker = random.Random(seed)
    for _ in range(count):
        made = bytearray(data)
        for _ in range(maker.randrange(1, 8)):
            at = maker.randrange(len(made) or 1)
            match maker.randrange(5):
                case 0:
                    made[at : at + 1] = bytes([maker.randrange(256)])
                case 1:
                    del made[at : at + maker.randrange(1, 120)]
                case 2:
                    made[at:at] = maker.choice(BITS) * maker.randrange(1, 30)
                case 3:
                    made[at:at] = made[max(0, at - 300) : at]
                case _:
                    made[at : at + 1] = maker.choice(BITS)
        yield bytes(made)


def proofs(record):
    """Every piece of evidence of a record."""
    for field in record.__dataclass_fields__:
        value = getattr(record, field)
        for part in value if isinstance(value, tuple) else ():
            yield from getattr(part, "evidence", ())


def check(extractor, text):
    """Read a document and assert that each record can be written, each defect has a reason, each quote its place."""
    began = time.monotonic()
    extractor.recognizes(text)
    found = list(extractor.extract(text))
    graph = evidence_graph(text, extractor.name, extractor.version, found)
    assert len(graph.defects) == sum(isinstance(one, Defect) for one in found), graph.defects
    for one in found:
        if isinstance(one, Defect):
            assert one.reason
            assert "\n" not in one.place + one.reason
            continue
        assert one.id
        for proof in proofs(one):
            assert text.text[slice(*proof.span)] == proof.quote != ""
    assert time.monotonic() - began < SLOW
    return found


def check_mutants(extractor, name, data, count, seed):
    for made in mutants(data, count, seed):
        try:
            text = document(name, made)
        except DocumentError as error:
            assert error.reason
            continue
        check(extractor, text)
