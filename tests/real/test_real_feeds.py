"""Everything at hand in one build: nothing is lost in silence, nothing is wrong, and one question crosses the feeds."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the folder shared/data is not beside this checkout")


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for row in csv.reader(file) if any(cell.strip() for cell in row)) - 1


def items(path):
    told = json.loads(path.read_text("utf-8"))
    return len(told) if isinstance(told, list) else len(told.get("objects", [told])) if "objects" in told else 1


def counted():
    """Records in the files of each kind, counted by the standard library alone."""
    data = DATA
    veris = [p for p in data.glob("vcdb/**/*.json") if "schema" not in p.name and not p.name.startswith("veris")]
    cncf = list(data.glob("cncf/2*/*.md"))
    listed = [line for line in (data / "cncf" / "README.md").read_text("utf-8").splitlines() if line.startswith("| [")]
    return {
        "portal": rows(data / "hhs" / "breach_report_500.csv"),
        "suppliers": sum(rows(path) for path in data.glob("subprocessors/*.csv")),
        "supply-chain": sum(rows(path) for path in data.glob("iqt/*.csv")),
        "hibp": sum(items(path) for path in data.glob("hibp/*.json")),
        "leak-site": sum(items(path) for path in data.glob("leaksite/*.json")),
        "catalogue": sum(1 for _ in data.glob("securitybreach/**/*.json")),
        "stix": sum(items(path) for path in data.glob("stix/*.json")),
        "veris": sum(items(path) for path in veris),
        "cncf": len(cncf) + len(listed),
    }


def test_read_and_set_aside_are_all_the_records(everything):
    kinds = everything.report.by_kind
    told = {kind: counts["records"] + counts["quarantined"] for kind, counts in kinds.items()}
    assert {kind: told[kind] for kind in counted()} == counted()


def test_what_is_no_feed_is_listed_as_skipped(everything):
    skipped = {row["document"] for row in everything.report.skipped_documents}
    held = {entry["name"] for entry in everything.store.manifest["documents"].values()}
    data = DATA
    there = {path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file()}
    assert skipped | held == there
    assert {"README.md", "cncf/LICENSE.md", "prose/ANNOTATION.md", "vcdb/verisc-merged.json"} <= skipped


@pytest.mark.slow
def test_no_shape_is_violated(everything):
    assert everything.validate(limit=1).violations == 0


def test_one_question_across_feeds(everything):
    found = everything.blast_radius("Zendesk", 1)
    by_exposure = {
        kind: {one.node.label for one in found.exposed if one.exposure == kind} for kind in ("confirmed", "potential")
    }
    assert by_exposure["confirmed"] >= {"Twitter", "Tumblr", "Pinterest", "Burger King", "Jeep"}
    assert len(by_exposure["potential"]) > 5
    documents = {
        one.node.label: {quote.document for quote in everything.evidence.quotes(one.claims)} for one in found.exposed
    }
    assert all(name.startswith("vcdb/") for name in documents["Twitter"])
    assert all(name.startswith("subprocessors/") for name in documents["Notion"])
