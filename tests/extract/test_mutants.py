"""Bytes of own-words tables, changed at random: whatever comes out, it is records and reasons, soon."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from kg.errors import DocumentError
from kg.extract.mapped.extractor import mapped
from kg.extract.portal.extractor import PortalExtractor
from kg.extract.reading import document
from kg.extract.suppliers.extractor import SupplierTableExtractor
from kg.rdf import evidence_graph

FEEDS = Path(__file__).resolve().parents[2] / "examples" / "feeds"
CASES = {
    "sub-processors.md": SupplierTableExtractor(),
    "sub-processors.html": SupplierTableExtractor(),
    "../suppliers.csv": SupplierTableExtractor(),
    "breach-portal.csv": PortalExtractor(),
    "incidents.csv": mapped(FEEDS / "incidents.toml"),
}
BITS = [b'"', b",", b"\n", b"\r", b"|", b";", b"<", b">", b"<td", b"</table>", b"&amp", b"(", b")", b"[", b"\\", b"*", b"\t", b"0", b"A", b"-", b"\xff", b"\0", "\u202e".encode()]  # fmt: skip


def mutants(data, count, seed):
    maker = random.Random(seed)
    for _ in range(count):
        made = bytearray(data)
        for _ in range(maker.randrange(1, 10)):
            at = maker.randrange(len(made))
            match maker.randrange(4):
                case 0:
                    made[at : at + 1] = maker.choice(BITS)
                case 1:
                    del made[at : at + maker.randrange(1, 100)]
                case 2:
                    made[at:at] = maker.choice(BITS) * maker.randrange(1, 40)
                case _:
                    made[at:at] = made[max(0, at - 200) : at]
        if made:
            yield bytes(made)


@pytest.mark.parametrize("name", CASES)
def test_a_hundred_mutants(name):
    extractor = CASES[name]
    for data in mutants((FEEDS / name).read_bytes(), 100, seed=7):
        began = time.monotonic()
        try:
            text = document(Path(name).name, data)
            extractor.recognizes(text)
            graph = evidence_graph(text, extractor.name, extractor.version, extractor.extract(text))
        except DocumentError as error:
            assert error.reason
            continue
        assert all(defect.reason for defect in graph.defects)
        for subject, predicate, obj in graph.triples:
            assert subject and predicate and obj  # noqa: PT018 - one statement
        assert time.monotonic() - began < 20
