from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.suppliers.extractor import SupplierTableExtractor
from kg.extract.tabular import table
from kg.model import Defect, Document, Listing


def document(text):
    return Document("t.csv", text, "0")


def read(text):
    return list(SupplierTableExtractor().extract(document(text)))


def pairs(text):
    return [
        (one.uses_vendor[0].customer, one.uses_vendor[0].supplier) for one in read(text) if isinstance(one, Listing)
    ]


def defects(text):
    return [(one.place, one.reason) for one in read(text) if isinstance(one, Defect)]


@pytest.mark.parametrize(
    "header",
    [
        "customer,supplier",
        "Supplier;Customer;Service",
        "Company\tSub-processor\tPurpose",
        "CLIENT,Vendor,notes",
        '"customer","supplier"',
        "\r\n\r\ncustomer,supplier",
        "controller,sub_processor",
    ],
)
def test_a_table_is_known_by_its_header(header):
    assert SupplierTableExtractor().recognizes(document(f"{header}\nA,B\n"))
    assert SupplierTableExtractor().recognizes(document(header))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "customer\nA",
        "name,age\n",
        "a\rb\nc",
        '"customer,supplier',
        "customers of the supplier, they said\n",
        "x" * 20_000,
        "customer,supplier" + "," * 20_000,
    ],
    ids=lambda text: text[:12],
)
def test_other_texts_are_not(text):
    assert not SupplierTableExtractor().recognizes(document(text))


def test_read_by_force_a_text_without_the_header_is_a_defect():
    assert defects("name,age\nA,3\n") == [("line 1", "the header names no customer column and supplier column")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_line_ends_and_delimiters(end, delimiter):
    rows = [("supplier", "customer", "service"), ("Birch", "Alder", "labels"), ("Cedar", "Birch", "hosting")]
    text = end.join(delimiter.join(row) for row in rows)
    assert pairs(text) == [("Alder", "Birch"), ("Birch", "Cedar")]


def test_a_row_with_everything():
    text = "customer,supplier,service,since,until,status,region\n Alder  Labs ,Birch, data  labels ,2024-01,11/2025,Ended,EU\n"
    (one,) = read(text)
    told = one.uses_vendor[0]
    assert (told.customer, told.supplier, told.service, told.status) == ("Alder Labs", "Birch", "data labels", "ended")
    assert (told.valid_from.edtf, told.valid_until.edtf) == ("2024-01", "2025-11")
    assert [(note.key, note.value) for note in one.notes] == [("region", "EU")]
    (proof,) = told.evidence
    assert text[slice(*proof.span)] == proof.quote == text.splitlines()[1]
    assert proof.place == "row 1"


def test_what_is_not_understood_is_kept_as_a_note():
    (one,) = read("customer,supplier,since,until,status\nAlder,Birch,long ago,someday,tired,left over\n")
    told = one.uses_vendor[0]
    assert (told.valid_from, told.valid_until, told.status) == (None, None, "unknown")
    assert {(note.key, note.value) for note in one.notes} == {
        ("since", "long ago"), ("until", "someday"), ("status", "tired"), ("column 6", "left over"),
    }  # fmt: skip


def test_an_unnamed_group_is_a_group():
    (one,) = read("customer,supplier\nSeveral hospitals,Birch\n")
    assert [party.unnamed_group for party in one.parties] == [True, False]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Alder,", "names no supplier"),
        ("Alder", "names no supplier"),
        (",Birch", "names no customer"),
        ('" ",Birch', "names no customer"),
        ("Alder,ALDER", "names Alder as its own supplier"),
        ("Alder Ltd.,Alder Limited", "names Alder Ltd. as its own supplier"),
        ("Alder,Alder Inc.", "names Alder as its own supplier"),
        ("Alder,Birch,x,2025-02,2025-01", "ends (2025-01) no later than it begins (2025-02)"),
        ("Alder,Birch,x,2025-02-03,2025-02-03", "ends (2025-02-03) no later than it begins (2025-02-03)"),
        ('Alder,"Birch', "a quotation mark is not closed"),
    ],
)
def test_a_bad_row_is_set_aside_and_the_others_stand(row, reason):
    text = f"customer,supplier,service,since,until\nOak,Elm\n{row}\nElm,Ash\n"
    assert defects(text) == [("row 2", reason)]
    assert pairs(text) == [("Oak", "Elm"), ("Elm", "Ash")]


def test_a_repeated_row_is_told_once_and_counted_once():
    text = "customer,supplier\nA,B\n\nA , B\nA,C\n"
    assert pairs(text) == [("A", "B"), ("A", "C")]
    assert defects(text) == [("row 2", "repeats row 1")]


def test_a_cell_over_several_lines_is_one_cell_and_its_quote_is_the_text():
    text = 'customer,supplier,service\r\nA,B,"labels,\r\nmany ""good"" ones"\r\nC,D,x\r\n'
    first, second = read(text)
    assert first.uses_vendor[0].service == 'labels, many "good" ones'
    assert first.parties[0].evidence[0].quote == 'A,B,"labels,\r\nmany ""good"" ones"'
    assert second.parties[0].evidence[0].quote == "C,D,x"


def test_a_mark_that_is_never_closed_costs_one_row_however_long_the_table():
    rest = "".join(f"C{n},S{n}\n" for n in range(3 * table._MOST_LINES))
    text = f'customer,supplier\nA,"B\n{rest}'
    assert defects(text) == [("row 1", "a quotation mark is not closed")]
    assert len(pairs(text)) == 3 * table._MOST_LINES


def test_a_cell_of_a_megabyte_is_a_defect():
    assert defects(f"customer,supplier\nA,{'x' * 1_000_000}\n")
    assert pairs(f"customer,supplier\nA,{'x' * 1_000_000}\nC,D\n") == [("C", "D")]


@given(st.text(max_size=200))
def test_no_text_breaks_it_and_every_quote_is_in_its_place(text):
    whole = f"customer,supplier,service\n{text}"
    SupplierTableExtractor().recognizes(document(text))
    for one in read(whole):
        if isinstance(one, Listing):
            for proof in one.uses_vendor[0].evidence:
                assert whole[slice(*proof.span)] == proof.quote
        else:
            assert one.reason


cells = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=12)


@given(st.lists(st.tuples(cells, cells, cells), max_size=6))
def test_rows_are_those_of_the_csv_module(rows):
    out = io.StringIO()
    csv.writer(out).writerows([("customer", "supplier", "service"), *rows])
    full = [row for row in rows if any(cell.strip() for cell in row)]
    assert len(read(out.getvalue())) == len(full)


def told(text):
    return [
        (one.uses_vendor[0].customer, [r.supplier for r in one.uses_vendor], [(a.party, str(a.kind), a.other) for a in one.affiliations])
        if one.uses_vendor
        else (None, [], [(a.party, str(a.kind), a.other) for a in one.affiliations])
        for one in read(text)
        if isinstance(one, Listing)
    ]  # fmt: skip


MARKDOWN = """# Alder &amp; Sons sub-processors

| Sub-processor | Purpose | Location |
|---|---|---|
| [Oak LLC](https://oak.example) (Oak Cloud) | hosting (until October 2025) | EU |
| Birch* (optional) | | US |
"""


def test_a_title_names_the_customer_of_a_markdown_table():
    assert SupplierTableExtractor().recognizes(document(MARKDOWN))
    first, second = read(MARKDOWN)
    assert [(r.customer, r.supplier, r.valid_until.edtf) for r in first.uses_vendor] == [
        ("Alder & Sons", "Oak LLC", "2025-10"),
        ("Alder & Sons", "Oak Cloud", "2025-10"),
    ]
    assert [str(r.evidence[0].basis) for r in first.uses_vendor] == ["implied", "implied"]
    assert [proof.place for proof in first.uses_vendor[0].evidence] == ["row 1", "title"]
    for proof in (*first.uses_vendor[0].evidence, *first.affiliations[0].evidence):
        assert MARKDOWN[slice(*proof.span)] == proof.quote
    assert first.parties[0].evidence[0].quote == "Alder &amp; Sons sub-processors"
    assert {(n.key, n.value) for n in second.notes} == {("Location", "US"), ("remark", "optional")}
    assert (second.uses_vendor[0].supplier, second.uses_vendor[0].service) == ("Birch", "")


def test_an_html_page_with_several_tables_of_which_one_lists_suppliers():
    page = (
        "<html><title>Subprocessors - Alder</title><table><tr><th>Cookie<th>Purpose<tr><td>sid<td>login</table>"
        "<table><tr><th>Subprocessor<th>Purpose<tr><td colspan=2>Hosting<tr><td>Oak &amp; Co<br>1 Elm Road, London, UK<td>all</table>"
    )
    (one,) = read(page)
    assert (one.uses_vendor[0].customer, one.uses_vendor[0].supplier) == ("Alder", "Oak & Co")
    assert {(n.key, n.value) for n in one.notes} == {("address", "1 Elm Road, London, UK"), ("section", "Hosting")}
    assert one.uses_vendor[0].evidence[0].place == "table 2, row 1"


def test_without_any_word_for_whose_list_it_is_every_row_is_set_aside():
    reason = "names no customer: neither a column nor a title tells whose supplier it is (a mapping file can)"
    assert defects("Sub-processor,Purpose\nOak,hosting\nElm,mail\n") == [("row 1", reason), ("row 2", reason)]


def test_a_firm_that_trades_under_the_customers_name_is_known_in_every_row():
    text = 'Company,Sub-processor\nOak,Long Form B.V.\nOak,Long Way Ltd\nElm,Long Form B.V.\nOak,"Long Form, Inc. dba Oak"\n'
    told = [one for one in read(text) if isinstance(one, Listing)]
    assert [(one.customer, one.supplier) for each in told for one in each.uses_vendor] == [
        ("Oak", "Long Way Ltd"),
        ("Elm", "Long Form B.V."),
    ]
    assert [(one.party, str(one.kind), one.other) for one in told[0].affiliations] == [
        ("Long Form B.V.", "linked", "Oak")
    ]


def test_own_affiliates_belong_to_the_customer_and_are_not_its_vendors():
    text = "Company,Sub-processor,Purpose\nOak,Oak B.V.,\nOak,Twig Ltd,A wholly owned subsidiary of Oak\nOak,Oak affiliates,support\n"
    assert told(text) == [
        (None, [], [("Oak B.V.", "linked", "Oak")]),
        (None, [], [("Twig Ltd", "subsidiary", "Oak")]),
        ("Oak", ["Oak affiliates"], []),
    ]
    assert read(text)[2].parties[1].unnamed_group


def test_another_legal_form_is_another_company_of_the_group():
    (one,) = read("customer,supplier\nAlder Ltd,Alder Inc.\n")
    assert [(tie.party, str(tie.kind), tie.other) for tie in one.affiliations] == [
        ("Alder Inc.", "linked", "Alder Ltd")
    ]


def test_a_bracket_is_a_name_where_another_row_has_it():
    text = "customer,supplier\nAlder,Leaf (Oak Cloud)\nAlder,Fir (Data Lake)\nElm,Oak Cloud\n"
    assert [[use.supplier for use in one.uses_vendor] for one in read(text)] == [
        ["Leaf", "Oak Cloud"],
        ["Fir"],
        ["Oak Cloud"],
    ]


def test_two_that_use_each_other_are_two_relations_and_homonyms_stay_apart():
    text = "Company,Sub-processor\nAda,Oak\nOak,Ada\nElm,ADA\n"
    assert pairs(text) == [("Ada", "Oak"), ("Oak", "Ada"), ("Elm", "ADA")]


def test_a_self_supplier_is_no_edge():
    assert defects("Company,Sub-processor\nOak,oak\n") == [("row 1", "names Oak as its own supplier")]
    assert told("Company,Sub-processor\nOak,Long Form Inc. d/b/a Oak\n") == [
        (None, [], [("Oak", "product", "Long Form Inc.")])
    ]


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Current", "active"),
        ("Coming soon", "unknown"),
        ("terminated", "ended"),
        ("On hold", "suspended"),
        ("", "active"),
    ],
)
def test_words_for_states(word, status):
    (one,) = read(f"customer,supplier,status\nOak,Elm,{word}\n")
    assert one.uses_vendor[0].status == status


def test_relations_of_unnamed_groups_are_notes():
    (one,) = read("customer,supplier\nOak,Elm Inc. (a subsidiary of several companies)\n")
    assert one.affiliations == ()


@pytest.mark.parametrize(
    "text",
    [
        '{"data": [{"customer": "Alder", "subprocessor": "Oak", "purpose": "mail", "places": ["EU", "US"]}]}',
        '{"customer": "Alder", "subprocessor": "Oak", "purpose": "mail", "at": {"city": "Ghent"}}\n{"customer": "Elm", "subprocessor": "Oak"}\n',
    ],
)
def test_a_list_in_json_is_read_like_a_table(text):
    assert SupplierTableExtractor().recognizes(document(text))
    one, *more = read(text)
    (use,) = one.uses_vendor
    assert (use.customer, use.supplier, use.service) == ("Alder", "Oak", "mail")
    assert use.evidence[0].quote.startswith('{"customer": "Alder"')
    assert {(note.key, note.value) for note in one.notes} <= {("places", "EU, US"), ("at.city", "Ghent")}
    assert len(one.notes) == 1
    assert [use.customer for other in more for use in other.uses_vendor] in ([], ["Elm"])


def test_who_is_named_beside_a_list_in_json_is_the_customer():
    listed = '"subprocessors": [{"name": "Oak", "purpose": "mail"}, {"name": "Elm"}]'
    told = f'{{"updated": "2025-08-01", "company": "Alder \\u0026 Co", {listed}}}'
    assert SupplierTableExtractor().recognizes(document(told))
    assert pairs(told) == [("Alder & Co", "Oak"), ("Alder & Co", "Elm")]
    _, whose = read(told)[0].uses_vendor[0].evidence
    assert told[slice(*whose.span)] == whose.quote == "Alder \\u0026 Co"
    assert not SupplierTableExtractor().recognizes(document(f'{{"updated": "2025-08-01", {listed}}}'))


def test_merged_cells_leave_the_customer_to_the_rows_below():
    text = "Company,Sub-processor,Purpose\nAlder,Oak,mail\n,Elm,\n,Birch,files\nFir,Oak,mail\n,Birch,files\n,,files\n"
    assert pairs(text) == [("Alder", "Oak"), ("Alder", "Birch"), ("Fir", "Oak"), ("Fir", "Birch")]
    assert defects(text) == [("row 2", "names no customer"), ("row 6", "names no customer")]
    below = read(text)[2].uses_vendor[0].evidence
    assert [(proof.quote, str(proof.basis)) for proof in below] == [(",Birch,files", "implied"), ("Alder", "stated")]


@pytest.mark.parametrize(
    ("text", "told", "left"),
    [
        ("Supplier,Customer,Service\nOak,Elm,mail\nBirch,,files\n", [("Elm", "Oak")], ["row 2"]),
        ("Customer,Supplier,Service\n,Ash,logs\nElm,Oak,mail\n,Birch,files\n", [("Elm", "Oak")], ["row 1", "row 3"]),
    ],
    ids=["the supplier leads", "the first is blank"],
)
def test_a_blank_customer_is_nobody_where_no_cells_are_merged(text, told, left):
    assert pairs(text) == told
    assert defects(text) == [(place, "names no customer") for place in left]


def test_a_legal_name_beside_the_name_is_a_note():
    listed = '{"name": "Oak", "legal_name": null}, {"name": "Leaf", "legal_name": "Elm Email Inc."}'
    text = f'{{"company": "Alder", "subprocessors": [{listed}]}}'
    assert pairs(text) == [("Alder", "Oak"), ("Alder", "Leaf")]
    assert [note.value for note in read(text)[1].notes] == ["Elm Email Inc."]


def test_dates_of_a_table_are_read_in_its_own_order():
    text = "Customer,Supplier,Start date,End date\nAlder,Oak,3/4/2024,44927\nElm,Oak,13/4/2024,\n"
    first, second = read(text)
    assert first.reason == "ends (2023-01-01) no later than it begins (2024-04-03)"
    assert second.uses_vendor[0].valid_from.edtf == "2024-04-13"
