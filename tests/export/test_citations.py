from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser

import pytest
from documents import post, table

from kg.dates import date_words
from kg.errors import KGError
from kg.export import export

HOSTILE = (
    "=HYPERLINK(1)", "+1", "-1", "@x", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "a|b", "[x](javascript:alert(1))",
    "\u202egnp.exe", "www.evil.example", "http://evil.example/x", "**bold** `code`", "\x07bell",
)  # fmt: skip


def evidence(graph, folder, ending="csv", **options):
    export(graph.store, "evidence", folder / f"x.{ending}", **options)
    return (folder / f"x.{ending}").read_text("utf-8")


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


class Page(HTMLParser):
    """The elements, the addresses and the text of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.addresses, self.words = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.addresses += [value for name, value in attrs if name in {"href", "src"}]
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data):
        self.words.append(data)


def test_every_claim_of_the_graph_is_in_the_table_once(tmp_path, demo_graph):
    claims = demo_graph.query("SELECT ?claim { ?claim a bkg:Claim } ORDER BY ?claim").rows
    assert sorted(row["claim"] for row in rows(evidence(demo_graph, tmp_path))) == [str(claim) for (claim,) in claims]


def test_the_three_forms_tell_the_same(tmp_path, demo_graph):
    told = rows(evidence(demo_graph, tmp_path))
    lines = evidence(demo_graph, tmp_path, "md").splitlines()[2:]
    assert len(lines) == len(told)
    page = evidence(demo_graph, tmp_path, "html")
    assert Page(page).tags.count("tr") == len(told) + 1
    words = " ".join("".join(Page(page).words).split())
    assert all(row["quote"] in words for row in told)


def test_a_row_says_who_says_so_when_and_how_surely(tmp_path, demo_graph):
    told = rows(evidence(demo_graph, tmp_path))
    (row,) = [
        row
        for row in told
        if row["quote"] == "Meta has paused all work with Mercor" and row["statement"] == "usesVendor"
    ]
    assert (row["subject"], row["object"], row["incident_date"]) == ("Meta", "Mercor", "2026-04")
    assert (row["certainty"], row["basis"], row["confidence"]) == ("confirmed", "stated", "0.9")
    assert row["url"] == "https://www.techbuzz.ai/articles/meta-halts-mercor-partnership-after-ai-training-data-breach"
    assert (row["document"], row["characters"]) == ("MER1775255558.txt", "94-130")
    assert {"reported", "recordCount", "response", "exposedDataType"} <= {row["statement"] for row in told}
    assert all(row["object"] for row in told)


def test_the_date_is_told_to_be_that_of_the_incident_and_is_the_same_as_on_the_page(tmp_path, demo_graph):
    told = {row["claim"]: row["incident_date"] for row in rows(evidence(demo_graph, tmp_path))}
    shown = {quote.claim: quote.date for edge in demo_graph.page().edges for quote in edge.quotes}
    assert {
        claim: date and f"incident of {date_words(date)}" for claim, date in told.items() if claim in shown
    } == shown
    assert len(set(told.values())) > 5
    assert "| incident_date |" in evidence(demo_graph, tmp_path, "md")
    assert ">Date of the incident</th>" in evidence(demo_graph, tmp_path, "html")


def test_certainties_are_kept_apart(tmp_path, demo_graph):
    counts = {
        name: len(rows(evidence(demo_graph, tmp_path, certainty=[name])))
        for name in ("confirmed", "suspected", "claimed", "denied")
    }
    assert counts["suspected"]
    assert sum(counts.values()) == len(rows(evidence(demo_graph, tmp_path)))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    import kg

    folder = tmp_path_factory.mktemp("hostile") / "d"
    folder.mkdir()
    vendors = [f"{text} Vendor {n}" for n, text in enumerate(HOSTILE)]
    (folder / "p.txt").write_text(post(vendors=vendors, data=HOSTILE[0]), "utf-8")
    with (folder / "t.csv").open("w", encoding="utf-8", newline="") as out:
        out.write(table())
        csv.writer(out).writerows([name, "Alder", "x", "", "", ""] for name in vendors)
    return kg.build(folder, folder.parent / "h.kg")


@pytest.mark.parametrize("kind", ["csv", "evidence"])
def test_no_cell_is_a_formula(tmp_path, hostile, kind):
    export(hostile.store, kind, tmp_path / "x.csv")
    found = list(csv.reader(io.StringIO((tmp_path / "x.csv").read_text("utf-8"), newline="")))
    assert any("HYPERLINK" in cell for row in found for cell in row)
    assert not [cell for row in found for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]
    assert not re.search("[\u202a-\u202e\x07]", "".join(cell for row in found for cell in row))


def test_a_page_from_hostile_text_is_only_text(tmp_path, hostile):
    text = evidence(hostile, tmp_path, "html")
    page = Page(text)
    assert set(page.tags) <= set(
        "html head meta title style body main h1 p table thead tbody tr th td div b q a".split()
    )
    assert all(address.startswith(("https://", "http://")) for address in page.addresses)
    assert "<script>alert(1)</script>" in "".join(page.words)
    assert "\u202e" not in text
    assert "default-src 'none'" in text


def test_on_a_narrow_screen_every_cell_says_what_it_is_and_the_table_is_still_one(tmp_path, demo_graph):
    text = evidence(demo_graph, tmp_path, "html")
    heads = re.findall(r'<th role="columnheader" scope="col">(.*?)</th>', text)
    told = re.findall(r'<tr role="row" title=.*?</tr>', text)
    assert len(told) == len(rows(evidence(demo_graph, tmp_path)))
    for row in told:
        assert re.findall(r'<td role="cell" data-column="(.*?)">', row) == heads
        # A cell is laid out as a grid: its words stay together only as one element.
        assert not re.search(r'data-column="[^"]*">(?!<div>|</td>)', row)
    assert re.search(r"@media \(max-width:760px\)\{.*td::before\{content:attr\(data-column\)", text, re.DOTALL)
    assert re.search(r"<body>\s*<main>\s*<h1>Evidence</h1>.*</main>\s*</body>", text, re.DOTALL)


def test_nothing_in_markdown_is_markup(tmp_path, hostile):
    text = evidence(hostile, tmp_path, "md")
    lines = text.splitlines()
    assert len({len(re.findall(r"(?<!\\)\|", line)) for line in lines}) == 1
    body = re.sub(r"\\.", "", "\n".join(lines[2:]))
    assert not re.search(r"[<>`*\[\]]|://|www\.", body)


def test_an_address_is_a_link_in_markdown(tmp_path, demo_graph):
    assert "<https://www.techbuzz.ai/articles/meta-halts-" in evidence(demo_graph, tmp_path, "md")


def test_another_ending_is_refused(tmp_path, demo_graph):
    with pytest.raises(KGError, match=r"a table of evidence is written as \.csv, \.md, \.html"):
        export(demo_graph.store, "evidence", tmp_path / "x.pdf")
