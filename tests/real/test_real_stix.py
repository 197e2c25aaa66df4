"""The real STIX bundles: every object comes to an end, and no byte that changes makes the reader fail."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from documents import mutants

import kg
from kg.extract import choose
from kg.extract.reading import document
from kg.extract.stix.extractor import StixExtractor
from kg.model import Defect
from kg.rdf import evidence_graph

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "stix"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the folder shared/data is not beside this checkout")
FILES = sorted(DATA.glob("*.json")) if DATA.is_dir() else []


def objects(path):
    """The objects of a file as the standard library reads them."""
    told = json.loads(path.read_text("utf-8"))
    return told["objects"] if told["type"] == "bundle" else [told]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_object_comes_to_an_end(path):
    text = document(path.name, path.read_bytes())
    assert choose(text).name == "stix"
    found = list(StixExtractor().extract(text))
    # None of these bundles tells of a victim, a vendor or a customer: every object is set aside, each once.
    assert all(isinstance(told, Defect) for told in found)
    alone = len(objects(path)) == 1 and "objects" not in json.loads(path.read_text("utf-8"))
    places = Counter(told.place for told in found)
    assert places == Counter(["record 1"] if alone else [f"/objects/{at}" for at in range(len(objects(path)))])


def test_the_report_counts_them_all(tmp_path):
    graph = kg.build(DATA, tmp_path / "s.kg")
    kind = graph.report.by_kind["stix"]
    assert kind["records"] + kind["quarantined"] == sum(len(objects(path)) for path in FILES)
    assert [row["document"] for row in graph.report.skipped_documents] == ["LICENSE"]


@pytest.mark.slow
def test_mutants_of_the_real_bundles_never_make_it_fail():
    for mutant in mutants([path.read_text("utf-8") for path in FILES], 2000, seed=11):
        text = document("m.json", mutant.replace("\0", " ").encode())
        StixExtractor().recognizes(text)
        graph = evidence_graph(text, "stix", "1", StixExtractor().extract(text))
        assert all("cannot be used" not in defect.reason for defect in graph.defects)
