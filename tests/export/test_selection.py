from __future__ import annotations

import csv
import io

import networkx as nx
import pytest
from documents import breach, graph_of, post, table

import kg
from kg.errors import KGError, UnknownNameError
from kg.export import FORMATS, export
from kg.export.selection import select
from kg.model import Role


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    """A chain Alder Labs -> Birch -> Cedar, a bystander, and two incidents of which one is only suspected."""
    folder = tmp_path_factory.mktemp("chain") / "documents"
    folder.mkdir()
    suspected = "Alder Labs may have used Birch Annotation."
    (folder / "a.txt").write_text(
        post("DEM1700000001", vendors=["Birch Annotation"], customers=["Alder Labs"], prose=suspected), "utf-8"
    )
    (folder / "b.txt").write_text(
        post("DEM1700000002", title="Dogwood Breached", vendors=["Dogwood"], customers=["Elm"]), "utf-8"
    )
    (folder / "l.csv").write_text(
        table("Birch Annotation,Cedar Cloud,hosting,,,", "Fir,Gum,mail,2024-01-01,2025-01-01,ended"), "utf-8"
    )
    return kg.build(folder, folder.parent / "g.kg")


def labels(selection):
    return {node.label for node in selection.projection.nodes.values() if node.kind in {"organization", "vendor"}}


def test_all_of_it_is_the_projection(graph):
    selection = select(graph.store)
    assert selection.projection is selection.whole


def test_a_focus_and_what_is_around_it(graph):
    assert labels(select(graph.store, focus="Alder Labs", depth=0)) == {"Alder Labs"}
    assert labels(select(graph.store, focus="Alder Labs", depth=1)) == {"Alder Labs", "Birch Annotation"}
    assert labels(select(graph.store, focus="Alder Labs", depth=2)) == {"Alder Labs", "Birch Annotation", "Cedar Cloud"}


def test_nothing_is_reached_through_a_kind_of_data(graph):
    selection = select(graph.store, focus="Alder Labs", depth=9)
    assert "data-type" in {node.kind for node in selection.projection.nodes.values()}
    assert "Dogwood" not in labels(selection)
    assert {"Dogwood", "Birch Annotation"} <= labels(select(graph.store, focus="credentials", depth=2))


def test_an_exposure_is_as_near_as_its_kind_of_data(demo_graph):
    near, far = (select(demo_graph.store, focus="Mercor", depth=depth).projection for depth in (1, 2))
    assert [told for told in near.exposed.values() if told] == []
    assert [e for e in near.edges if e.type == "exposedDataType"] == []
    assert [told for told in far.exposed.values() if told]


def test_certainties_part_the_statements(graph):
    told = {name: {(e.source, e.type, e.target) for e in select(graph.store, certainty=[name]).projection.edges if e.claims}
            for name in ("confirmed", "suspected", "claimed", "denied")}  # fmt: skip
    assert told["confirmed"]
    assert not told["confirmed"] & told["suspected"]
    assert set().union(*told.values()) == {(e.source, e.type, e.target) for e in graph.projection.edges if e.claims}


def test_an_exposure_does_not_depend_on_what_is_left_out(graph, tmp_path):
    for name, depth in (("all", 9), ("near", 1)):
        graph.export("graphml", tmp_path / f"{name}.graphml", focus="Alder Labs", depth=depth)
    whole, near = (nx.read_graphml(tmp_path / f"{name}.graphml", force_multigraph=True) for name in ("all", "near"))
    told = {(s, o, d["type"]): d for s, o, d in whole.edges(data=True)}
    assert near.number_of_edges() > 0
    assert all(told[s, o, data["type"]] == data for s, o, data in near.edges(data=True))


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"focus": "Nobody Inc"}, "'Nobody Inc' is not in the graph"),
        ({"focus": "Fir", "depth": -1}, "depth is -1"),
        ({"certainty": ["sure"]}, "no certainty is called sure"),
        ({"focus": "Fir", "with_history": True}, "the history is exported whole"),
    ],
)
@pytest.mark.parametrize("kind", ["nquads", "csv"])
def test_what_cannot_be_selected(graph, tmp_path, options, reason, kind):
    if kind == "csv" and "with_history" in options:
        reason = "csv cannot hold the history"
    with pytest.raises((KGError, UnknownNameError), match=reason):
        export(graph.store, kind, tmp_path / "x", **options)
    assert list(tmp_path.iterdir()) == []


def test_filters_reach_every_format(graph, tmp_path):
    for kind in FORMATS:
        path = tmp_path / f"{kind}.{'csv' if kind == 'evidence' else kind}"
        graph.export(kind, path, focus="Alder Labs", depth=2, certainty=["confirmed", "suspected"])
        text = b"".join(one.read_bytes() for one in ([path] if path.is_file() else path.iterdir()))
        assert b"Alder Labs" in text, kind
        assert b"Dogwood" not in text, kind


@pytest.mark.parametrize(
    "options", [{"focus": "Alder Labs", "depth": 2}, {"certainty": ["confirmed"]}, {"certainty": ["suspected"]}]
)
@pytest.mark.parametrize("ending", ["nq", "trig", "jsonld", "ttl"])
def test_an_excerpt_opens_as_the_selection(graph, tmp_path, options, ending):
    kind = {"nq": "nquads", "ttl": "turtle"}.get(ending, ending)
    graph.export(kind, tmp_path / f"x.{ending}", **options)
    part, selected = kg.open(tmp_path / f"x.{ending}").projection, select(graph.store, **options).projection
    assert part.edges == selected.edges
    # A claim keeps its source, also where the statement that the incident cites it is too far away.
    assert {iri for iri in part.nodes if part.nodes[iri].kind != "source"} == {
        iri for iri in selected.nodes if selected.nodes[iri].kind != "source"
    }
    assert part.exposed == selected.exposed


def test_what_a_later_document_overtakes_is_in_an_excerpt(tmp_path):
    graph = graph_of(
        [breach(("Birch", Role.BREACHED), ("Oak", Role.CUSTOMER_UNAFFECTED), when=[("reported", "2026-03-02")])],
        [breach(("Birch", Role.BREACHED), ("Oak", Role.AFFECTED_DOWNSTREAM), when=[("reported", "2026-03-10")])],
    )
    graph.export("nquads", tmp_path / "x.nq", focus="Oak", depth=1)
    part = kg.open(tmp_path / "x.nq").projection
    assert {edge.type for edge in part.edges} == {"affectsDownstream", "formerly_unaffected"}


def test_an_excerpt_has_the_quotes_with_their_places(graph, tmp_path):
    graph.export("nquads", tmp_path / "x.nq", focus="Alder Labs", depth=1)
    graph.export("evidence", tmp_path / "part.csv", focus="Alder Labs", depth=1)
    kg.open(tmp_path / "x.nq").export("evidence", tmp_path / "again.csv")
    assert (tmp_path / "part.csv").read_bytes() == (tmp_path / "again.csv").read_bytes()
    rows = list(csv.DictReader(io.StringIO((tmp_path / "again.csv").read_text("utf-8"))))
    assert rows
    assert all(row["document"] and row["quote"] for row in rows)
    assert all(row["characters"] for row in rows)


@pytest.mark.parametrize(("focus", "depth"), [("Okta", 0), ("Okta", 1), ("Mercor", 1), ("Anthropic", 2)])
def test_an_excerpt_conforms_to_the_shapes_as_the_whole_does(demo_graph, tmp_path, focus, depth):
    demo_graph.export("nquads", tmp_path / "x.nq", focus=focus, depth=depth)
    assert [f for f in kg.open(tmp_path / "x.nq").validate().findings if f.severity == "violation"] == []


def test_an_excerpt_of_what_an_export_told_says_who_told_it_first(build, tmp_path):
    first = build({"a.csv": table("Alder,Birch,mail,,,"), "b.csv": table("Alder,Birch,mail,,,", "Elm,Fir,mail,,,")})
    first.export("nquads", tmp_path / "all.nq")
    again = kg.build(tmp_path / "all.nq", tmp_path / "again.kg")
    again.export("nquads", tmp_path / "alder.nq", focus="Alder")
    lines = [
        line
        for line in (tmp_path / "alder.nq").read_text("utf-8").splitlines()
        if "/record/" in line and "wasDerivedFrom" in line
    ]
    origins = {line.split()[2] for line in lines}
    assert (len(lines), len(origins)) == (2, 2)
    told = (tmp_path / "alder.nq").read_text("utf-8")
    assert all(
        any(f'{one} <http://www.w3.org/2000/01/rdf-schema#label> "{name}"' in told for name in ("a.csv", "b.csv"))
        for one in origins
    )


def test_an_excerpt_of_an_excerpt_is_the_same(graph, tmp_path):
    for name, source in (("a", graph), ("b", None)):
        (source or kg.open(tmp_path / "a.nq")).export(
            "nquads", tmp_path / f"{name}.nq", focus="Birch Annotation", depth=2
        )
    assert (tmp_path / "a.nq").read_bytes() == (tmp_path / "b.nq").read_bytes()


@pytest.mark.parametrize(
    ("options", "reason"),
    [(["-o", "-"], "is written under a name"), (["-o", "x.csv", "--depth", "1"], "--depth belongs to --focus")],
)
def test_the_command_refuses_what_would_mean_nothing(graph, tmp_path, capsys, monkeypatch, options, reason):
    from kg.cli import main

    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as stop:
        main(["export", "--to", "csv", "--store", str(graph.store.path), *options])
    assert stop.value.code == 2
    assert reason in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_command_takes_every_filter(graph, tmp_path, capsys):
    from kg.cli import main

    path = tmp_path / "x.csv"
    options = ["--focus", "Fir", "--depth", "1", "--certainty", "confirmed", "--store", str(graph.store.path)]
    assert main(["export", "--to", "csv", "-o", str(path), *options, "--valid-on", "2024-06-01"]) == 0
    assert capsys.readouterr().out == f"{path}\n"
    (row,) = csv.DictReader(io.StringIO(path.read_text("utf-8")))
    assert (row["source_label"], row["target_label"], row["valid_until"]) == ("Fir", "Gum", "2025-01-01")
    assert main(["export", "--to", "csv", "-o", str(path), *options, "--valid-on", "2025-06-01"]) == 0
    assert list(csv.DictReader(io.StringIO(path.read_text("utf-8")))) == []
    assert main(["export", "--to", "csv", "-o", str(path), *options, "--as-of", "2001-01-01"]) == 1
    assert "'Fir' is not in the graph" in capsys.readouterr().err
