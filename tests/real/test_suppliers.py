"""The names of the supplier table of August 2025, resolved."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kg.rdf import Mention
from kg.resolve.resolver import JudgedResolver

TABLE = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "subprocessors" / "subprocessors_2025-08.csv"

pytestmark = pytest.mark.skipif(not TABLE.is_file(), reason="the folder shared/data is not beside this checkout")


@pytest.fixture(scope="module")
def nodes():
    with TABLE.open(encoding="utf-8-sig", newline="") as file:
        names = sorted({row["Sub-processor"].strip() for row in csv.DictReader(file)} | {"Ada"})
    found = JudgedResolver().resolve([Mention(f"<urn:{n}>", "party", name) for n, name in enumerate(names)])
    return {name: found[f"<urn:{n}>"] for n, name in enumerate(names)}


def of(nodes, word):
    return {node for name, node in nodes.items() if word in name}


def test_many_spellings_are_fewer_organizations(nodes):
    assert len(nodes) > 400
    assert len(set(nodes.values())) < 320


def test_every_spelling_of_aws_is_one(nodes):
    assert len(of(nodes, "AWS") | of(nodes, "Amazon Web Services")) == 1


def test_clouds_and_their_owners_are_related_not_merged(nodes):
    assert len({nodes[name] for name in ("Microsoft", "Microsoft Azure", "Google", "Google Cloud", "Amazon AWS")}) == 5
    assert nodes["Azure by Microsoft Corporation, Inc."] == nodes["Microsoft Azure**"]


def test_an_abbreviation_and_a_word_stay_apart(nodes):
    assert nodes["Ada"] != nodes["ADA"]


def test_an_address_does_not_make_another_organization(nodes):
    for name in ("OpenAI, L.L.C.", "Anthropic, PBC", "Cloudflare, Inc."):
        assert len({node for other, node in nodes.items() if other.startswith(name)}) == 1
