from __future__ import annotations

import re

import pytest
from documents import breach, graph_of

from kg.errors import KGError
from kg.model import Role
from kg.validate import validate
from kg.validate.checking import checks
from kg.vocabulary import ID, NS


def test_the_demo_graph_has_no_violation(demo_graph):
    told = demo_graph.validate()
    assert told.conforms()
    assert told.violations == 0
    assert told.warnings == len(told.findings) > 0
    assert told.unchecked == ()


def test_engines_give_one_report(demo_graph):
    pytest.importorskip("shifty", reason="the fast engine is not installed")
    fast, reference = (demo_graph.validate(engine=name) for name in ("shifty", "pyshacl"))
    assert fast.findings == reference.findings
    assert fast.counts == reference.counts
    assert (fast.engine, reference.engine) == ("shifty", "pyshacl")


def test_findings_name_shape_node_path_value_document_and_place(exported):
    store = exported(lambda lines: [
        line.replace('2024-06-01"', '2024-13-77"') if f"<{NS}earliest>" in line else
        line.replace("incident-type/ransomware>", "incident-type/nonsense>") if f"<{NS}incidentType>" in line else line
        for line in lines
    ])  # fmt: skip
    told = validate(store)
    found = [finding for finding in told.findings if finding.shape == "incident-type"]
    assert found
    assert told.findings[0].severity == "violation"
    for finding in found:
        assert finding.path == "bkg:incidentType"
        assert finding.value.endswith("incident-type/nonsense")
        assert finding.message == "The type of an incident is a concept of the incident-type scheme."
        assert finding.document.endswith(".txt")
        assert finding.place.startswith("post 1, ")
        assert finding.span[1] - finding.span[0] == len(finding.quote)
        assert finding.label
    # The same fault is told of the canonical graph and of the evidence.
    assert {finding.node.startswith(f"{ID}document/") for finding in found} == {True, False}


def test_every_party_that_documents_disagree_about_is_told_by_name():
    names, roles = ("Elm", "Oak"), (Role.AFFECTED_DOWNSTREAM, Role.CUSTOMER_UNAFFECTED)
    told = [[breach(("Birch", Role.BREACHED), *((name, role) for name in names), uses=names)] for role in roles]
    found = [one for one in graph_of(*told).validate().findings if one.shape == "party-disputed"]
    assert [(one.label, one.document) for one in found] == [("Elm", "1.txt"), ("Oak", "1.txt")]


def test_a_fault_that_only_the_evidence_can_show_is_found(exported):
    """Spans stay in the evidence."""
    told = validate(
        exported(lambda lines: [re.sub(rf'(<{NS}quoteEnd>) "[0-9]+"', r'\1 "soon"', line) for line in lines])
    )
    found = [finding for finding in told.findings if finding.severity == "violation"]
    assert {finding.shape for finding in found} == {"claim-offset", "claim-span"}
    assert all(finding.node.startswith(f"{ID}document/") for finding in found)
    assert all(finding.document and finding.place for finding in found)


def test_a_limit_keeps_the_first_of_each_shape_and_counts_the_rest(demo_graph):
    every, few = demo_graph.validate(), demo_graph.validate(limit=1)
    assert [count.found for count in few.counts] == [count.found for count in every.counts]
    assert [finding.shape for finding in few.findings] == [count.check.name for count in every.counts]
    firsts = {finding.shape: finding for finding in reversed(every.findings)}
    assert list(few.findings) == [firsts[finding.shape] for finding in few.findings]
    assert few.warnings == every.warnings


def test_a_negative_limit_is_refused(demo_graph):
    with pytest.raises(KGError, match="cannot be negative"):
        demo_graph.validate(limit=-1)


def test_checks_are_the_shapes_and_the_two_beside_them():
    found = [check for check, _ in checks().values()]
    assert len(found) > 100
    assert {"quote-in-text", "span-in-text", "incident-label", "edge-without-claim"} <= checks().keys()
    assert [check.severity for check in found] == sorted(check.severity for check in found)
    assert checks()["incident-party"][0].path == "bkg:breached | bkg:affectsDownstream | bkg:affects"
    assert NS + "breached" in checks()["incident-party"][1]
