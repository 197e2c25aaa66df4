"""The real catalogues, breach lists, leak-site posts and attack tables: every record accounted for, none confirmed that is claimed."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from mutants import check, check_mutants

import kg
from kg.errors import UnknownFormatError
from kg.extract import choose, extractors
from kg.extract.reading import find, read
from kg.model import Certainty, Defect, Incident, Role
from kg.vocabulary import ontology_dir

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
FOLDERS = {
    "cncf": "cncf",
    "leaksite": "leak-site",
    "hibp": "hibp",
    "iqt": "supply-chain",
    "securitybreach": "catalogue",
}

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the folder shared/data is not beside this checkout")


def records_in(path):
    """How many records a file holds, counted with the standard library."""
    text = path.read_text("utf-8-sig")
    if path.name.startswith("LICENSE"):
        return 0
    if path.suffix == ".csv":
        return len(list(csv.DictReader(io.StringIO(text))))
    if path.suffix == ".json":
        told = json.loads(text)
        return len(told) if isinstance(told, list) else len(told.get("breaches", [told]))
    if path.name == "README.md":
        rows = [line for line in text.splitlines() if line.lstrip().startswith("|")]
        return len(rows) - 2
    return 1


def documents(folder):
    for found in find([DATA / folder]):
        document = read(found)
        try:
            extractor = choose(document)
        except UnknownFormatError:
            continue
        yield document, extractor


@pytest.fixture(scope="module")
def read_all():
    """Folder -> (document name, record) of everything in it."""
    told = {}
    for folder, kind in FOLDERS.items():
        told[folder] = []
        for document, extractor in documents(folder):
            assert extractor.name == kind
            told[folder] += [(document.name, one) for one in check(extractor, document)]
    return told


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_record_is_an_incident_or_set_aside(folder, read_all):
    found = Counter(name for name, _ in read_all[folder])
    files = [path for path in (DATA / folder).rglob("*") if path.is_file()]
    wanted = {path.relative_to(DATA / folder).as_posix(): records_in(path) for path in files}
    assert sum(wanted.values()) > 25
    assert found == Counter({name: count for name, count in wanted.items() if count})


@pytest.fixture(scope="module")
def graphs(tmp_path_factory):
    place = tmp_path_factory.mktemp("catalogues")
    return {folder: kg.build(DATA / folder, place / f"{folder}.kg") for folder in FOLDERS}


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_report_counts_them_all(folder, graphs):
    report = graphs[folder].report
    files = [path for path in (DATA / folder).rglob("*") if path.is_file()]
    kind = report.by_kind[FOLDERS[folder]]
    assert kind["incidents"] + kind["quarantined"] == sum(map(records_in, files))
    assert report.skipped == sum(path.name.startswith("LICENSE") for path in files)


def test_leak_site_posts_are_claims_and_hidden_names_nobodys(read_all):
    posts = json.loads((DATA / "leaksite" / "posts.json").read_text("utf-8"))
    for number, (_, one) in enumerate(read_all["leaksite"]):
        title = posts[number]["post_title"]
        if isinstance(one, Defect):
            assert "names no victim" in one.reason
            continue
        assert one.certainty == Certainty.CLAIMED
        assert [party.name for party in one.parties if party.role is Role.ATTACKER] == [posts[number]["group_name"]]
        hidden = title.endswith("...") or "***" in title or "???" in title
        assert next(party.unnamed_group for party in one.parties if party.role is Role.BREACHED) == hidden
        assert one.incomplete == title.endswith("...")
    assert sum(isinstance(one, Defect) for _, one in read_all["leaksite"]) == 3


def test_no_organization_of_a_leak_site_is_called_by_its_mask(graphs):
    rows = graphs["leaksite"].query("SELECT ?n { ?o a bkg:Organization ; rdfs:label ?n }").rows
    assert len(rows) > 30
    assert [str(name) for (name,) in rows if re.search(r"\*\*|\?\?|\.\.\.|&amp", str(name))] == []


def test_breach_lists_keep_their_numbers_classes_and_doubts(read_all):
    told = json.loads((DATA / "hibp" / "breaches_150.json").read_text("utf-8"))
    found = [one for name, one in read_all["hibp"] if name == "breaches_150.json"]
    for one, breach in zip(found, told, strict=True):
        assert one.id == breach["Name"]
        assert [count.low for count in one.record_counts] == [breach["PwnCount"]]
        assert [exposed.text for exposed in one.data_types] == breach["DataClasses"]
        assert all(exposed.concept for exposed in one.data_types)
        wanted = (
            Certainty.DENIED
            if breach["IsFabricated"]
            else Certainty.CONFIRMED
            if breach["IsVerified"]
            else Certainty.SUSPECTED
        )
        assert one.certainty == wanted
        assert bool(breach["Domain"]) <= any(party.identifiers for party in one.parties)
        assert str(one.dates[-1].date.edtf) == breach["AddedDate"][:10]


def test_dates_and_addresses_of_the_attack_table(read_all):
    with (DATA / "iqt" / "software_supply_chain_attacks.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = {"occurred": "initial_compromise_date", "discovered": "detection_date", "reported": "report_date"}
    for (_, one), row in zip(read_all["iqt"], rows, strict=True):
        dates = {str(date.what): date.date.edtf for date in one.dates}
        for what, column in columns.items():
            printed = row[column].strip()
            if printed == "unknown":
                assert what not in dates
            else:
                month, day, year = (int(part) for part in printed.split("/"))
                assert dates[what] == f"{year:04d}-{month:02d}-{day:02d}"
        assert len(one.sources) == len(set(re.findall(r"https?://[^\s,;]+", row["reference"])))
        if row["technology"] != "Unknown":
            assert one.parties


def test_a_supplier_that_was_broken_into_is_the_vendor(read_all):
    found = {party.name: party.role for _, one in read_all["iqt"] for party in one.parties}
    assert {
        name: found[name] for name in ("SolarWinds Orion", "CodeCov", "Kaseya VSA", "npm", "Google Play Store")
    } == {
        "SolarWinds Orion": Role.BREACHED,
        "CodeCov": Role.BREACHED,
        "Kaseya VSA": Role.BREACHED,
        "npm": Role.SUPPLIER_ONLY,
        "Google Play Store": Role.SUPPLIER_ONLY,
    }


def test_catalogue_entries_have_their_month_actor_and_links(read_all):
    for name, one in read_all["securitybreach"]:
        told = json.loads((DATA / "securitybreach" / name).read_text("utf-8"))
        assert [date.date.edtf for date in one.dates] == [f"{told['year']}-{told['month']:02d}"]
        assert len(one.sources) == len(set(told["links"]))
        kind, _, actor = told["tags"]["actor"].partition(":")
        assert bool(actor.strip() not in ("", "China") or kind == "Midnight Blizzard") == any(
            party.role is Role.ATTACKER for party in one.parties
        )
        assert [count.low for count in one.record_counts] == [n for n in [told["tags"].get("impacted-user-count")] if n]


def test_a_page_and_its_row_are_one_incident(graphs):
    (count,) = graphs["cncf"].query("SELECT (COUNT(DISTINCT ?i) AS ?n) { ?i a bkg:Incident }").rows[0]
    files = [path for path in (DATA / "cncf").rglob("*.md") if path.parent != DATA / "cncf"]
    index = (DATA / "cncf" / "README.md").read_text("utf-8")
    listed = set(re.findall(r"\]\((\d{4}/[^)]+\.md)\)", index))
    unlisted = [path for path in files if path.relative_to(DATA / "cncf").as_posix() not in listed]
    assert int(str(count)) == len(listed) + len(unlisted)


def test_every_page_tells_its_types_and_most_whom(read_all):
    pages = [one for name, one in read_all["cncf"] if name != "README.md"]
    assert all(isinstance(one, Incident) and one.types for one in pages)
    assert sum(bool(one.parties) for one in pages) > 0.8 * len(pages)


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS)
def test_no_shape_is_violated(folder, graphs):
    pyshacl = pytest.importorskip("pyshacl")
    data, shapes = rdflib.Graph(), rdflib.Graph()
    told = (quad.triple for quad in graphs[folder].store.quads if isinstance(quad.graph_name, ox.DefaultGraph))
    data.parse(io.BytesIO(ox.serialize(told, format=ox.RdfFormat.N_TRIPLES)), format="nt")
    for path in sorted((ontology_dir() / "shapes").glob("*.ttl")):
        shapes.parse(path)
    _, report, text = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    severities = Counter(str(one) for one in report.objects(None, rdflib.SH.resultSeverity))
    assert severities[str(rdflib.SH.Violation)] == 0, text[:2000]


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS)
def test_mutants_of_the_real_files_are_read(folder):
    """Two thousand of each kind, spread over its files; of a long list only the beginning, so that each is soon done."""
    found = list(documents(folder))
    for number, (document, _) in enumerate(found):
        data = document.text[:20_000].encode()
        count = 2_000 // len(found) + 1
        check_mutants(extractors()[FOLDERS[folder]], document.name, data, count, seed=number)
