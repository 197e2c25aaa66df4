from __future__ import annotations

import pytest
from documents import lines, post

import kg
from kg.cli import main
from kg.exposure.tellings import told_twice


def told(number, title, vendors, customers, date="3/2026", **more):
    return post(f"DEM170000000{number}", title=title, vendors=vendors, customers=customers, date=date, **more)


@pytest.fixture
def store(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for number, text in enumerate(
        [
            told(1, "Birch breached", ["Birch"], ["Alder", "Cedar"]),
            told(2, "Cedar tells customers of a breach at Birch", ["Cedar"], ["Birch"], "4/2026"),
            told(3, "Birch breached again", ["Birch"], ["Dogwood"], "1/2019"),
            told(4, "Elm breached", ["Elm"], ["Alder"]),
        ]
    ):
        (folder / str(number)).write_text(text, "utf-8")
    kg.build(folder, tmp_path / "s.kg")
    return tmp_path / "s.kg"


def test_customer_and_vendor_telling_of_one_event_are_proposed_with_evidence(store):
    found = told_twice(kg.open(store).projection)
    assert [{one.left.label, one.right.label} for one in found] == [
        {"Birch breached", "Cedar tells customers of a breach at Birch"}
    ]
    assert 0.5 <= found[0].score < 0.95
    assert any("Birch was breached according to one" in words for words in found[0].evidence)


def test_they_are_one_only_by_judgement_and_apart_again_without_it(store, tmp_path, capsys):
    before = lines(store)
    one = told_twice(kg.open(store).projection)[0]
    assert main(["review", "--incidents", "--export", str(tmp_path / "q.csv"), "--store", str(store)]) == 0
    assert one.left.iri in (tmp_path / "q.csv").read_text("utf-8")
    capsys.readouterr()
    assert main(["judge", one.left.iri, one.right.iri, "same", "--store", str(store)]) == 0
    identifier = capsys.readouterr().out.split()[0]
    graph = kg.open(store)
    assert {one.left.iri, one.right.iri} & graph.projection.nodes.keys() == {min(one.left.iri, one.right.iri)}
    joined = lines(store)
    (tmp_path / "in" / "5").write_text(told(5, "Fir breached", ["Fir"], ["Alder"]), "utf-8")
    kg.build(tmp_path / "in", store)
    (tmp_path / "in" / "5").unlink()
    kg.build(tmp_path / "in", store, prune=True)
    assert lines(store) == joined, "an exchange keeps to the judgement"
    assert main(["undo", identifier, "--store", str(store)]) == 0
    assert lines(store) == before


def test_a_telling_that_goes_takes_only_its_own_words_with_it(store, tmp_path):
    one = told_twice(kg.open(store).projection)[0]
    assert main(["judge", one.left.iri, one.right.iri, "same", "--store", str(store)]) == 0
    (tmp_path / "in" / "0").unlink()
    shrunk = kg.build(tmp_path / "in", store, prune=True)
    fresh = tmp_path / "fresh.kg"
    kg.build(tmp_path / "in", fresh)
    assert main(["judge", one.left.iri, one.right.iri, "same", "--store", str(fresh)]) == 0
    assert lines(shrunk) == lines(fresh)
