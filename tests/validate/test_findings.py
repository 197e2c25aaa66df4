from __future__ import annotations

import csv
import io
import json

from kg.validate import Finding, Validation, joined
from kg.validate.findings import Check, Count


def validation(severity, found=1, shown=1, graph="a.kg", **fields):
    check = Check("some-shape", severity, "It is wrong.", "bkg:quote")
    given = {
        "severity": severity, "shape": check.name, "message": check.message, "node": "urn:n", "label": "N",
        "path": check.path, "value": "", "graph": graph, "document": "", "place": "", "span": None, "quote": "",
    } | fields  # fmt: skip
    return Validation("pyshacl", (Finding(**given),) * shown, (Count(check, graph, found, shown),), ())


def test_what_conforms():
    assert Validation("pyshacl", (), ()).conforms(strict=True)
    assert validation("warning").conforms()
    assert not validation("warning").conforms(strict=True)
    assert not validation("violation").conforms()


def test_findings_that_a_limit_left_out_are_counted():
    told = validation("violation", found=213, shown=1)
    assert (told.violations, told.warnings, len(told.findings)) == (213, 0, 1)
    assert [count.found - count.shown for count in told.left_out()] == [212]
    assert validation("warning").left_out() == []


def test_json_has_stable_keys():
    told = validation("violation", span=(3, 9)).as_dict()
    assert json.loads(json.dumps(told)) == told
    assert told.keys() == {"engine", "violations", "warnings", "shapes", "findings", "unchecked"}
    assert told["findings"][0]["span"] == [3, 9]
    assert told["shapes"][0].keys() == {"name", "severity", "message", "path", "graph", "count", "shown"}


def test_a_row_names_the_document_else_the_graph():
    rows = list(csv.DictReader(io.StringIO(validation("warning", span=(3, 9)).table().to_csv())))
    assert (rows[0]["document"], rows[0]["characters"]) == ("a.kg", "3-9")
    rows = list(csv.DictReader(io.StringIO(validation("warning", document="d.txt").table().to_csv())))
    assert (rows[0]["document"], rows[0]["characters"]) == ("d.txt", "")


def test_several_validations_are_one_with_violations_first():
    told = joined(
        [validation("warning", graph="a"), validation("violation", graph="b"), validation("warning", graph="c")]
    )
    assert [finding.graph for finding in told.findings] == [count.graph for count in told.counts] == ["b", "a", "c"]
    assert (told.engine, told.violations, told.warnings) == ("pyshacl", 1, 2)
