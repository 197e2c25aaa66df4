"""Exchanging documents gives, byte for byte, what a build of those that are left would give."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from shutil import rmtree

import pyoxigraph as ox
import pytest
from documents import COLUMNS, derive, lines, post, register, table
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg.extract import choose, extracted
from kg.extract.reading import document
from kg.model import Affiliation, AffiliationKind, Evidence, Listing, Party, Role
from kg.rdf import evidence_graph
from kg.resolve.judgements import Judgement, Judgements
from kg.resolve.resolver import JudgedResolver
from kg.store import updating
from kg.store.affiliating import affiliate
from kg.store.columns import Texts
from kg.store.deriving import descriptions, named_days
from kg.store.filling import follow, load
from kg.store.ledger import Ledger
from kg.store.mentioned import mentioned
from kg.store.retabulating import tabulated_again
from kg.store.spool import Spool, pack
from kg.store.stored import stored_graph, stored_mentions
from kg.store.tabulating import tabulated
from kg.store.updating import Change, update

NAMES = ("Alder", "ALDER, Inc.", "Birch", "birch", "Cedar", "Dogwood Ltd", "Microsoft", "GitHub", "Microsoft GitHub")
"""The table of organizations knows the last three, and whose product one is."""
PARTIES = st.lists(st.sampled_from([*NAMES, "Several banks", "About 200 banks"]), max_size=3, unique=True)

posts = st.builds(
    post,
    st.sampled_from(["DEM1700000001", "DEM1700000002"]),
    title=st.sampled_from(["Birch breached", "Alder says no"]),
    date=st.sampled_from(["1/2026", "3/2026", "2026-03-02"]),
    vendors=st.lists(st.sampled_from(NAMES), max_size=2, unique=True),
    customers=PARTIES,
    data=st.sampled_from(["names", "passwords and names", ""]),
    linkid=st.sampled_from([None, "birch", "alder-labs", "birch,cedar"]),
    status=st.sampled_from(["Ongoing", "Closed"]),
)
rows = st.builds(
    ",".join,
    st.tuples(
        st.sampled_from([name.replace(",", "") for name in NAMES]),
        st.sampled_from([name.replace(",", "") for name in NAMES]),
        st.sampled_from(["labels", "Labels", ""]),
        st.sampled_from(["", "2025-01-01", "2025-02", "2026-02"]),
        st.sampled_from(["", "2026-01-01", "2026-02-15"]),
        st.sampled_from(["", "ended", "suspended"]),
    ),
)
terms = st.builds(
    ",".join,
    st.tuples(
        st.sampled_from(["Alder", "ALDER Inc.", "birch"]),
        st.sampled_from(["Birch", "birch"]),
        st.sampled_from(["labels", "Labels", ""]),
        st.sampled_from(["", "2020-01-01", "2023"]),
        st.sampled_from(["", "2022-01-01", "2024-01-01"]),
        st.sampled_from(["", "ended"]),
        st.sampled_from(["", "2025-01-01", "2025-03-01"]),
    ),
)
"""Rows of one list that is copied again and again, with when they were."""
filed = st.builds(
    '"{}",{},{},Theft'.format,
    st.sampled_from([*NAMES, "Alder, MO", "Alder (AL)", "Alder, Co", "Birch d/b/a Cedar"]),
    st.sampled_from(["MO", "IA", "Iowa", ""]),
    st.sampled_from(["600", "700"]),
)
"""Rows of a portal, which tells of each organization in which state it is."""
tables = st.one_of(
    st.lists(filed, min_size=1, max_size=4).map(
        lambda told: "\n".join(("Name of Covered Entity,State,Individuals Affected,Type of Breach", *told))
    ),
    st.lists(rows, min_size=1, max_size=4).map(lambda told: table(*told)),
    st.lists(terms, min_size=1, max_size=4).map(lambda told: table(*told, columns=f"{COLUMNS},scraped")),
)
states = st.lists(
    st.dictionaries(st.sampled_from(["a", "b", "list-2025-01", "list-2025-03"]), st.one_of(posts, tables), max_size=4),
    min_size=2,
    max_size=5,
)

judgements = st.lists(
    st.builds(
        lambda left, right, said: Judgement(left, right, said, 0.5, (), "me", "2026-01-01"),
        st.sampled_from(["Alder", "Alder, MO", "Birch", "Birch, IA"]),
        st.sampled_from(["Alder, IA", "Cedar", "Dogwood", "Birch, MO"]),
        st.sampled_from(["same", "different", "part-of"]),
    ),
    max_size=2,
)


@cache
def graph_of_text(text):
    told = document("d", text.encode())
    extractor = choose(told)
    return evidence_graph(told, extractor.name, extractor.version, extracted(extractor, told))


def entries(texts):
    graphs = {name: graph_of_text(text) for name, text in texts.items()}
    return {
        name: {
            "graph": g.iri[1:-1],
            "name": name,
            "digest": g.iri[-9:-1],
            "kind": "post",
            "version": "1",
            "records": g.records,
            "incidents": g.incidents,
        }
        for name, g in graphs.items()
    }


def fresh(graphs, told, resolver=None):
    unique = {graph.iri: graph for graph in graphs}
    return sorted(set(derive(list(unique.values()), list(told.values()), resolver or JudgedResolver())))


def held(quads):
    return sorted(f"{quad} ." for quad in quads)


def mentioned_in(quads, resolver=None):
    return mentioned((mention.alike for mention in stored_mentions(quads)), resolver or JudgedResolver())


def columns(table):
    """A table as plain values, with the kinds of its numbers."""
    told = {field.name: getattr(table, field.name) for field in fields(table)}
    return {
        name: list(column) if isinstance(column, Texts) else (column.format, column.tolist())
        for name, column in told.items()
    }


@settings(max_examples=120, suppress_health_check=list(HealthCheck))
@given(states, st.sampled_from([1, 2, 500]), judgements)
def test_any_sequence_of_states_equals_a_rebuild_of_the_last(sequence, size, log):
    resolver = JudgedResolver(Judgements(log))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(updating, "_SLICE", size)
        first = entries(sequence[0])
        quads = ox.Store()
        quads.load(
            "\n".join(fresh(map(graph_of_text, sequence[0].values()), first, resolver)).encode(),
            format=ox.RdfFormat.N_QUADS,
        )
        before = first
        for texts in sequence[1:]:
            after = entries(texts)
            graphs = {g.iri: g for g in map(graph_of_text, texts.values())}
            old, new = ({f"<{e['graph']}>" for e in told.values()} for told in (before, after))
            mentions = tuple(m for iri in sorted(new - old) for m in graphs[iri].mentions)
            days, named = (named_days(told.values()) for told in (before, after))
            change = Change(
                frozenset(old - new),
                tuple(sorted(new - old)),
                mentions,
                graphs.__getitem__,
                resolver,
                named=named,
                redated=frozenset(iri for iri in old & new if days(iri) != named(iri)),
            )
            ledger, size, edges = Ledger(quads), len(quads), tabulated(quads)
            distinct = update(ledger, change, mentioned_in(quads, resolver)).mentioned
            ledger.exchange(descriptions(before.values()), descriptions(after.values()))
            affiliate(ledger, distinct, change.resolver)
            assert held(quads) == fresh(graphs.values(), after, resolver)
            assert columns(distinct) == columns(mentioned_in(quads, resolver))
            assert columns(tabulated_again(edges, quads, ledger.touched)) == columns(tabulated(quads))
            assert ledger.grown == len(quads) - size
            before = after


def affiliated(kind, other, party):
    proof = (Evidence("words", (0, 5), "row 1"),)
    parties = tuple(Party(name, Role.OTHER, evidence=proof) for name in dict.fromkeys((party, other)))
    return Listing(1, parties, (), (), affiliations=(Affiliation(party, kind, other, proof),))


@pytest.mark.parametrize("names", [("Birch", "Cedar", "Alder"), ("GitHub", "Microsoft", "npm")], ids="-".join)
@pytest.mark.parametrize("kind", list(AffiliationKind))
def test_affiliations_go_with_the_last_document_that_states_them(kind, names):
    def told(number, *records):
        return evidence_graph(document(str(number), b"words"), "demo", str(number), records)

    part, whole, third = names
    one, two = (told(number, affiliated(kind, whole, part)) for number in (1, 2))
    other = told(3, affiliated(kind, third, whole))
    quads = ox.Store()
    quads.load("\n".join(derive([one, two], [], JudgedResolver())).encode(), format=ox.RdfFormat.N_QUADS)
    graphs = {g.iri: g for g in (one, two, other)}

    def swap(gone, come):
        change = Change(
            frozenset(g.iri for g in gone),
            tuple(g.iri for g in come),
            tuple(m for g in come for m in g.mentions),
            graphs.__getitem__,
            JudgedResolver(),
            named_days(()),
        )
        ledger = Ledger(quads)
        affiliate(ledger, update(ledger, change, mentioned_in(quads)).mentioned, change.resolver)
        return held(quads)

    assert swap([one], []) == fresh([two], {})
    assert swap([], [other]) == fresh([two, other], {})
    assert swap([two], []) == fresh([other], {})
    assert swap([other], [one]) == fresh([one], {})


def test_a_stored_graph_and_its_mentions_are_those_that_were_written():
    text = post(linkid="birch", customers=["Alder", "Several banks"])
    graph = graph_of_text(text)
    quads = ox.Store()
    quads.load("\n".join(derive([graph], [], JudgedResolver())).encode(), format=ox.RdfFormat.N_QUADS)
    again = stored_graph(quads, graph.iri)
    assert sorted(again.triples) == sorted(set(graph.triples))
    for told in ("mentions", "anchors", "ties", "shared"):
        assert sorted(getattr(again, told), key=str) == sorted(set(getattr(graph, told)), key=str)
    assert sorted(stored_mentions(quads), key=str) == sorted((m for m in graph.mentions if m.kind != "group"), key=str)


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(states.filter(all))
def test_any_sequence_of_builds_equals_a_build_from_scratch(tmp_path_factory, sequence):
    folder = tmp_path_factory.mktemp("any")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kg.store.filling._WORTH_LOADING", 100)
        inside = folder / "in"
        inside.mkdir()
        for number, texts in enumerate(sequence):
            for path in inside.iterdir():
                path.unlink()
            for name, text in texts.items():
                (inside / name).write_text(text, "utf-8")
            built = kg.build(inside, folder / "s.kg", prune=True)
            fresh = kg.build(inside, folder / f"{number}.kg")
            assert lines(built) == lines(fresh)
            assert built.report.quads == len(built.store)
            assert built.report.quarantine == fresh.report.quarantine
            assert tables(built) == tables(fresh)


@pytest.mark.parametrize("part", ["edges/iri.bytes", "edges/source", "mentioned/key", "mentioned/alike.ends"])
@pytest.mark.parametrize("damage", ["changed", "gone"])
def test_a_table_that_is_damaged_is_made_anew(build, tmp_path, part, damage):
    first = build({"a.txt": post(), "b.txt": post("DEM1700000002", vendors=["Cedar"]), "c.txt": post("DEM1700000003")})
    path = first.store.folder / f"{part}.npy"
    data = path.read_bytes()
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    later = build({"b.txt": post("DEM1700000002", vendors=["CEDAR Inc.", "Elm"])})
    fresh = kg.build(tmp_path / "documents", tmp_path / "fresh.kg")
    assert lines(later) == lines(fresh)
    assert tables(later) == tables(fresh)


def test_a_relationship_that_becomes_a_loop_is_told(build):
    rated = "Facebook cybersecurity rating report: https://www.rankiteo.com/company/meta"
    others = {f"{n}.txt": post(f"DEM170000001{n}", vendors=["Elm"]) for n in range(3)}
    apart = post("DEM1700000002", vendors=["Meta"], customers=["Oak"])
    build(
        {**others, "a.txt": post(vendors=["Facebook"], customers=["Oak"], linkid="meta", prose=rated), "b.txt": apart}
    )
    later = build({"b.txt": post("DEM1700000002", vendors=["Meta"], customers=["Facebook"], linkid="meta")})
    told = [row["reason"] for row in later.report.quarantine if "own supplier" in row["reason"]]
    assert told == ["Facebook and Meta are one organization, which cannot be its own supplier"]


def tables(graph):
    """The bytes of every column beside the database."""
    return {path.name: path.read_bytes() for path in graph.store.folder.rglob("*.npy")}


def test_an_exchange_of_everything_equals_a_load(tmp_path):
    texts = {"a": post(), "b": post("DEM1700000002", vendors=["Cedar"]), "c": table("Alder,Cedar,mail,,,")}
    told = entries(texts)
    spool = Spool(tmp_path)
    for text in texts.values():
        spool.add(pack(graph_of_text(text)))
    some = {name: entry for name, entry in told.items() if name != "b"}
    for name in ("once", "some", "steps"):
        (tmp_path / name).mkdir()
    load(tmp_path / "once", told, spool, {f"<{e['graph']}>" for e in told.values()}, JudgedResolver())
    load(tmp_path / "some", some, spool, {f"<{e['graph']}>" for e in some.values()}, JudgedResolver())
    manifest = {"documents": some, "resolver": JudgedResolver().fingerprint, "loops": {}, "quads": 0}
    follow(tmp_path / "some", manifest, tmp_path / "steps", told, spool, resolver=JudgedResolver())
    once, steps = (ox.Store.read_only(str(tmp_path / name / "quads")) for name in ("once", "steps"))
    assert held(once) == held(steps)
    spool.close()


@pytest.mark.parametrize("customer", ["Alder", "Birch", "Cedar", "Dogwood"])
def test_of_dated_lists_the_latest_is_believed_under_whatever_names_they_come(tmp_path, customer):
    """The contents of both lists stay the same when they change their names, and only their days become others."""
    inside, stays = tmp_path / "in", table("Oak,Elm,,,,", "Oak,Fir,,,,", "Oak,Yew,,,,")
    inside.mkdir()
    active, ended = (inside / f"list-2024-0{month}-01.csv" for month in (1, 5))
    active.write_text(table(f"{customer},Elm,,,,active"), "utf-8")
    ended.write_text(table(f"{customer},Elm,,,,ended"), "utf-8")
    (inside / "other.csv").write_text(stays, "utf-8")
    assert status_of(kg.build(inside, tmp_path / "s.kg"), customer) == "ended"
    active.rename(inside / "list-2024-07-01.csv")
    later = kg.build(inside, tmp_path / "s.kg", prune=True)
    assert status_of(later, customer) == "active"
    assert lines(later) == lines(kg.build(inside, tmp_path / "fresh.kg"))


@pytest.mark.parametrize("days", [("2024-01-01", "2024-05-01"), ("2024-05-01", "2024-01-01")], ids="-".join)
def test_of_the_dated_rows_of_a_list_the_latest_is_believed(build, days):
    rows = (f"Alder,Elm,{state},{day}" for state, day in zip(("ended", "active"), days, strict=True))
    graph = build({"list-2030-01-01.csv": table(*rows, columns="customer,supplier,status,scraped")})
    assert status_of(graph, "Alder") == ("active" if days[0] < days[1] else "ended")


def test_the_name_of_a_provider_goes_before_its_code_whichever_document_comes_last(tmp_path):
    inside, lei = tmp_path / "in", "549300MLUDYVRQOOXS22"
    inside.mkdir()
    for number in range(4):  # other bytes, and so another order of the graphs
        (inside / "b_02.02.csv").write_text(f"c0010,c0020,c0030\nC{number},Alder,{lei}\n", "utf-8")
        label(inside, tmp_path, lei)
        (inside / "B_05.01.csv").write_text(register(f"{lei},Cloudy SE"), "utf-8")
        label(inside, tmp_path, "Cloudy SE")
        (inside / "B_05.01.csv").unlink()


def label(inside, tmp_path, name):
    graph = kg.build(inside, tmp_path / "s.kg", prune=True)
    assert [row[1] for row in graph.exposure("Alder").table().rows] == [name]
    rmtree(tmp_path / "fresh.kg", ignore_errors=True)
    assert lines(graph) == lines(kg.build(inside, tmp_path / "fresh.kg"))


def status_of(graph, customer):
    told = graph.exposure(customer).table()
    return dict(zip(told.columns, told.rows[0], strict=True))["status"]
