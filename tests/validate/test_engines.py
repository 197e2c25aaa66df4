from __future__ import annotations

import logging
from pathlib import Path

import pyoxigraph as ox
import pytest
from sampled import alternating

from kg.errors import KGError, MissingExtraError
from kg.store import open_store
from kg.validate import engines
from kg.validate.checking import checks
from kg.validate.engines import choose, run
from kg.validate.findings import Result
from kg.validate.parts import canonical_part, evidence_parts
from kg.vocabulary import ID, NS

FILES = sorted((Path(__file__).parents[1] / "ontology").glob("*/*.ttl"))
XSD = "http://www.w3.org/2001/XMLSchema#"
DATATYPES = {
    XSD + name: XSD + other
    for name, other in (
        ("integer", "string"),
        ("date", "string"),
        ("decimal", "string"),
        ("boolean", "string"),
        ("anyURI", "string"),
        ("string", "date"),
    )
}
ENDS = [pytest.param(0, id="first"), pytest.param(-1, id="last", marks=pytest.mark.slow)]
"""Which triple of a property is changed."""


@pytest.fixture
def both():
    """A function: a file -> what both engines find, once they agree."""
    pytest.importorskip("shifty", reason="the fast engine is not installed")

    def agreed(path):
        reference = run("pyshacl", path)
        assert run("shifty", path) == reference
        return reference

    return agreed


@pytest.mark.parametrize("kind", ["pass", "xfail"])
def test_engines_agree_on_good_and_faulty_graphs(kind, both, tmp_path):
    """All in one graph, kept apart by their IRIs; nodes of evidence keep theirs recognizable."""
    lines = set()
    for number, path in enumerate(path for path in FILES if path.parent.name == kind):
        text = path.read_text("utf-8").replace(ID, f"{ID}copy{number:03}/").replace('"529900', f'"529{number:03}')
        (tmp_path / "one.ttl").write_text(text, "utf-8")
        lines.update(canonical_part(open_store(tmp_path / "one.ttl"), tmp_path).read_text("utf-8").splitlines())
    (tmp_path / "all.nt").write_text("\n".join(sorted(lines)) + "\n", "utf-8")
    found = both(tmp_path / "all.nt")
    assert len({result.check for result in found}) > (100 if kind == "xfail" else 5)


def test_engines_agree_on_the_demo_graph(both, demo_graph, tmp_path):
    assert both(canonical_part(demo_graph.store, tmp_path))
    for part in evidence_parts(demo_graph.store, tmp_path):
        both(part)


@pytest.mark.parametrize(
    ("mutation", "part"), alternating(["drop", "double", "datatype", "swap"], ["canonical", "evidence"])
)
@pytest.mark.parametrize("end", ENDS)
def test_engines_agree_on_a_graph_with_every_property_changed(part, end, mutation, both, demo_graph, tmp_path):
    """One triple of every property of the data is changed, the first or the last that it has."""
    path = changed_part(part, mutation, end, demo_graph, tmp_path)
    # A value that is put in by force need not be wrong everywhere, but somewhere it is.
    assert both(path)


@pytest.mark.parametrize("part", ["canonical", "evidence"])
@pytest.mark.parametrize("end", ENDS)
def test_engines_agree_on_malformed_values_but_for_their_order(part, end, demo_graph, tmp_path):
    """SHACL says that values which cannot be compared are not in order; only the fast engine tells that too."""
    pytest.importorskip("shifty", reason="the fast engine is not installed")
    path = changed_part(part, "malform", end, demo_graph, tmp_path)
    reference, fast = run("pyshacl", path), run("shifty", path)
    assert reference <= fast
    ordered = {"claim-span", "count-bounds", "group-bounds", "incident-days", "relationship-validity", "report-history"}
    assert {result.check for result in fast - reference} <= ordered
    malformed = {result.node for result in reference if checks()[result.check][0].severity == "violation"}
    assert {result.node for result in fast - reference} <= malformed


def changed_part(part, mutation, end, graph, folder):
    """A file with the canonical demo graph, or its evidence, in which one triple of every property is changed."""
    path = canonical_part(graph.store, folder) if part == "canonical" else next(evidence_parts(graph.store, folder))
    held = sorted({quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.N_TRIPLES)}, key=str)
    changed = mutated([t for t in held if t.subject.value.startswith(ID)], mutation, end)
    others = [t for t in held if not t.subject.value.startswith(ID)]
    path.write_text("".join(f"{triple} .\n" for triple in others + changed), "utf-8")
    return path


def mutated(triples, mutation, end):
    """The triples, with one of every property changed."""
    of = {}
    for triple in triples:
        of.setdefault(triple.predicate, []).append(triple)
    kept = set(triples)
    for name, group in of.items():
        one = group[end]
        other = next(
            (t.object for t in reversed(triples) if t.object != one.object and type(t.object) is type(one.object)),
            one.object,
        )
        new = changed_object(one.object, mutation, other)
        if mutation != "double":
            kept.discard(one)
        if new is not None:
            kept.add(ox.Triple(one.subject, name, new))
    return sorted(kept, key=str)


def changed_object(old, mutation, other):
    """What a changed triple has as its object; None where the triple goes."""
    if mutation == "drop":
        return None
    if mutation in {"double", "swap"}:
        return other
    if isinstance(old, ox.Literal):
        datatype = old.datatype.value
        kind = DATATYPES.get(datatype, XSD + "string") if mutation == "datatype" else datatype
        return ox.Literal(old.value if mutation == "datatype" else f"{old.value} ?", datatype=ox.NamedNode(kind))
    return ox.Literal(old.value) if mutation == "datatype" else ox.NamedNode(old.value + "/none")


def test_a_shape_of_the_whole_graph_tells_the_node_at_fault(tmp_path):
    (tmp_path / "g.nt").write_text(f"<{ID}organization/a> <http://www.w3.org/ns/org#linkedTo> <{ID}organization/a> .\n")
    found = run(choose(), tmp_path / "g.nt")
    assert Result("affiliate-other", f"{ID}organization/a") in found
    assert not any(result.node == NS.rstrip("#") for result in found)


def test_the_fastest_engine_that_is_there_is_chosen(monkeypatch):
    monkeypatch.setattr(engines, "find_spec", lambda name: None if name == "shifty" else object())
    assert choose() == "pyshacl"
    with pytest.raises(MissingExtraError, match=r"pip install 'breachkg\[validate\]'"):
        choose("shifty")
    monkeypatch.setattr(engines, "find_spec", lambda _name: object())
    assert choose() == "shifty"
    assert choose("pyshacl") == "pyshacl"


def test_an_unknown_engine_is_told():
    with pytest.raises(KGError, match="no engine 'nonsense' .pyshacl, shifty."):
        choose("nonsense")


@pytest.mark.parametrize("engine", engines.ENGINES)
def test_what_an_engine_cannot_read_is_one_line(engine, tmp_path):
    pytest.importorskip(engine)
    (tmp_path / "g.nt").write_text("<a> is no triple\n")
    with pytest.raises(KGError, match=f"{engine} cannot validate the graph") as caught:
        run(engine, tmp_path / "g.nt")
    assert "\n" not in str(caught.value)


def test_a_malformed_literal_is_a_finding_and_no_noise(tmp_path, caplog):
    (tmp_path / "g.nt").write_text(
        f'<{ID}i> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{NS}Incident> .\n'
        f'<{ID}i> <{NS}earliest> "soon"^^<{XSD}date> .\n'
    )  # fmt: skip
    with caplog.at_level(logging.WARNING):
        found = run("pyshacl", tmp_path / "g.nt")
    assert ("incident-earliest", "soon") in {(result.check, result.value) for result in found}
    assert caplog.records == []
