"""What the front matter of a text tells of its page."""

from __future__ import annotations

import pytest

from kg.extract.tabular.front_matter import blanked, front_matter
from kg.extract.tabular.row import LEAD

HEAD = """---
title: 'Suppliers'
description: "The sub-processors that Alder uses"
Company: Alder Ltd (Company No. 1234567)
slug: /legal/suppliers
client: ""
tags:
  - title: no title of the page
---
"""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_title_is_that_of_the_page_and_its_owner_leads_to_what_it_lists(end):
    text = HEAD.replace("\n", end) + "# Suppliers\n"
    titles, begin = front_matter(text)
    assert text[begin:] == "# Suppliers\n"
    assert (blanked(text).split(), len(blanked(text))) == (["#", "Suppliers"], len(text))
    assert [(title.text, title.level) for title in titles] == [
        ("The sub-processors that Alder uses", LEAD),
        ("Company: Alder Ltd (Company No. 1234567)", LEAD),
        ("Suppliers", 0),
    ]
    assert [text[slice(*title.span)] for title in titles] == [
        "The sub-processors that Alder uses",
        "Alder Ltd (Company No. 1234567)",
        "Suppliers",
    ]


@pytest.mark.parametrize(
    "text",
    ["", "---", "---\n", "---\ntitle: Suppliers\n", "---\n\ntitle: Suppliers\n---\n", "---\nA paragraph\n---\n", "\n---\ntitle: x\n---\n", "---\ntitle: x\n--- y\n", "---\n" + "a: b\n" * 200 + "---\n",
     "---\nAlder uses these:\n\n- Birch\n---\n", "---\nUpdated: 2025\n\n## Suppliers\n\n---\n", "---\nSuppliers:\n| Birch |\n---\n"],
)  # fmt: skip
def test_a_rule_alone_begins_none(text):
    assert front_matter(text) == ([], 0)


def test_a_blank_line_may_part_its_fields():
    assert [title.text for title in front_matter("---\ntitle: Suppliers\n\ncompany: Alder\n---\n")[0]] == [
        "company: Alder",
        "Suppliers",
    ]
