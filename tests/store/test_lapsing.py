"""A relationship that an incident implies is neither older than the terms that a list states of it, nor has outlasted them."""

from __future__ import annotations

from datetime import date

import pytest
from documents import lines, post, table
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg.resolve.judgements import Judgement
from kg.store.judged import judge

TOLD = post(date="4/2024", vendors=["Birch"], customers=["Alder"])
BEFORE, AFTER = date(2024, 12, 31), date(2026, 1, 1)


def listed(*rows):
    return table(*(f"Alder,Birch,{row}" for row in rows))


def vendors(graph, day):
    """Whom Alder uses on a day by the exposure engine, which a query of what holds then confirms."""
    found = [one.node.label for one in graph.exposure("Alder", 1, valid_on=day)]
    rows = graph.at(valid_on=day).query('SELECT ?n { ?a rdfs:label "Alder" ; bkg:usesVendor/rdfs:label ?n }').rows
    assert found == [str(row[0]) for row in rows]
    return found


@pytest.mark.parametrize(
    ("rows", "status", "lasting"),
    [
        ([], "active", ["Birch"]),
        (["mail,2020-01-01,2025-01-01,ended"], "ended", []),
        # Of no service either, both are one relationship; its state is the dated word, its end the only one.
        ([",2020-01-01,2025-01-01,ended"], "active", []),
        (["mail,2020-01-01,2025-01-01,ended", "hosting,,2024-06-01,ended"], "ended", []),
        # A contract that was over before the incident did not end what the incident tells of.
        (["mail,2020-01-01,2023-01-01,ended"], "active", ["Birch"]),
        # The month of the incident is not over yet.
        (["mail,2020-01-01,2024-04-30,ended"], "active", ["Birch"]),
        # One of the terms has no end.
        (["mail,2020-01-01,2025-01-01,ended", "hosting,2020-01-01,,active"], "active", ["Birch"]),
        # A list says itself that the customer uses the vendor.
        (["mail,2020-01-01,2025-01-01,ended", ",,,"], "active", ["Birch"]),
    ],
)
def test_what_an_incident_implies_ends_with_the_terms_that_end_after_it(build, rows, status, lasting):
    graph = build({"post.txt": TOLD, "list.csv": listed(*rows)} if rows else {"post.txt": TOLD})
    assert [one.status for one in graph.exposure("Alder", 1)] == [status]
    assert vendors(graph, BEFORE) == ["Birch"]
    assert vendors(graph, AFTER) == lasting


@pytest.mark.parametrize(
    ("rows", "before", "within"),
    [
        ([], ["Birch"], ["Birch"]),
        (["mail,2020-01-01,,active"], [], ["Birch"]),
        (["mail,2020-01-01,2025-01-01,ended"], [], ["Birch"]),
        (["mail,2020-01-01,2022-01-01,ended", "hosting,2021-01-01,,active"], [], ["Birch"]),
        # The incident is after the last of the terms: how long the relationship was, nobody knows, but not how old it is.
        (["mail,2020-01-01,2023-01-01,ended"], [], ["Birch"]),
        # It is before the first: the relationship is older.
        (["mail,2024-05-01,2025-01-01,ended"], ["Birch"], ["Birch"]),
        (["mail,2024-04-15,,active"], ["Birch"], ["Birch"]),
        # One of the terms has no beginning.
        (["mail,2020-01-01,,active", "hosting,,,active"], ["Birch"], ["Birch"]),
        (["mail,2020-01-01,,active", ",,,"], ["Birch"], ["Birch"]),
    ],
)
def test_what_an_incident_implies_begins_with_the_terms_that_begin_before_it(build, rows, before, within):
    graph = build({"post.txt": TOLD, "list.csv": listed(*rows)} if rows else {"post.txt": TOLD})
    assert vendors(graph, date(2019, 12, 31)) == before
    assert vendors(graph, date(2020, 1, 1)) == (before or within)
    assert vendors(graph, date(2024, 4, 30)) == within


def test_of_several_incidents_the_last_counts(build):
    ended = {"list.csv": listed("mail,2020-01-01,2025-01-01,ended")}
    later = post("DEM1700000002", title="Birch Breached Again", date="6/2025", vendors=["Birch"], customers=["Alder"])
    assert vendors(build({"post.txt": TOLD, **ended}), AFTER) == []
    assert vendors(build({"later.txt": later}), AFTER) == ["Birch"]


def test_of_several_incidents_the_first_counts(build):
    begun = {"list.csv": listed("mail,2020-01-01,,active")}
    older = post("DEM1700000002", title="Birch Breached Before", date="6/2019", vendors=["Birch"], customers=["Alder"])
    assert vendors(build({"post.txt": TOLD, **begun}), date(2018, 1, 1)) == []
    assert vendors(build({"older.txt": older}), date(2018, 1, 1)) == ["Birch"]


def test_an_end_that_copies_of_a_list_show_is_one_too(build):
    copies = {"list-2024-10.csv": listed("mail,,,"), "list-2025-01.csv": table("Alder,Cedar,mail,,,")}
    graph = build({"post.txt": TOLD, **copies})
    assert vendors(graph, AFTER) == ["Cedar"]
    (copy,) = [text for name, text in copies.items() if name.endswith("10.csv")]
    assert vendors(build({"list-2025-03.csv": copy}), AFTER) == ["Birch"]


@pytest.fixture
def following(monkeypatch):
    """Small stores, too, are brought up to date rather than filled anew."""
    monkeypatch.setattr("kg.store.filling._WORTH_LOADING", 100)


@pytest.mark.usefixtures("following")
def test_an_update_equals_a_build_from_scratch(build, tmp_path):
    inside = tmp_path / "documents"
    steps = [
        (listed("mail,2020-01-01,2025-01-01,ended"), "none -> 2025-01-01"),
        (listed("mail,2020-01-01,2025-02-01,ended"), "2025-01-01 -> 2025-02-01"),
        (listed("mail,2020-01-01,2025-02-01,ended", ",,,"), "2025-02-01 -> none"),
        (listed("mail,2020-01-01,2025-02-01,ended"), "none -> 2025-02-01"),
        (table("Elm,Birch,mail,,,"), "2025-02-01 -> none"),
    ]
    before = build({"post.txt": TOLD})
    for number, (text, told) in enumerate(steps):
        graph = build({"list.csv": text})
        assert lines(graph) == lines(kg.build(inside, tmp_path / f"{number}.kg"))
        (change,) = [str(one) for one in graph.changes_since(before).changes if "over by" in str(one)]
        assert change.removesuffix(", by list.csv") == f"Alder usesVendor Birch: over by {told}"
        before = graph


@pytest.mark.usefixtures("following")
def test_an_update_of_beginnings_equals_a_build_from_scratch(build, tmp_path):
    steps = [
        (listed("mail,2020-01-01,,active"), ["2020-01-01"]),
        (listed("mail,2021-01-01,,active"), ["2021-01-01"]),
        (listed("mail,2021-01-01,,active", ",,,"), []),
        (listed("mail,2021-01-01,,active", "hosting,2020-01-01,,"), ["2020-01-01"]),
        (listed("mail,2021-01-01,,active", ",2019-01-01,,"), ["2019-01-01"]),
        (listed("mail,2021-01-01,,active"), ["2021-01-01"]),
        (table("Elm,Birch,mail,,,"), []),
    ]
    build({"post.txt": TOLD})
    for number, (text, told) in enumerate(steps):
        graph = build({"list.csv": text})
        assert lines(graph) == lines(kg.build(tmp_path / "documents", tmp_path / f"{number}.kg"))
        begun = graph.query("SELECT ?day { ?r bkg:validFrom ?day FILTER NOT EXISTS { ?r bkg:service ?service } }")
        assert [str(row[0]) for row in begun.rows] == told


@pytest.mark.usefixtures("following")
def test_what_an_incident_no_longer_implies_is_gone_with_its_days(build, tmp_path):
    listed_alone = build({"list.csv": listed("mail,2020-01-01,2025-01-01,ended")})
    graph = build({"post.txt": TOLD})
    for term, days in (("validFrom", ["2020-01-01"] * 2), ("observedUntil", ["2025-01-01"])):
        assert [str(row[0]) for row in graph.query(f"SELECT ?day {{ ?r bkg:{term} ?day }}").rows] == days
    (tmp_path / "documents" / "post.txt").unlink()
    assert lines(build({}, prune=True)) == lines(listed_alone)


@pytest.mark.usefixtures("following")
def test_a_judgement_that_parts_an_incident_from_its_list_is_taken_back(build, tmp_path):
    graph = build({"post.txt": post(date="4/2024", vendors=["Zedware"], customers=["Alder"])})
    graph = build({"list.csv": listed("mail,2020-01-01,2025-01-01,ended")})
    before = lines(graph)
    one = Judgement("Birch", "Zedware", "same", 0.0, (), "me", "2026-01-01")
    judge(tmp_path / "built.kg", [one], now="2026-01-01T00:00:00Z")
    assert vendors(kg.open(tmp_path / "built.kg"), AFTER) == []
    other = Judgement("Birch", "Zedware", "withdrawn", 0.0, (), "me", "2026-01-02", one.id)
    judge(tmp_path / "built.kg", [other], now="2026-01-02T00:00:00Z")
    assert lines(kg.open(tmp_path / "built.kg")) == before


def test_an_incident_that_names_another_service_has_no_end(build):
    told = post(
        prose="Birch provides payroll processing for Alder.", date="4/2024", vendors=["Birch"], customers=["Alder"]
    )
    assert vendors(build({"post.txt": told, "list.csv": listed("mail,2020-01-01,2025-01-01,ended")}), AFTER) == [
        "Birch"
    ]


def test_copies_of_a_list_that_name_the_customer_itself_are_read(build):
    own = table("Alder,Birch,mail,,,", 'Alder,"Alder, Inc.",support,,,')
    graph = build({"list-2024-10.csv": own, "list-2025-01.csv": listed("mail,,,")})
    assert vendors(graph, AFTER) == ["Birch"]
    assert len(graph.query("SELECT ?r { ?r bkg:observedFrom ?day }").rows) == 1


NAMES = st.sampled_from(["Alder", "Birch", "Cedar", "Alder Inc."])
incidents = st.builds(
    post,
    st.sampled_from(["DEM1700000001", "DEM1700000002"]),
    date=st.sampled_from(["4/2024", "2025-02-01", ""]),
    vendors=st.lists(NAMES, min_size=1, max_size=2, unique=True),
    customers=st.lists(NAMES, min_size=1, max_size=2, unique=True),
    prose=st.sampled_from(["", "Birch provides payroll processing for Alder.", "Alder suspended Birch."]),
)
terms = st.builds(
    ",".join,
    st.tuples(
        NAMES,
        NAMES,
        st.sampled_from(["mail", "payroll processing", ""]),
        st.sampled_from(["", "2020-01-01"]),
        st.sampled_from(["", "2025-01-01", "2026-01-01"]),
        st.sampled_from(["", "ended", "active"]),
    ),
)
lists = st.lists(terms, min_size=1, max_size=3).map(lambda told: table(*told))
states = st.dictionaries(
    st.sampled_from(["a", "b", "list-2024-10.csv", "list-2025-01.csv"]), st.one_of(incidents, lists), min_size=1
)


@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(st.lists(states, min_size=2, max_size=4))
def test_any_sequence_of_builds_equals_a_build_from_scratch(tmp_path_factory, sequence):
    folder = tmp_path_factory.mktemp("any")
    inside = folder / "in"
    inside.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kg.store.filling._WORTH_LOADING", 100)
        for number, texts in enumerate(sequence):
            for path in inside.iterdir():
                path.unlink()
            for name, text in texts.items():
                (inside / name).write_text(text, "utf-8")
            built = kg.build(inside, folder / "s.kg", prune=True)
            assert lines(built) == lines(kg.build(inside, folder / f"{number}.kg"))


@pytest.mark.parametrize(
    "rows",
    [
        ["mail,2020-01-01,2025-01-01,ended"],
        ["mail,2020-01-01,2025-01-01,ended", ",,,"],
        ["mail,2020-01-01,,active"],
        ["mail,2020-01-01,,active", ",,,"],
    ],
    ids=["implied", "listed", "begun", "begun and listed"],
)
def test_its_days_are_alike_in_a_graph_that_is_read_from_turtle(build, tmp_path, rows):
    graph = build({"post.txt": TOLD, "list.csv": listed(*rows)})
    graph.export("turtle", tmp_path / "told.ttl")
    again = kg.build(tmp_path / "told.ttl", tmp_path / "again.kg")
    for day in (date(2019, 12, 31), date(2020, 1, 1), AFTER):
        assert vendors(again, day) == vendors(graph, day)
    assert not again.query("SELECT ?note { GRAPH ?g { ?r bkg:note ?note } }").rows
