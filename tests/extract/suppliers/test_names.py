from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.places import is_address, is_place, split_address
from kg.extract.suppliers.kin import own_affiliate
from kg.extract.suppliers.names import Named, read_supplier
from kg.extract.suppliers.remarks import validity


def names(cell):
    return read_supplier(cell).names


def ties(cell):
    return [(party, str(kind), other) for party, kind, other in read_supplier(cell).affiliations]


@pytest.mark.parametrize(
    "cell",
    [
        "Birch",
        "Birch Labs, Inc.",
        "birch.io",
        "E*TRADE",
        "Birchh Cluod",
        "Step by step",
        "Birch - hosting",
    ],
)
def test_a_plain_name_is_kept_as_it_is_spelled(cell):
    assert names(cell)[0] == cell.split(" - ")[0]
    assert len(names(cell)) == 1


@pytest.mark.parametrize(
    "cell",
    ["Brandt GmbH & Co. KG", "Personio SE & Co. KG", "Fresenius Medical Care AG & Co. KGaA", "Haspa AG & Co. oHG", "Otto GmbH & Co KG",
     "Miele GmbH & Cie. KG", "Brandt GmbH & Company KG", "Alder Ltd and Co. KG"],
)  # fmt: skip
def test_what_stands_in_a_legal_form_parts_no_names(cell):
    assert names(cell) == (cell,)


def test_companies_are_parted_beside_such_a_form():
    assert names("Brandt GmbH & Co. KG & Otto AG") == ("Brandt GmbH & Co. KG", "Otto AG")
    assert names("Alder Inc. & Birch Ltd") == ("Alder Inc.", "Birch Ltd")


@pytest.mark.parametrize("cell", ["", " ", "()", "(optional)", "*"])
def test_a_cell_without_a_name_names_nobody(cell):
    assert names(cell) in ((), ("*",))


@pytest.mark.parametrize(
    ("cell", "since", "until", "status"),
    [
        ("Birch (until October 31, 2025)", None, "2025-10-31", None),
        ("Birch, Inc.** (Effective September 1, 2025)", "2025-09-01", None, None),
        ("Birch (effective as of 1 March 2024)", "2024-03-01", None, None),
        ("Birch (from 2024-01 until 2025-02)", "2024-01", "2025-02", None),
        ("Birch (starting Q3 2025)", "2025-35", None, None),
        ("Birch [added on 5/2024]", "2024-05", None, None),
        ("Birch - through December 2025", None, "2025-12", None),
        ("Birch until 31 May 2026", None, "2026-05-31", None),
        ("Birch, added 2025-05-01", "2025-05-01", None, None),
        ("Birch, Inc., removed 2025-05-01", None, "2025-05-01", None),
        ("Birch, being discontinued on May 1, 2025", None, "2025-05-01", None),
        ("Birch, valid until 2025-06-30", None, "2025-06-30", None),
        ("Birch (being removed on November 1, 2025)", None, "2025-11-01", None),
        ("Birch, in effect from 2027-05-01", "2027-05-01", None, None),
        ("Birch, in force since 2025-01-01", "2025-01-01", None, None),
        ("Birch, in effect as of 2025-01-01", "2025-01-01", None, None),
        ("Birch (in effect starting 2025-01-01)", "2025-01-01", None, None),
        ("Birch, added with effect from 2025-01-01", "2025-01-01", None, None),
        ("Birch, terminated with effect from 2025-01-01", None, "2025-01-01", None),
        ("Birch, discontinued starting 2025-01-01", None, "2025-01-01", None),
        ("Birch, no longer used since 2025-01-01", None, "2025-01-01", None),
        ("Birch, no longer active since 2025-01-01", None, "2025-01-01", None),
        ("Birch, not in use from 2025-01-01", None, "2025-01-01", None),
        ("Birch, currently in use since 2025-01-01", "2025-01-01", None, None),
        ("Birch, to be used from 2027", "2027", None, "unknown"),
        ("Birch, being used since 2025-01-01", "2025-01-01", None, None),
        ("Birch, added 2025-01-01, removed 2025-12-31", "2025-01-01", "2025-12-31", None),
        ("Birch (added 2025-01-01, removed 2025-12-31)", "2025-01-01", "2025-12-31", None),
        ("Birch (removed 31 December 2025; added January 1, 2025)", "2025-01-01", "2025-12-31", None),
        ("Birch (added 2025-01-01 and removed in 2026)", "2025-01-01", "2026", None),
        ("Birch (removed 2025-01-01, added 2026-01-01)", None, "2025-01-01", None),
        ("Birch (effective until 2025-06-30)", None, "2025-06-30", None),
        ("Birch (in effect till June 2025)", None, "2025-06", None),
        ("Birch (in force through 2025-06-30)", None, "2025-06-30", None),
        ("Birch (opt-in; effective June 1, 2025)", "2025-06-01", None, None),
        ("Birch (discontinued; effective June 1, 2025)", None, None, None),
        ("Birch (acquired by Oak, Inc.; since June 1, 2025)", None, None, None),
        ("Birch (since 2019) (until 2026)", "2019", "2026", None),
        ("Birch (Coming Soon)", None, None, "unknown"),
        ("Birch (deprecated)", None, None, "ended"),
    ],
)
def test_brackets_tell_since_and_until_when(cell, since, until, status):
    told = read_supplier(cell)
    assert told.names[0].removesuffix(", Inc.") == "Birch"
    assert (told.since and told.since.edtf, told.until and told.until.edtf, told.status) == (since, until, status)
    assert told.affiliations == ()


@pytest.mark.parametrize(
    "remark", ["optional", "EU customers", "from the EU", "until further notice", "since it is fast", "new", ""]
)
def test_a_remark_without_a_date_tells_no_validity(remark):
    assert validity(remark) is None


@pytest.mark.parametrize(
    ("cell", "wanted", "tied"),
    [
        ("Birch LLC (Birch Cloud)", ("Birch LLC", "Birch Cloud"), [("Birch Cloud", "product", "Birch LLC")]),
        ("Oak Cloud’s Leaf (Oak Corporation)", ("Oak Cloud’s Leaf", "Oak Corporation"), [("Oak Cloud’s Leaf", "product", "Oak Corporation")]),
        ("Leaf by Oak, Inc.", ("Leaf", "Oak, Inc."), [("Leaf", "product", "Oak, Inc.")]),
        ("Long Form Software, Inc. d/b/a Short", ("Long Form Software, Inc.", "Short"), [("Short", "product", "Long Form Software, Inc.")]),
        ("Long Form Inc.(trading as Short)", ("Long Form Inc.", "Short"), [("Short", "product", "Long Form Inc.")]),
        ("Long Form, dba Short", ("Long Form", "Short"), [("Short", "product", "Long Form")]),
        ("Oak (Leaf)", ("Oak", "Leaf"), [("Leaf", "linked", "Oak")]),
        ("Oak Inc. (“Leaf Twig”)", ("Oak Inc.", "Leaf Twig"), [("Leaf Twig", "product", "Oak Inc.")]),
        ("Oak Corp. (Elm OakLeaf Service)", ("Oak Corp.", "Elm OakLeaf Service"), [("Elm OakLeaf Service", "linked", "Oak Corp.")]),
        ("Oak (acquired by Elm in July 2024)", ("Oak",), [("Oak", "subsidiary", "Elm")]),
        ("Oak / Leaf", ("Oak", "Leaf"), []),
        ("Bank of America / Bank of Ireland", ("Bank of America", "Bank of Ireland"), []),
        ("Zoom / Microsoft Teams / Oak Video", ("Zoom", "Microsoft Teams", "Oak Video"), []),
        ("Elm Cloud / Oak Cloud", ("Elm Cloud", "Oak Cloud"), []),
        ("Oak / Oak Web Services", ("Oak", "Oak Web Services"), [("Oak Web Services", "linked", "Oak")]),
        ("Oak Web Services / OWS", ("Oak Web Services", "OWS"), [("OWS", "linked", "Oak Web Services")]),
        ("Oak - Leaf", ("Oak", "Leaf"), [("Leaf", "linked", "Oak")]),
        ("Oak, Inc. (Elm)", ("Oak, Inc.", "Elm"), [("Elm", "linked", "Oak, Inc.")]),
        ("Oak (Elm, Inc.)", ("Oak", "Elm, Inc."), [("Elm, Inc.", "linked", "Oak")]),
        ("Oak, Inc. (OakLeaf, Twig)", ("Oak, Inc.", "OakLeaf", "Twig"), [(n, "linked", "Oak, Inc.") for n in ("OakLeaf", "Twig")]),
        ("Oak Europe Ltd (Oak)", ("Oak Europe Ltd", "Oak"), [("Oak", "linked", "Oak Europe Ltd")]),
        ("Oak (Leaf, Mail, OakLeaf)", ("Oak",), []),
        ("NEW: Oak PBC", ("Oak PBC",), []),
        ("*NEW* Oak", ("Oak",), []),
        ("New Oak", ("New Oak",), []),
        ("Oak LLC (Leaf, Twig and Bark)", ("Oak LLC", "Leaf", "Twig", "Bark"), [(n, "linked", "Oak LLC") for n in ("Leaf", "Twig", "Bark")]),
        ("Oak (formerly Acorn)", ("Oak",), [("Oak", "former_name", "Acorn")]),
        ("Oak Company (f/k/a Acorn, Inc.)", ("Oak Company",), [("Oak Company", "former_name", "Acorn, Inc.")]),
        ("Oak, formerly known as Acorn", ("Oak",), [("Oak", "former_name", "Acorn")]),
        ("Acorn (now Oak)", ("Oak",), [("Oak", "former_name", "Acorn")]),
        ("Oak Software, LLC (an Elm Company)", ("Oak Software, LLC",), [("Oak Software, LLC", "subsidiary", "Elm")]),
        ("Oak, a wholly owned subsidiary of Elm Group", ("Oak",), [("Oak", "subsidiary", "Elm Group")]),
        ("Elm AG (100% parent company of Oak GmbH)", ("Elm AG",), [("Oak GmbH", "subsidiary", "Elm AG")]),
        ("Oak, Oak Computer Services, Inc., An Elm Company", ("Oak, Oak Computer Services, Inc.",), [("Oak, Oak Computer Services, Inc.", "subsidiary", "Elm")]),
        ("Oak (an Elm service)", ("Oak",), [("Oak", "product", "Elm")]),
        ("Oak (part of Elm)", ("Oak",), [("Oak", "subsidiary", "Elm")]),
        ("Oak, Inc. & Oak Pty Ltd.", ("Oak, Inc.", "Oak Pty Ltd."), []),
        ("Leaf by Oak (formerly Acorn)", ("Leaf", "Oak"), [("Leaf", "product", "Oak"), ("Leaf", "former_name", "Acorn")]),
    ],
)  # fmt: skip
def test_several_names_and_how_they_belong_together(cell, wanted, tied):
    assert (names(cell), ties(cell)) == (wanted, tied)


@pytest.mark.parametrize(
    ("cell", "note"),
    [
        ("Alder Web Services (AWS)", ("also known as", "AWS")),
        ("Oak (Oak LLC)", ("also known as", "Oak LLC")),
        ("Oak (a.k.a. Acorn)", ("also known as", "Acorn")),
        ("Oak (optional)", ("remark", "optional")),
        ("Oak (Customer Support)", ("remark", "Customer Support")),
        ("Oak (only if certain features are used)", ("remark", "only if certain features are used")),
        ("Oak (Frankfurt, Germany)", ("place", "Frankfurt, Germany")),
        ("Oak (US and EU)", ("place", "US and EU")),
        ("Oak Pty (Ltd)", ("remark", "Ltd")),
        *(
            (f"Oak ({scope})", ("remark", scope))
            for scope in (
                "Data Warehouse",
                "Video Conferencing",
                "Enterprise plan only",
                "BI",
                "LLM",
                "Frankfurt - Germany",
                "iOS and Android",
                "eSignature",
                "Speech-to-Text",
                "CDN and WAF",
                "EOR customers in the US only",
                "Scheduling",
                "Observability",
                "Oak customers only",
            )
        ),
    ],
)
def test_what_is_no_name_is_a_note(cell, note):
    told = read_supplier(cell)
    assert (len(told.names), told.affiliations, told.notes) == (1, (), (note,))


@pytest.mark.parametrize(
    ("cell", "name", "address"),
    [
        ("Oak Services, Inc.12 Elm Avenue NorthSeattle, WA 98109United States", "Oak Services, Inc.", "12 Elm Avenue NorthSeattle, WA 98109United States"),
        ("Oak, PBC548 Elm StSan Francisco, CA 94104United States", "Oak, PBC", "548 Elm StSan Francisco, CA 94104United States"),
        ("Oak GmbHEichenplatz 3Top 3.02.AB 1020 WienAustria", "Oak GmbH", "Eichenplatz 3Top 3.02.AB 1020 WienAustria"),
        ("Oak12 Elm Road, London, UK", "Oak", "12 Elm Road, London, UK"),
        ("Oak, Inc., 12 Elm Street, Dublin 2, Ireland", "Oak, Inc.", "12 Elm Street, Dublin 2, Ireland"),
        ("Oak GmbHc/o Elm, Eichenstraße 6810117 BerlinGermany", "Oak GmbH", "c/o Elm, Eichenstraße 6810117 BerlinGermany"),
        ("Oak SAS\n8 rue des Ormes\n75008 Paris\nFrance", "Oak SAS", "8 rue des Ormes, 75008 Paris, France"),
    ],
)  # fmt: skip
def test_a_glued_address_is_no_part_of_the_name(cell, name, address):
    told = read_supplier(cell)
    assert (told.names, told.notes) == ((name,), (("address", address),))


def test_a_bracket_that_the_list_has_elsewhere_is_a_name():
    told = read_supplier("Leaf (Oak Cloud, BI)")
    assert (told.names, told.doubtful) == (("Leaf",), {"oak cloud bi", "oak cloud", "bi"})
    assert read_supplier("Leaf (Oak Cloud)", frozenset({"oak cloud"})).names == ("Leaf", "Oak Cloud")


@pytest.mark.parametrize(
    "name",
    [
        "Oak (Pty) Ltd",
        "Oak (Pty) Limited",
        "Oak (Pvt.) Ltd.",
        "Oak (Europe) S.à r.l. et Cie, S.C.A.",
        "Oak (UK) Limited",
        "Oak (HK) Limited",
        "Oak (M) Sdn Bhd",
        "Oak (DIFC) LLP",
        "Oak (SA) (Pty) Ltd",
    ],
)
def test_a_part_of_a_registered_name_in_brackets_stays(name):
    assert read_supplier(name) == Named((name,))


@pytest.mark.parametrize(
    ("cell", "name", "note"),
    [
        ("Oak Leaf Systems (OLS) Inc.", "Oak Leaf Systems Inc.", ("also known as", "OLS")),
        ("Oak (NEW) Ltd", "Oak Ltd", ("status", "NEW")),
        ("Oak (email) Ltd", "Oak Ltd", ("remark", "email")),
        ("Oak Ltd (HK)", "Oak Ltd", ("remark", "HK")),
    ],
)
def test_a_bracket_that_says_something_of_a_name_is_no_part_of_it(cell, name, note):
    told = read_supplier(cell)
    assert (told.names, told.notes) == ((name,), (note,))


def test_a_glued_address_behind_a_bracket():
    told = read_supplier("Oak LLC (Oak Cloud)16 Elm ParkwayMountain View, CA 94043United States")
    assert told.names == ("Oak LLC", "Oak Cloud")


@pytest.mark.parametrize(
    "name",
    [
        "Office 365",
        "3M Company",
        "700Credit",
        "1Password",
        "Route 53",
        "Studio 1099, LLC",
        "Level 3 Communications UK",
        "Oak House",
    ],
)
def test_numbers_in_names_are_no_addresses(name):
    assert split_address(name) == (name, "")


def test_places():
    assert [text for text in ("EU", "US only", "Ireland, Germany", "New Zealand", "Twitter", "", "Oak") if is_place(text)] == [
        "EU", "US only", "Ireland, Germany", "New Zealand",
    ]  # fmt: skip
    assert is_address("Suite 4, 12 Elm Road, 1010 Vienna")
    assert not is_address("Austria")


@pytest.mark.parametrize(
    ("customer", "supplier", "cells", "kind"),
    [
        ("Oak", "Oak B.V.", (), "linked"),
        ("Oak", "Oak Labs Japan, G.K.", (), "linked"),
        ("Oak AI", "Oak AI New Zealand Limited", (), "linked"),
        ("Oak", "Oakio Ireland Limited", (), "linked"),
        ("Oak", "Oak doo Beograd", (), "linked"),
        ("Oak", "Twig Ltd", ("A wholly owned UK subsidiary of Oak, Inc.",), "subsidiary"),
        ("Oak", "Twig Ltd", ("Operating affiliate",), "linked"),
        ("Oak", "Long Form Inc. d/b/a Oak", (), "linked"),
        ("Oak", "Oakegg", (), None),
        ("Oak", "Oak Furniture, Inc.", (), None),
        ("Oak", "Twig", ("Affiliates / Referrals",), None),
        ("Oak", "Twig", ("affiliate marketing",), None),
        ("Oak", "Twig", ("A subsidiary of Elm",), None),
        ("Oak", "OAK", (), "linked"),
        ("Oak", "Twig (Oak affiliate)", (), "linked"),
        ("Oak", "Twig (Elm affiliate)", (), None),
        ("Oak", "Twig (an Oak company)", (), "subsidiary"),
        ("Oak", "Twig (group company)", (), "linked"),
        ("Oak", "Elm Ltd (parent company)", (), "linked"),
        ("Oak", "Twig (acquired by Elm)", (), None),
        ("Oak", "Twig", ("Payroll; wholly owned subsidiary of Oak",), "subsidiary"),
    ],
)
def test_affiliates_of_the_customer(customer, supplier, cells, kind):
    assert own_affiliate(customer, read_supplier(supplier), cells) == kind


words = st.sampled_from(
    ["Oak", "Inc.", "LLC", "(", ")", "[", "]", "by", "dba", "formerly", "until", "2025", "May", ",", "-", "/", "&", "a", ", a", "Company", "subsidiary of", "12", "Street", "UK", "\n", "*", "of", "the"]
)  # fmt: skip


@given(
    st.one_of(
        st.text(max_size=80), st.lists(words, max_size=25).map(" ".join), st.lists(words, max_size=25).map("".join)
    )
)
def test_any_cell_is_read(cell):
    told = read_supplier(cell)
    assert isinstance(told, Named)
    assert all(told.names)
    assert all(party and other for party, _, other in told.affiliations)
    assert len(set(told.names)) == len(told.names)


def test_long_cells_take_no_time():
    for cell in (
        "(" * 590,
        "a by " * 118,
        "Oak, " * 115,
        "A" * 100_000,
        "Oak (" + "x " * 290,
        "1 " * 290 + "Street, UK",
    ):
        assert read_supplier(cell).names


@pytest.mark.parametrize(
    ("cell", "name", "remark"),
    [
        ("Oak, Inc. and its affiliates", "Oak, Inc.", "and its affiliates"),
        ("Oak LLC and/or its subsidiaries", "Oak LLC", "and/or its subsidiaries"),
        ("Oak, its affiliates and subsidiaries", "Oak", "its affiliates and subsidiaries"),
        ("Oak & affiliates", "Oak", "& affiliates"),
        ("Oak GmbH und ihre verbundenen Unternehmen", "Oak GmbH", "und ihre verbundenen Unternehmen"),
        ("Oak SAS et ses filiales", "Oak SAS", "et ses filiales"),
        ("Oak & Affiliates", "Oak & Affiliates", None),
        ("Oak and Companies", "Oak and Companies", None),
        ("Oak and its partners", "Oak and its partners", None),
        ("Oak AS, replaces Elm Ltd", "Oak AS", "replaces Elm Ltd"),
        ("Oak, replacing Elm", "Oak", "replacing Elm"),
        ("Oak, replaced by Elm", "Oak", "replaced by Elm"),
    ],
)
def test_unnamed_affiliates_and_who_was_there_before_are_no_part_of_a_name(cell, name, remark):
    found = read_supplier(cell)
    assert found.names == (name,)
    assert found.notes == ((("remark", remark),) if remark else ())


@pytest.mark.parametrize(
    "cell",
    ["Oak Works Since 1984, LLC", "Gifts from 2000 Degrees Ltd", "Oak , Elm", "Bis 2000 GmbH", "Tot 2000 B.V.", "Oak, Added Value 2020 GmbH",
     "Oak Replaces Ltd"],
)  # fmt: skip
def test_words_before_a_year_inside_of_a_name_part_nothing(cell):
    assert names(cell) == (cell,)


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Value Added Networks Ltd, until 30 June 2025", "Value Added Networks Ltd"),
        ("Oak Works Since 1984 Ltd until 30 June 2025", "Oak Works Since 1984 Ltd"),
    ],
)
def test_a_name_with_such_words_is_parted_where_a_date_is_told(cell, name):
    found = read_supplier(cell)
    assert found.names == (name,)
    assert found.until is not None
    assert found.until.edtf == "2025-06-30"


@pytest.mark.parametrize("remark", ["not in use until 2027-01-01", "no longer active as of 1 June 2025"])
def test_what_is_not_in_use_is_so_behind_a_comma_as_in_a_bracket(remark):
    found = read_supplier(f"Oak, {remark}")
    assert found == read_supplier(f"Oak ({remark})")
    assert (found.names, found.since, found.until) == (("Oak",), None, None)


@pytest.mark.parametrize(
    "remark",
    ["since 2024-01-01, hosting only", "until 2025-01-01, then Elm", "removed 2025-01-01, added again 2026-01-01"],
)
def test_what_is_told_behind_a_date_is_a_note(remark):
    assert read_supplier(f"Oak ({remark})").notes == (("remark", remark),)


@pytest.mark.parametrize("cell", ["Oak since 1 March 2019", "Oak, seit 01.03.2019", "Oak (depuis le 1er mars 2019)"])
def test_a_name_with_the_day_since_when_it_is_used(cell):
    found = read_supplier(cell)
    assert found.names == ("Oak",)
    assert found.since is not None
    assert found.since.edtf == "2019-03-01"


@pytest.mark.parametrize(
    ("cell", "status"),
    [("Oak (Current)", "active"), ("Oak (aktiv)", "active"), ("Oak (entfernt)", "ended"), ("Oak (résilié)", "ended"), ("Oak (geplant)", "unknown"),
     ("Oak (Removed)", "ended"), ("Oak (Currents)", None), ("Oak (Active Elm Ltd)", None)],
)  # fmt: skip
def test_a_state_in_a_bracket_is_no_second_name(cell, status):
    found = read_supplier(cell)
    assert (found.status and str(found.status)) == status
    assert (len(found.names) == 1) is (status is not None)


@pytest.mark.parametrize(
    "cell", ["Oak Pty Ltd, replacing Elm as of January 1, 2025", "Oak Pty Ltd, replaces Elm effective January 1, 2025"]
)
def test_who_replaces_another_is_there_since_the_day_behind(cell):
    found = read_supplier(cell)
    assert (found.names, found.since and found.since.edtf) == (("Oak Pty Ltd",), "2025-01-01")


@pytest.mark.parametrize(
    "cell",
    [
        "Oak GmbH – gekündigt zum 31.12.2023", "Oak GmbH, gekündigt zum 31.12.2023", "Oak Inc., until 31.12.2023", "Oak GmbH, seit 01.01.2023", "Oak GmbH; seit 01.01.2023",
        "Oak Inc. (bis 31.12.2023)", "Oak Inc, formerly Elm", "Oak Ltd, formerly Elm Ltd", "Oak Ltd, trading as Elm", "Oak Ltd, t/a Elm", "Oak Ltd, a subsidiary of Elm Group",
        "Oak Inc.\nElm Ltd", "Oak Inc.\n\nElm Ltd\nAsh AG", "Oak\nInc.", "Oak Inc.\n(until 31.12.2023)", "Oak Inc.\nsince 2021-05-01", "Oak Inc.\nformerly Elm Ltd",
        "Oak GmbH, ehemals Elm GmbH", "Oak Inc. – terminated", "Oak Inc., terminated 2023-05-01", "Oak Inc., Elm Ltd", "Acme Tools Co., Ltd.", "Oak Ltd / Elm Ltd",
    ],
)  # fmt: skip
def test_what_is_told_behind_a_name_is_no_place_where_places_stand_there(cell):
    assert read_supplier(cell, day_first=True, placed=True) == read_supplier(cell, day_first=True)


@pytest.mark.parametrize(
    "cell",
    [
        "Hetzner, Industriestr. 25, 91710 Gunzenhausen, Deutschland",
        "Host Europe, Hansestr. 111, 51149 Köln, Germany",
        "Google LLC - Firebase",
    ],
)
def test_addresses_and_others_behind_names_are_read_as_elsewhere(cell):
    assert read_supplier(cell, placed=True).names == read_supplier(cell).names


@pytest.mark.parametrize(
    ("place", "between"),
    [
        *product(["Berlin", "Musterstr. 1, 12345 Berlin"], [", ", " – ", "; "]),
        *product(["Rapperswil-Jona, Schweiz"], [", ", "; "]),
    ],
)
@pytest.mark.parametrize("told", [", seit 01.01.2023", " (seit 01.01.2023)", "; seit 01.01.2023"])
def test_a_place_and_what_is_told_stand_behind_a_name(place, told, between):
    found = read_supplier(f"Oak GmbH{between}{place}{told}", day_first=True, placed=True)
    assert found.names == ("Oak GmbH",)
    assert str(found.since and found.since.edtf) == "2023-01-01"
    assert [value for _, value in found.notes] == [place]


@pytest.mark.parametrize(
    "aside",
    ["SMS", "TBC", "SFDC", "GCP", "CRM", "ERP", "API", "HR", "IT", "OLD", "NA", "AI", "CDN", "SSO", "GCP, SSO"],
)
def test_other_capitals_before_a_legal_form_are_no_part_of_a_name(aside):
    assert names(f"Oak ({aside}) Inc.") == ("Oak Inc.",)


@pytest.mark.parametrize(
    "place", ["UK", "SG", "HK", "M", "B", "S", "T", "DIFC", "ADGM", "NSW", "BVI", "Shanghai", "Pty"]
)
def test_places_before_a_legal_form_are_a_part_of_a_name(place):
    assert names(f"Oak ({place}) Ltd") == (f"Oak ({place}) Ltd",)


@pytest.mark.parametrize(
    ("cell", "name", "place"),
    [
        ("Birch GmbH, Germany", "Birch GmbH", "Germany"),
        ("Birch, PBC, USA", "Birch, PBC", "USA"),
        ("Birch Pty Ltd (birch.io), Australia", "Birch Pty Ltd", "Australia"),
        ("Birch Ireland Limited, Ireland (with Birch LLC)", "Birch Ireland Limited", "Ireland"),
    ],
)
def test_a_place_behind_a_legal_form_is_no_part_of_the_name(cell, name, place):
    assert names(cell)[0] == name
    assert ("place", place) in read_supplier(cell).notes


def test_a_small_word_with_a_number_in_it_is_a_name():
    assert ties("birch0 by Cedar") == [("birch0", "product", "Cedar")]


def test_a_dash_in_a_bracket_with_another_inside_ends_no_name():
    assert read_supplier("Birch (Cloud Foundry – X.2 [pro])").names == ("Birch",)
