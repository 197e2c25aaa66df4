"""The one real post: every row of the field-by-field mapping, and every field accounted for."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg.cli import main
from kg.vocabulary import ID

POST = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "rankiteo" / "MER1775255558.txt"
pytestmark = pytest.mark.skipif(not POST.is_file(), reason="the folder shared/data is not beside this checkout")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return tmp_path_factory.mktemp("real") / "real.kg"


@pytest.fixture(scope="module")
def graph(store):
    return kg.build(POST, store)


def rows(graph, query):
    return [tuple(str(value) for value in row) for row in graph.query(query).rows]


V = "https://w3id.org/breachkg/vocab/"
I = "?i a bkg:Incident ."  # noqa: E741 - the incident


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        (f"SELECT ?v {{ {I} ?i dct:identifier ?v }}", [("MER1775255558",)]),
        (f"SELECT ?d ?e ?l {{ {I} ?i dct:date ?d ; bkg:earliest ?e ; bkg:latest ?l }}", [("2026-04", "2026-04-01", "2026-04-30")]),
        (f"SELECT ?t {{ {I} ?i bkg:incidentType ?t }}", [(V + "incident-type/data-breach",)]),
        (f"SELECT ?s {{ {I} ?i bkg:investigationStatus ?s }}", [(V + "investigation-status/ongoing",)]),
        (f"SELECT ?n {{ {I} ?i bkg:breached/rdfs:label ?n }}", [("Mercor",)]),
        (f"SELECT ?n {{ {I} ?i bkg:affectsDownstream/rdfs:label ?n }}", [("Meta",)]),
        ("SELECT ?id { ?o rdfs:label 'Mercor' ; dct:identifier ?id }", [("rankiteo:mercor-ai",)]),
        ("SELECT ?n { ?o a bkg:Vendor ; rdfs:label ?n }", [("Mercor",)]),
        (
            "SELECT ?c ?s { ?r a bkg:SupplyRelationship ; bkg:customer/rdfs:label ?c ; bkg:supplier/rdfs:label 'Mercor' ; bkg:relationshipStatus ?s } ORDER BY ?c",
            [("Meta", V + "relationship-status/suspended"), ("multiple leading AI labs", V + "relationship-status/active")],
        ),
        ("SELECT ?c { ?c bkg:usesVendor/rdfs:label 'Mercor' ; a bkg:Organization }", [("https://w3id.org/breachkg/id/organization/name/meta",)]),
        (
            f"SELECT ?scale ?score ?by {{ {I} ?i bkg:assessment ?a . ?a bkg:scale ?scale ; bkg:score ?score ; bkg:assessor ?by }} ORDER BY ?scale",
            [(V + "rankiteo-impact", "5", "Rankiteo"), (V + "rankiteo-severity", "100", "Rankiteo")],
        ),
        ("SELECT ?g { ?a bkg:grade ?g }", [(V + "rankiteo-impact/5",)]),
        (
            f"SELECT ?t ?c {{ {I} ?i bkg:exposure ?e . ?e rdfs:label ?t ; bkg:dataType ?c ; bkg:sensitivity <{V}sensitivity/high> ; bkg:certainty <{V}certainty/suspected> }} ORDER BY LCASE(?t)",
            [(name, V + "data-type/trade-secrets") for name in (
                "data selection criteria", "labeling protocols", "Proprietary AI training methodologies", "training strategies")],
        ),
        (f"SELECT ?t ?n {{ {I} ?i bkg:impact ?m . ?m bkg:impactType ?t ; bkg:impactOn/rdfs:label ?n }}", [(V + "impact-type/operational", "Meta")]),
        (f"SELECT ?p {{ {I} ?i bkg:firstReportedBy/bkg:publisher ?p }}", [("Wired",)]),
        (
            f"SELECT ?a ?who ?status {{ {I} ?i bkg:response ?x . ?x bkg:actionType ?a ; bkg:actor/rdfs:label ?who ; bkg:targets/bkg:relationshipStatus ?status }}",
            [(V + "action-type/suspend-supplier", "Meta", V + "relationship-status/suspended")],
        ),
        (
            f"SELECT ?who {{ {I} ?i bkg:response ?x . ?x bkg:actionType <{V}action-type/investigate> ; bkg:actor ?g . ?g a bkg:OrganizationGroup ; rdfs:label ?who }}",
            [("multiple leading AI labs",)],
        ),
        (f"SELECT ?g {{ {I} ?i bkg:affects ?g . ?g a bkg:OrganizationGroup }}", []),
        ("SELECT ?s { ?r bkg:customer/rdfs:label 'Meta' ; bkg:service/rdfs:label ?s }", [("specialized data labeling and processing",)]),
        (
            f"SELECT ?u ?t {{ {I} ?i dct:source ?s . ?s schema:url ?u ; bkg:sourceType ?t }} ORDER BY ?u",
            [
                ("https://www.rankiteo.com/company/mercor-ai", V + "source-type/rating"),
                ("https://www.techbuzz.ai/articles/meta-halts-mercor-partnership-after-ai-training-data-breach", V + "source-type/article"),
            ],
        ),
        ("SELECT ?n { ?s schema:url 'https://www.rankiteo.com/company/mercor-ai'^^xsd:anyURI ; schema:about/rdfs:label ?n }", [("Mercor",)]),
        ("SELECT ?n ?t { ?o a bkg:Organization ; rdfs:label ?n ; bkg:industryText ?t } ORDER BY ?n", [("Mercor", "AI Data Services"), ("Meta", "Technology/Social Media")]),
    ],
)  # fmt: skip
def test_the_mapping_of_the_post(graph, query, wanted):
    assert rows(graph, query) == wanted


def test_every_header_and_dict_field_is_in_the_graph(graph):
    text = POST.read_text("utf-8")
    header = dict(re.findall(r'^"(\w+)": "([^"]*)"', text, re.MULTILINE))
    details = ast.literal_eval(text[text.index("{'") :])
    values = [" ".join(value.split()) for value in (*header.values(), *scalars(details))]
    assert len(values) > 20
    told = [q for q in graph.store.quads if q.subject.value.startswith(ID)]
    literals = {" ".join(q.object.value.split()) for q in told if isinstance(q.object, ox.Literal)}
    # A string that was printed in pieces is quoted with its seams.
    literals |= {" ".join(re.sub(r"['\"]\s*\n\s*['\"]", "", value).split()) for value in texts(told, "quote")}
    concepts = {q.object.value.rsplit("/", 1)[-1] for q in told if q.object.value.startswith(V)}

    def accounted(value):
        return bool({value, f"rankiteo:{value}"} & literals) or value.casefold() in concepts

    left = [value for value in values if not accounted(value)]
    # The compromised data are told one by one, and so is each of their two tellings.
    assert len(left) == 2
    for value in left:
        parts = re.split(r", (?:and )?", value)
        assert len(parts) == 4
        assert [part for part in parts if not accounted(part)] == []


def test_what_is_told_twice_is_claimed_twice_and_exposed_once(graph):
    rows = graph.query(
        "SELECT ?e (COUNT(?c) AS ?n) { ?i a bkg:Incident ; bkg:exposure ?e . ?e a bkg:DataExposure . ?c a bkg:Claim ; bkg:exposure ?e } GROUP BY ?e"
    )
    assert [number for _, number in rows] == [2, 2, 2, 2]


def texts(quads, name):
    """The values of one property."""
    return [q.object.value for q in quads if q.predicate.value.endswith(f"#{name}")]


def scalars(told):
    if isinstance(told, dict):
        for value in told.values():
            yield from scalars(value)
    elif isinstance(told, list):
        for value in told:
            yield from scalars(value)
    else:
        yield str(told)


def test_the_epoch_in_the_id_is_no_date(graph):
    dates = {str(q.object.value) for q in graph.store.quads if "date" in str(getattr(q.object, "datatype", "")).lower()}
    assert dates <= {"2026-04-01", "2026-04-30"}


def test_no_shape_is_violated_and_every_quote_stands_in_the_post(graph, store, capsys):
    told = graph.validate()
    assert [finding for finding in told.findings if finding.severity == "violation"] == []
    assert told.unchecked == ()
    assert main(["validate", "--store", str(store)]) == 0
    assert "0 violations" in capsys.readouterr().out


def test_exposure_of_meta(graph, store, capsys):
    assert main(["exposure", "Meta", "--format", "json", "--store", str(store)]) == 0
    told = json.loads(capsys.readouterr().out)
    (found,) = told["exposures"]
    assert (found["vendor"]["label"], found["tier"], found["status"], found["path"]) == (
        "Mercor",
        1,
        "suspended",
        ["Meta", "Mercor"],
    )
    (incident,) = found["incidents"]
    assert len(incident["data_types"]) == 4
    assert found["claims"]


def test_why_prints_the_exact_place(graph, store, capsys):
    assert main(["why", "Meta", "usesVendor", "Mercor", "--format", "json", "--store", str(store)]) == 0
    text = POST.read_text("utf-8")
    claims = json.loads(capsys.readouterr().out)["claims"]
    assert claims
    for claim in claims:
        assert text[claim["span"][0] : claim["span"][1]] == claim["quote"]
    assert any("suspended its collaboration" in claim["quote"] for claim in claims)


def test_blast_radius_of_mercor(graph, store, capsys):
    assert main(["blast-radius", "Mercor", "--format", "json", "--store", str(store)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["organization"]["label"] for one in told["exposed"]] == ["Meta"]
    assert [one["label"] for one in told["unnamed"]] == ["multiple leading AI labs"]
    assert told["count"] == 1
