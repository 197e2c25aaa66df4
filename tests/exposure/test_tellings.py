from __future__ import annotations

import csv
import io
import json
import shutil

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
    shutil.copy(store / "judgements.jsonl", fresh)  # the graph of judgements tells when each was made
    assert lines(shrunk) == lines(kg.build(tmp_path / "in", fresh))


HEADER = (
    "Name of Covered Entity",
    "State",
    "Covered Entity Type",
    "Individuals Affected",
    "Breach Submission Date",
    "Type of Breach",
    "Location of Breached Information",
    "Business Associate Present",
    "Web Description",
)
AT_BIRCH = "A server of the business associate (BA), Birch Claims, Inc., was hacked."


def portal(*rows):
    """A portal file: name, kind, day, story."""
    out = io.StringIO()
    csv.writer(out).writerows(
        [HEADER] + [(name, "ME", kind, "900", day, "Theft", "Server", "Yes", story) for name, kind, day, story in rows]
    )
    return out.getvalue()


def record(number, victim, year, month, day):
    return {
        "incident_id": f"{number}A",
        "source_id": "vcdb",
        "security_incident": "Confirmed",
        "victim": {"victim_id": victim},
        "actor": {"external": {"variety": ["Unknown"]}},
        "action": {"hacking": {"variety": ["Unknown"]}},
        "attribute": {"confidentiality": {"data": [{"variety": "Unknown"}]}},
        "timeline": {"incident": {"year": year, "month": month, "day": day}},
    }


@pytest.fixture(scope="module")
def feeds(tmp_path_factory):
    """Both feeds in one store: a vendor's own row, its customers' rows, records of the vendor and of others."""
    folder = tmp_path_factory.mktemp("feeds")
    told = portal(
        ("Birch Claims, Inc.", "Business Associate", "05/02/2024", "A server was hacked."),
        ("Alder Clinic", "Healthcare Provider", "05/20/2024", AT_BIRCH),
        ("Cedar Dental", "Healthcare Provider", "06/03/2024", AT_BIRCH),
        ("Elm Hospital", "Healthcare Provider", "05/03/2024", "A laptop was lost."),
        ("Elm Hospital", "Healthcare Provider", "05/30/2024", "A binder was lost."),
        ("Fir Clinic", "Healthcare Provider", "01/03/2019", AT_BIRCH),
    )
    (folder / "portal.csv").write_text(told, "utf-8")
    records = [
        record(1, "Birch Claims", 2024, 4, 28),
        record(2, "Elm Hospital", 2024, 5, 4),
        record(3, "Gum School", 2024, 5, 4),
        record(4, "Gum School", 2024, 5, 9),
    ]
    (folder / "veris.json").write_text(json.dumps(records), "utf-8")
    return kg.build(folder, folder / "s.kg")


def test_a_breach_that_portal_and_records_tell_of_is_proposed_and_nothing_else(feeds):
    found = [(one.left.label.split(":")[0], one.right.label.split(":")[0]) for one in told_twice(feeds.projection)]
    said = {frozenset(name.split(",")[0] for name in pair) for pair in found}
    assert said == {
        frozenset({"Birch Claims"}),
        frozenset({"Birch Claims", "Alder Clinic"}),
        frozenset({"Alder Clinic", "Cedar Dental"}),
        frozenset({"Elm Hospital"}),
    }, "neither two rows of one clinic, nor a vendor's breach of years before, nor two records of one school"
    assert len(found) == 5, "the record of the hospital may be of either of its rows"


def test_the_evidence_says_what_the_two_have_in_common(feeds):
    told = {one.evidence[0] for one in told_twice(feeds.projection)}
    assert "Birch Claims, Inc. was breached according to both, which are of two feeds" in told
    assert any("was breached and customers were reached" in words for words in told)
    assert not any("Unknown" in words for one in told_twice(feeds.projection) for words in one.evidence)


def test_many_incidents_at_one_vendor_are_proposed_in_a_row(tmp_path):
    rows = [(f"Alder {n} Clinic", "Healthcare Provider", f"05/{n + 1:02}/2024", AT_BIRCH) for n in range(12)]
    (tmp_path / "portal.csv").write_text(portal(*rows), "utf-8")
    assert len(told_twice(kg.build(tmp_path, tmp_path / "s.kg").projection)) == 11
