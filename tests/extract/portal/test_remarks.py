"""What stands beside a name in the cell of an entity."""

from __future__ import annotations

import pytest

from kg.extract.portal.extractor import PortalExtractor
from kg.extract.portal.remarks import bare, without_remark
from kg.model import Document


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Supplemental:Oak LLP", "Oak LLP"),
        ("Supplementals:Oak LLP", "Oak LLP"),
        ("Addendum: Oak LLP", "Oak LLP"),
        ("Second Supplemental Notice: Oak LLP", "Oak LLP"),
        ("Oak LLP ADDENDUM", "Oak LLP"),
        ("Oak GroupSupplemental Notice", "Oak Group"),
        ("Oak LLP(Supplemental x2)", "Oak LLP"),
        ("Oak LLP (Second Supplement)", "Oak LLP"),
        ("Oak LLP (Supplement 7 – additional residents affected)", "Oak LLP"),
        ("Oak LLP – Supplement to 05/25/2022 breach", "Oak LLP"),
        ("Oak LLP — Supplemental", "Oak LLP"),
        ("Addendum to Initial Notice of Data Event: Oak LLP", "Oak LLP"),
        ("Oak – Supplemental Health", "Oak – Supplemental Health"),
        ("Supplemental Health Care", "Supplemental Health Care"),
        ("Updated Homes, LLC", "Updated Homes, LLC"),
    ],
)
def test_of_which_report_it_is(cell, name):
    assert without_remark(cell) == name


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Oak, Inc. (“Oak”)", "Oak, Inc."),
        ('Oak, Inc. ("Oak")', "Oak, Inc."),
        ("Oak, Ash and Yew (collectively, “the Trees”)", "Oak, Ash and Yew"),
        ("Oak, Inc. (“Oak”) d/b/a Leaf", "Oak, Inc. d/b/a Leaf"),
        ("Oak Life (“Oak”); Ash Life (“Ash”) (Collectively, “Trees”)", "Oak Life; Ash Life"),
        ("Oak Bank [breach of a file transfer program]", "Oak Bank"),
        ("Oak Bank (“Oak”)(software provider, Elm, Inc., vulnerability)", "Oak Bank"),
        ("Oak (Holdings) Bank", "Oak (Holdings) Bank"),
        ("Oak Bank (Berea)", "Oak Bank (Berea)"),
        ("(“Oak”)", "(“Oak”)"),
    ],
)
def test_what_happened_and_by_what_it_is_called(cell, name):
    assert bare(cell) == name


def test_the_title_and_the_quote_keep_what_the_name_goes_without():
    text = "Organization Name,Reported Date,Date of Breach\nOak LLC (“Oak”) d/b/a Leaf d/b/a Twig,4/1/2023,2/1/2023\n"
    (one,) = PortalExtractor().extract(Document("portal.csv", text, "0"))
    assert one.title == "Oak LLC (“Oak”) d/b/a Leaf d/b/a Twig"
    assert {party.name: (str(party.role), party.evidence[0].quote) for party in one.parties} == {
        "Leaf": ("other", one.title),
        "Oak LLC": ("breached", one.title),
        "Twig": ("other", one.title),
    }
    assert [(told.party, str(told.kind), told.other) for told in one.affiliations] == [
        ("Leaf", "product", "Oak LLC"),
        ("Twig", "product", "Oak LLC"),
    ]


def test_a_vendor_whose_bracket_is_cut_off():
    text = "Name of Covered Entity,Business Associate Involved,Individuals Affected,Type of Breach\nOak,Elm IT LLC (,700,Theft\n"
    (one,) = PortalExtractor().extract(Document("portal.csv", text, "0"))
    assert [(use.customer, use.supplier) for use in one.uses_vendor] == [("Oak", "Elm IT LLC")]
