"""The acceptance points on a page of thousands of nodes: bounded, complete, quick to find things in."""

from __future__ import annotations

import csv
import io
from collections import Counter

import networkx as nx
import pytest
from axe_playwright_python.sync_playwright import Axe
from tabs import PHONE, watch

from kg.view import render

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", params=[5000, pytest.param(20000, marks=pytest.mark.slow)])
def content(request, pages):
    return pages.generated_page(request.param)


@pytest.fixture(scope="module")
def place(content, tmp_path_factory):
    place = tmp_path_factory.mktemp("big") / "big.html"
    place.write_text(render(content), encoding="utf-8", newline="")
    return place


@pytest.fixture(scope="module")
def opened(browser, place):
    watched = watch(browser, place.as_uri())
    yield watched
    watched.page.context.close()


@pytest.fixture
def page(opened):
    """The one tab of this module, as if just opened; nothing may have been said in it before or after."""
    opened.page.click("#tab-graph")
    opened.page.click("#reset")
    yield opened.page
    assert opened.quiet()


def drawn(page):
    return page.evaluate("window.breachkg.network.body.data.nodes.length")


def seek(page, words):
    page.fill("#search", words)
    page.press("#search", "Enter")


def labels(content):
    return {node.id: node.label for node in content.nodes}


def test_the_only_request_is_the_document_and_the_first_view_is_bounded(opened, page, place):
    assert opened.requests == [place.as_uri()]
    assert 0 < drawn(page) <= 150
    assert page.locator("*").count() < 3000


def test_every_drawing_is_within_the_cap(page, content):
    page.click("[data-mode=near]")
    assert drawn(page) == 150
    assert page.text_content("#drawn").startswith(f"Showing 150 of {len(content.nodes):,} around ")
    named = "window.breachkg.network.body.data.nodes.get().filter((node) => node.label.trim()).length"
    assert 5 < page.evaluate(named) <= 30
    page.click("[data-mode=overview]")
    assert page.is_visible("#overview")
    assert drawn(page) == 0
    page.click("[data-mode=sectors]")
    sectors = {node.sector for node in content.nodes if node.kind in {"organization", "vendor"}}
    assert drawn(page) == len(sectors) + 3
    page.click("#panel [data-group] >> nth=2")
    assert page.is_visible("#back-to-sectors")
    assert drawn(page) == 150
    page.click("#back-to-sectors")
    page.focus("#list")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert drawn(page) == 150


def test_expanding_never_exceeds_the_cap_and_says_what_did_not_fit(page):
    page.click("[data-mode=near]")
    for _ in range(3):
        far = page.evaluate("window.breachkg.scope.nodes.at(-1)")
        page.click(f"#node-{far}")
        if page.locator("#panel .expand").count():
            page.click("#panel .expand")
            assert "added" in page.text_content("#drawn")
        assert drawn(page) <= 150


def test_everything_is_found_by_name_id_property_and_quote(page, content):
    node = content.nodes[len(content.nodes) // 2]
    seek(page, node.label)
    assert page.text_content("#panel-heading") == node.label
    assert page.text_content("#drawn").endswith(f"around {node.label}")
    aliased = [node for node in content.nodes if node.aliases][-1]
    seek(page, aliased.aliases[0])
    assert page.text_content("#panel-heading") == aliased.label
    incident = [node for node in content.nodes if node.kind == "incident"][-1]
    for words in (dict(incident.properties)["identifier"], incident.id):
        seek(page, words)
        assert page.text_content("#panel-heading") == incident.label
    edge = content.edges[-1]
    seek(page, edge.quotes[0].text)
    name = labels(content)
    assert page.text_content("#panel-heading") == f"{name[edge.source]} {edge.label} {name[edge.target]}"
    assert edge.quotes[0].text in page.inner_text("#panel")


def test_a_search_is_quick(page):
    spent = page.evaluate(
        """() => ["records", "zzz", "stolen copied", "gen-00012"].map((words) => {
            const box = document.getElementById('search');
            box.value = words;
            const start = performance.now();
            box.dispatchEvent(new Event('input'));
            return performance.now() - start;
        })"""
    )
    page.press("#search", "Escape")
    assert max(spent) < 1000, spent  # a tenth of it where nothing else runs


def test_unticking_a_kind_gives_exact_counts(page, content):
    page.locator("#legend label", has=page.get_by_text("vendor", exact=True)).first.locator("input").uncheck()
    kept = {node.id for node in content.nodes if node.kind != "vendor"}
    edges = [edge for edge in content.edges if {edge.source, edge.target} <= kept]
    page.locator("[data-exposure=potential]").uncheck()
    edges = [edge for edge in edges if edge.exposure != "potential"]
    shown = f"{len(kept):,} of {len(content.nodes):,} nodes, {len(edges):,} of {len(content.edges):,} relations"
    assert page.text_content("#shown") == shown
    with page.expect_download() as saved:
        page.click("#save-csv")
    rows = list(csv.DictReader(io.StringIO(saved.value.path().read_bytes().decode("utf-8-sig"), newline="")))
    assert sorted(row["quote_claim"] for row in rows) == sorted(edge.quotes[0].claim for edge in edges)
    assert {row["quote_text"] for row in rows} == {edge.quotes[0].text for edge in edges}


def test_the_time_slider_takes_relations_and_nodes(page, content):
    page.evaluate(
        """() => {
            const box = document.getElementById('until');
            box.value = String(2015 * 12 + 5);
            box.dispatchEvent(new Event('input'));
        }"""
    )
    page.uncheck("#undated")
    assert page.text_content("#until-month") == "2015-06"
    edges = [edge for edge in content.edges if edge.since and edge.since[:7] <= "2015-06"]
    touched = Counter(end for edge in edges for end in (edge.source, edge.target))
    related = {end for edge in content.edges for end in (edge.source, edge.target)}
    nodes = [
        node
        for node in content.nodes
        if (not node.since or node.since[:7] <= "2015-06") and (node.id in touched or node.id not in related)
    ]
    shown = f"{len(nodes):,} of {len(content.nodes):,} nodes, {len(edges):,} of {len(content.edges):,} relations"
    assert page.text_content("#shown") == shown


def test_at_least_so_many_relations(page, content):
    page.fill("#least", "6")
    degree = Counter(end for edge in content.edges for end in {edge.source, edge.target})
    kept = {node for node, count in degree.items() if count >= 6}
    edges = [edge for edge in content.edges if {edge.source, edge.target} <= kept]
    shown = f"{len(kept):,} of {len(content.nodes):,} nodes, {len(edges):,} of {len(content.edges):,} relations"
    assert page.text_content("#shown") == shown


def test_a_path_goes_through_all_data_and_lists_every_hop(page, content):
    graph = nx.Graph((edge.source, edge.target) for edge in content.edges)
    part = max(nx.connected_components(graph), key=len)
    far = nx.single_source_shortest_path_length(graph, max(part, key=graph.degree))
    start, end = max(sorted(far), key=far.get), min(sorted(far), key=far.get)
    name = labels(content)
    for box, node in (("#path-from", start), ("#path-to", end)):
        page.fill(box, name[node])
        page.press(box, "Enter")
    page.click("#path-form .primary")
    assert page.locator("#panel .hop").count() == far[start]
    on_way = page.evaluate("window.breachkg.scope.nodes.map((at) => window.breachkg.nodes[at].label)")
    assert {name[start], name[end]} <= set(on_way)
    assert drawn(page) <= 150


def test_the_link_gives_the_same_view(page, browser, place):
    page.click("[data-mode=near]")
    page.select_option("#overlay", "blast")
    page.fill("#least", "2")
    page.locator("[data-exposure=potential]").uncheck()
    page.click("#list [role=option] >> nth=3")
    said = "document.getElementById('panel').innerText + document.getElementById('shown').innerText"
    seen = "[window.breachkg.scope.nodes.join(), document.getElementById('overlay-words').innerText, " + said + "]"
    again = watch(browser, place.as_uri() + page.evaluate("location.hash"))
    assert again.page.evaluate(seen) == page.evaluate(seen)
    again.page.context.close()


def test_the_table_comes_in_pages(page, content):
    page.click("#tab-table")
    assert page.locator("#rows tr").count() == 100
    assert page.text_content("#table-shown") == f"Rows 1 to 100 of {len(content.edges):,}."
    page.click("#rows-after")
    assert page.text_content("#table-shown").startswith("Rows 101 to 200")
    edge = content.edges[7]
    page.fill("#words", edge.quotes[0].text)
    assert edge.quotes[0].text in page.inner_text("#rows")
    assert 1 <= page.locator("#rows tr").count() < 10


def violations(page):
    return [
        (item["id"], [node["html"][:160] for node in item["nodes"][:3]])
        for item in Axe().run(page).response["violations"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", ["desktop", "phone"])
def test_axe_finds_nothing_in_any_drawing(browser, place, scheme, device):
    watched = watch(browser, place.as_uri(), color_scheme=scheme, **(PHONE if device == "phone" else {}))
    page = watched.page
    for mode in ("near", "sectors", "overview"):
        page.click(f"[data-mode={mode}]")
        if mode == "near":
            page.select_option("#overlay", "marks")
        assert violations(page) == [], mode
        if device == "phone":
            assert page.evaluate("document.documentElement.scrollWidth <= 390")
    page.click("#tab-table")
    assert violations(page) == []
    assert watched.quiet()
    page.context.close()


def test_without_javascript_the_most_important_relations_are_there(browser, place, content):
    watched = watch(browser, place.as_uri(), java_script_enabled=False)
    assert watched.page.locator("tr.relation-row:visible").count() == 1000
    assert f"{len(content.edges) - 1000} more" in watched.page.inner_text("main")
    watched.page.context.close()
