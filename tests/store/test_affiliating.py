"""What the table of organizations says of those that documents mention is there as long as they are mentioned."""

from __future__ import annotations

import json

import pytest
from documents import lines, table

import kg
from kg.errors import UnknownNameError
from kg.resolve.table import table as organizations
from kg.validate import validate

ONE = table("Alder,GitHub,code,,,", "Birch,Salesforce,sales,,,")
MORE = table("Alder,Microsoft Corporation,mail,,,", "Cedar,Microsoft GitHub,code,,,", "Cedar,npm,packages,,,")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("affiliating")


@pytest.fixture(scope="module")
def built(folder):
    (folder / "in").mkdir()
    (folder / "in" / "one.csv").write_text(ONE)
    before = lines(kg.build(folder / "in", folder / "s.kg"))
    (folder / "in" / "more.csv").write_text(MORE)
    return before, kg.build(folder / "in", folder / "s.kg")


def test_whose_product_is_mentioned_is_an_edge_that_can_be_explained(built):
    before, graph = built
    assert [line for line in before if "productOf" in line] == []
    for name in ("GitHub", "Microsoft GitHub"):
        (((source, kind, _), (quote,)),) = graph.why(name, "Microsoft Corporation")
        assert (graph.projection.nodes[source].label, kind) == (name, "productOf")
        assert (quote.words, quote.document) == ("Microsoft,product,GitHub", "organizations.csv of breachkg")
        assert (quote.basis, quote.confidence) == ("inferred", "0.9")
        assert quote.record.startswith("line ")
        assert quote.url.startswith("https://")
    with pytest.raises(UnknownNameError, match="does not state"):
        graph.why("npm", "GitHub")  # nobody has verified it


def test_an_owner_by_the_table_is_followed_only_when_asked(built):
    _, graph = built
    assert [found.node.label for found in graph.exposure("Cedar")] == ["Microsoft GitHub", "npm"]
    found = graph.exposure("Cedar", follow=["parent"])
    assert [(one.node.label, one.tier) for one in found] == [
        ("Microsoft GitHub", 1), ("npm", 1), ("Microsoft Corporation", 2),
    ]  # fmt: skip
    assert {one.exposure for one in found} <= {"potential", ""}


def test_the_shapes_hold(built):
    _, graph = built
    assert [found for found in validate(graph.store).findings if found.severity == "violation"] == []


def test_it_goes_with_the_last_mention_and_equals_a_build_from_scratch(built, folder):
    before, graph = built
    assert lines(graph) == lines(kg.build(folder / "in", folder / "fresh.kg"))
    (folder / "in" / "more.csv").unlink()
    assert lines(kg.build(folder / "in", folder / "s.kg", prune=True)) == before


def test_a_source_that_a_document_cites_too_outlives_it(tmp_path):
    def cite(link):
        entry = {"entity": "GitHub", "year": 2020, "month": 1, "summary": "GitHub was breached.", "links": [link]}
        (tmp_path / "in" / "entry.json").write_text(json.dumps([entry | {"tags": {"actor": "?"}}]))

    (tmp_path / "in").mkdir()
    # Of so many documents one is exchanged, instead of all loaded anew.
    for name, supplier in enumerate(["GitHub", "Microsoft Corporation"] * 2):
        (tmp_path / "in" / f"{name}.csv").write_text(table(f"Alder {name},{supplier},code,,,"))
    told = ("Microsoft", "product", "GitHub")
    source = next(row.source for row in organizations().facts if (row.organization, row.fact, row.value) == told)
    for number, link in enumerate([source, "https://news.example/1", "https://news.example/2", source]):
        cite(link)
        graph = lines(kg.build(tmp_path / "in", tmp_path / "s.kg"))
        assert graph == lines(kg.build(tmp_path / "in", tmp_path / f"{number}.kg"))
        assert any(source in line and "/document/" not in line for line in graph)
