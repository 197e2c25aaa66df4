from __future__ import annotations

import re

import pytest
from documents import post, table

from kg.errors import UnreadableError
from kg.store import open_store
from kg.store.files import serialize
from kg.validate.findings import Result
from kg.validate.quotes import held_against_texts
from kg.vocabulary import NS

FILES = {
    "a.txt": post(prose="“Birch” – naïve 😀 quotes.", customers=("Alder Läbs", "Other Co")),
    "t.csv": table("A,B,,,,"),
}


@pytest.fixture
def changed(build, tmp_path):
    """A function: a pattern and what stands for its first match in the N-Quads of a store -> the changed store."""

    def opened(pattern, new):
        text, count = re.subn(pattern, new, serialize(build(FILES).store.quads, ".nq"), count=1)
        assert count == 1
        (tmp_path / "changed.nq").write_text(text, "utf-8")
        return open_store(tmp_path / "changed.nq")

    return opened


def test_every_quote_of_a_build_stands_in_its_document(build):
    store = build(FILES).store
    assert len(store.find(graph=held_claims_graph(store))) > 10
    assert held_against_texts(store) == (set(), [])


def held_claims_graph(store):
    return next(iter(store.manifest["documents"].values()))["graph"]


def test_another_quote_is_found_with_what_stands_there(changed, tmp_path):
    store = changed(
        rf'(<[^>]*/claim/[^>]*>) <{NS}quote> "Birch Annotation" (<[^>]*/graph/)',
        rf'\1 <{NS}quote> "Birch Annotatiom" \2',
    )
    (result,), missing = held_against_texts(store, [tmp_path / "documents"])
    assert (result.check, result.value, missing) == ("quote-in-text", "Birch Annotation", [])
    assert "/claim/" in result.node


@pytest.mark.parametrize(("end", "start"), [("99999", None), ("0", "5"), ("3", "-2")])
def test_a_span_outside_the_text_is_found(changed, tmp_path, end, start):
    store = changed(rf'<{NS}quoteEnd> "\d+"', f'<{NS}quoteEnd> "{end}"')
    if start:
        (claim,) = [
            q.subject.value for q in store.quads if q.predicate.value == NS + "quoteEnd" and q.object.value == end
        ]
        text = serialize(store.quads, ".nq")
        text = re.sub(rf'(<{re.escape(claim)}> <{NS}quoteStart>) "\d+"', rf'\1 "{start}"', text)
        (tmp_path / "again.nq").write_text(text, "utf-8")
        store = open_store(tmp_path / "again.nq")
    found, _ = held_against_texts(store, [tmp_path / "documents"])
    (result,) = found
    assert result.check == "span-in-text"
    texts = {str(len((tmp_path / "documents" / name).read_bytes().decode())) for name in FILES}
    assert result.value in texts


@pytest.mark.parametrize("end", ["soon", "1.5", "9" * 40])
def test_a_span_that_is_no_number_is_left_to_the_shapes(changed, tmp_path, end):
    store = changed(rf'<{NS}quoteEnd> "\d+"', f'<{NS}quoteEnd> "{end}"')
    assert held_against_texts(store, [tmp_path / "documents"]) == (set(), [])


def test_a_document_that_has_changed_is_not_held_against(build, tmp_path):
    store = build(FILES).store
    (tmp_path / "documents" / "a.txt").write_text(FILES["a.txt"] + "more\n", "utf-8")
    (tmp_path / "documents" / "t.csv").unlink()
    found, missing = held_against_texts(store)
    assert found == set()
    assert len(missing) == 2


def test_without_its_evidence_no_quote_of_a_graph_is_checked(build, tmp_path):
    graph = build(FILES)
    graph.export("turtle", tmp_path / "g.ttl")
    found, missing = held_against_texts(open_store(tmp_path / "g.ttl"), [tmp_path / "documents"])
    assert (found, missing) == (set(), sorted(entry["graph"] for entry in graph.store.manifest["documents"].values()))


def test_a_document_that_has_moved_is_found_by_its_bytes(build, tmp_path):
    store = build(FILES).store
    (tmp_path / "documents").rename(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "broken.bin").write_bytes(b"\0")
    assert len(held_against_texts(store)[1]) == 2
    assert held_against_texts(store, [tmp_path / "elsewhere"]) == (set(), [])
    with pytest.raises(UnreadableError):
        held_against_texts(store, [tmp_path / "nowhere"])


def test_results_are_comparable():
    assert Result("a", "n") < Result("a", "n", "v") < Result("b", "a")
