"""Lists of suppliers that are no tables: HTML and Markdown, whose they are, what is no supplier, and that quotes hold."""

from __future__ import annotations

import pytest
from documents import mutants

from kg.extract import choose
from kg.extract.suppliers.extractor import SupplierTableExtractor
from kg.model import Defect, Document, Listing

PAGE = """<!DOCTYPE html><html><head><title>Sub-processors | Quillfern Trust Center</title></head><body>
<nav><ul><li>Home</li><li>Our sub-processors</li></ul></nav>
<h1>Sub-processors</h1><p>The third parties that we engage.</p>
<ul><li><strong>Cedar Cloud, Inc.</strong> &ndash; hosting &amp; storage</li><li>Birch Mail: e-mail delivery</li>
<li>Alder Pay (until October 31, 2025)</li><li><a href="/elm">Elm Analytics</a><br>Product analytics</li>
<li>Regions<ul><li>Dublin</li></ul></li></ul>
<h2>Changes to our sub-processors</h2><ul><li>Notice by e-mail</li><li>Thirty days</li></ul></body></html>"""
GERMAN = """# Unterauftragsverarbeiter der Quillfern GmbH

- **Zeder Cloud GmbH** – Hosting
- Birke Post AG: Versand
  von Briefen
- Wir informieren Sie über Änderungen.

## Kontakt
- Telefon
- Fax
"""
FRENCH = "<div><p>Quillfern SAS fait appel aux sous-traitants suivants :</p><dl><dt>Nuage SAS<dd>hébergement<dt>Aulne<dd>paie</dl></div>"
PLAIN = "Quillfern uses the following sub-processors:\n* Cedar Cloud Inc - hosting\n* Birch Mail\n"


def read(text):
    return list(SupplierTableExtractor().extract(Document("list", text, "0" * 64)))


def told(text):
    uses = [use for item in read(text) if isinstance(item, Listing) for use in item.uses_vendor]
    return [(use.customer, use.supplier, use.service) for use in uses]


@pytest.mark.parametrize(
    ("text", "customer", "suppliers", "reasons"),
    [
        (
            PAGE,
            "Quillfern",
            [
                ("Cedar Cloud, Inc.", "hosting & storage"),
                ("Birch Mail", "e-mail delivery"),
                ("Alder Pay", ""),
                ("Elm Analytics", "Product analytics"),
            ],
            ["holds a list of its own"],
        ),
        (
            GERMAN,
            "Quillfern GmbH",
            [("Zeder Cloud GmbH", "Hosting"), ("Birke Post AG", "Versand von Briefen")],
            ["does not begin with a name"],
        ),
        (FRENCH, "Quillfern SAS", [("Nuage SAS", "hébergement"), ("Aulne", "paie")], []),
        (PLAIN, "Quillfern", [("Cedar Cloud Inc", "hosting"), ("Birch Mail", "")], []),
    ],
    ids=["page", "German", "French", "plain"],
)
def test_items_are_suppliers_of_whom_the_title_names(text, customer, suppliers, reasons):
    assert choose(Document("list", text, "0" * 64)).name == "suppliers"
    assert told(text) == [(customer, *supplier) for supplier in suppliers]
    assert [item.reason for item in read(text) if isinstance(item, Defect)] == reasons


PARTS = """<h1>Alder Bank subprocessors</h1>
<h3>Payments and cards</h3><ul><li>Cedar, Inc. – core banking</li><li>Worldbirch – cards</li></ul>
<h3>Credit</h3><ul><li>Elm Risk Solutions – checks</li><li>Fern LLC – reports</li></ul>
<h3>Your rights</h3><ul><li>Access – you may ask</li><li>Erasure of data – you may ask</li></ul>"""


def test_lists_below_plain_headings_that_are_parts_of_one_that_tells_whose():
    names = ["Cedar, Inc.", "Worldbirch", "Elm Risk Solutions", "Fern LLC"]
    assert [use[:2] for use in told(PARTS)] == [("Alder Bank", name) for name in names]
    for text in (PARTS.replace(", Inc.", "").replace(" LLC", ""), PARTS.replace("Alder Bank", "Our")):
        assert told(text) == []


def test_the_end_of_a_use_is_read_from_its_bracket():
    (ended,) = [use for item in read(PAGE) if isinstance(item, Listing) for use in item.uses_vendor if use.valid_until]
    assert (ended.supplier, ended.valid_until.edtf) == ("Alder Pay", "2025-10-31")


def test_a_list_of_nobody_tells_so():
    (first, second) = read("# Sub-processors\n- Cedar Cloud\n- Birch Mail\n")
    assert first.reason.startswith("names no customer")
    assert isinstance(second, Defect)


@pytest.mark.parametrize(
    "text",
    [
        "# How we choose sub-processors\n- Security review\n- Contract\n",
        "# Sub-processors of Quillfern\n\n## Your rights\n- Access\n- Erasure\n",
        "# Sub-processors of Quillfern\n- We tell you of changes.\n- You may object.\n",
        "# Sub-processors of Quillfern\n- Cedar Cloud\n",
        '{"sub-processors": ["Cedar", "Birch"]}',
    ],
)
def test_other_lists_are_left_alone(text):
    assert not SupplierTableExtractor().recognizes(Document("list", text, "0" * 64))


def test_damaged_pages_never_make_it_fail_and_quotes_hold():
    for mutant in mutants([PAGE, GERMAN, FRENCH], 100, seed=7):
        for item in read(mutant):
            proofs = [] if isinstance(item, Defect) else [proof for use in item.uses_vendor for proof in use.evidence]
            assert all(mutant[slice(*proof.span)] == proof.quote for proof in proofs)


def test_footnote_marks_that_are_raised_are_no_part_of_a_name():
    page = "<h1>Alder sub-processors</h1><ul><li>Oak<sup>1</sup> - files</li><li>Elm<sup>(a)</sup> - mail</li><li>Fir <sup>new</sup> - search</li></ul>"
    assert [one[1] for one in told(page)] == ["Oak", "Elm", "Fir new"]
    text = "# Alder sub-processors\n\n- Oak<sup>1</sup> - files\n- Elm<sup>*</sup> - mail\n"
    assert [one[1] for one in told(text)] == ["Oak", "Elm"]


def test_a_bracket_behind_a_name_is_not_cut():
    text = "# Alder sub-processors\n\n- Oak (mail, files)\n- Elm (mail - files): hosting\n- Ash (SMS), Fir (voice)\n"
    assert [one[1] for one in told(text)] == ["Oak", "Elm", "Ash", "Fir"]


@pytest.mark.parametrize(
    "pages", ["Privacy policy|Terms of service", "Terms of Use|Oak", "Cookie Policy|Data Processing Addendum"]
)
def test_the_menu_at_the_end_of_a_page_lists_nobody(pages):
    menu = "".join(f"- [{page}](/x)\n" for page in pages.split("|"))
    text = f"# Quillfern Subprocessors\n\n## Support\n\n- **Cedar, Inc.** – billing\n- **Birch LLC** – chat\n\nWrite to us.\n\n{menu}"
    assert told(text) == [("Quillfern", "Cedar, Inc.", "billing"), ("Quillfern", "Birch LLC", "chat")]


CRUMBS = "<title>Sub-processors | Alder</title><ol><li>Alder help<li>Policies</ol><h1>Alder Sub-processors</h1>"
CEDAR = "<table><tr><th>Sub-processor<th>Purpose<tr><td>Cedar<td>CDN</table>"


@pytest.mark.parametrize(
    ("text", "suppliers"),
    [
        (f"{CRUMBS}{CEDAR}<ul><li><a>Facebook</a><li><a>LinkedIn</a></ul>", ["Cedar"]),
        (f"{CRUMBS}<ul><li>Birch<li>Elm</ul>", ["Birch", "Elm"]),
        (f"{CRUMBS}{CEDAR}<ul><li>Birch Inc.<li>Elm</ul>", ["Cedar", "Birch Inc.", "Elm"]),
        (f"{CRUMBS}{CEDAR}<ul><li>Birch – mail<li>Elm</ul>", ["Cedar", "Birch", "Elm"]),
        (f"{CRUMBS}{CEDAR}<ul><li>Birch (mail)<li>Elm (chat)</ul>", ["Cedar", "Birch", "Elm"]),
        (
            f"{CRUMBS}<h2>Sub-processors</h2>{CEDAR}<h2>Sub-processors</h2><ul><li>Birch<li>Elm</ul>",
            ["Cedar", "Birch", "Elm"],
        ),
        (f"{CRUMBS}{CEDAR}<h2>Other sub-processors</h2><ul><li>Birch<li>Elm</ul>", ["Cedar", "Birch", "Elm"]),
        (f"{CRUMBS}{CEDAR}<p>Other sub-processors:</p><ul><li>Birch<li>Elm</ul>", ["Cedar", "Birch", "Elm"]),
        ("<title>Sub-processors | Alder</title><ul><li>Birch<li>Elm</ul>", ["Birch", "Elm"]),
    ],
)
def test_bare_names_above_all_headings_or_beside_a_table_of_suppliers_are_a_menu(text, suppliers):
    assert [(use[0], use[1]) for use in told(text)] == [("Alder", name) for name in suppliers]


def test_a_list_with_kinds_of_data_and_the_day_of_addition_is_no_breach_portal():
    text = "# Quillfern Sub-processors\n\n| Entity name | Purpose | Type of personal data | Date added |\n|--|--|--|--|\n| Cedar | CDN | IP addresses | 25 May 2018 |\n"
    assert choose(Document("list.md", text, "0")).name == "suppliers"
