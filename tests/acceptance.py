"""The acceptance points of a page, whatever is on it; a module that imports them gives the page as fixture `content`."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import replace
from itertools import islice

import networkx as nx
import pytest
from tabs import LOOKS, PHONE, violations, watch, within_reach

from kg.view import notebook, render

MONTH = "2015-06"
ORGANIZATIONS = {"organization", "vendor"}


@pytest.fixture(scope="module")
def place(content, tmp_path_factory):
    place = tmp_path_factory.mktemp("accepted") / "page.html"
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


def alone(values, among=None):
    """Those, one after the other, that stand in no other value."""
    every = "\n".join(among or values).casefold()
    written = (value for value in values if value.strip() and value == " ".join(value.split()))
    return (value for value in written if every.count(value.casefold()) == 1)


def ways(content):
    """The ways between the farthest apart nodes of the biggest part, and its nodes that no other shares its name with."""
    graph = nx.Graph((edge.source, edge.target) for edge in content.edges)
    part = max(nx.connected_components(graph), key=len)
    name = labels(content)
    told = Counter(label.casefold() for label in name.values())
    return graph, sorted(node for node in part if told[name[node].casefold()] == 1)


def shown(content, nodes, edges):
    return f"{nodes:,} of {len(content.nodes):,} nodes, {edges:,} of {len(content.edges):,} relations"


def saved(page, button):
    with page.expect_download() as found:
        page.click(button)
    return found.value.path().read_bytes()


def test_the_only_request_is_the_document_and_the_first_view_is_bounded(opened, page, place):
    assert opened.requests == [place.as_uri()]
    assert 0 < drawn(page) <= 150
    assert page.locator("*").count() < 3000


def test_every_drawing_is_within_the_cap(page, content):
    cap = min(150, len(content.nodes))
    page.click("[data-mode=near]")
    assert 5 < drawn(page) <= cap
    assert page.text_content("#drawn").startswith(f"Showing {drawn(page)} of {len(content.nodes):,} around ")
    named = "window.breachkg.network.body.data.nodes.get().filter((node) => node.label.trim()).length"
    assert 5 < page.evaluate(named) <= max(30, page.evaluate("window.breachkg.network.getScale() >= 0.6") * cap)
    page.click("[data-mode=overview]")
    assert page.is_visible("#overview")
    assert drawn(page) == 0
    page.click("[data-mode=sectors]")
    sectors = {node.sector.casefold() for node in content.nodes if node.kind in ORGANIZATIONS}
    assert drawn(page) == len(sectors) + len({node.kind for node in content.nodes} - ORGANIZATIONS)


def test_a_group_opens_with_those_around_it(page):
    page.click("[data-mode=sectors]")
    for group in range(3):
        page.click(f"#panel [data-group] >> nth={group}")
        members, others = page.evaluate(
            """() => {
                const { groups, scope } = window.breachkg;
                const label = document.getElementById('panel-heading').textContent;
                const mine = new Set(groups.find((group) => group.label === label).members);
                return [mine.size, scope.nodes.filter((at) => !mine.has(at)).length];
            }"""
        )
        assert min(members, 100) < drawn(page) <= 150
        assert others > 0
        page.click("#back-to-sectors")


def test_the_list_of_nodes_goes_on_from_one_to_the_next(page):
    page.click("[data-mode=near]")
    page.focus("#list")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    at = page.get_attribute("#list", "aria-activedescendant").removeprefix("node-")
    assert page.text_content("#panel-heading") == page.evaluate(f"window.breachkg.nodes[{at}].label")
    assert 1 < drawn(page) <= 150


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
    names = list(labels(content).values())
    for part in (names, names[len(names) // 2 :], names[::-1]):
        label = next(alone(part, names))
        seek(page, label)
        assert page.text_content("#panel-heading") == label
    told = {alias: node.label for node in content.nodes for alias in node.aliases}
    alias = next(alone([*told, *names]))
    seek(page, alias)
    assert page.text_content("#panel-heading") == told.get(alias, alias)
    incident = [node for node in content.nodes if node.kind == "incident" and "identifier" in dict(node.properties)][-1]
    for words in (dict(incident.properties)["identifier"], incident.id):
        seek(page, words)
        assert page.text_content("#panel-heading") == incident.label
    said = {quote.text: edge for edge in content.edges for quote in edge.quotes}
    words = max(islice(alone(list(said)[::-1], said), 300), key=len)
    seek(page, words)
    assert page.locator("#panel blockquote", has_text=words[:80]).count()


def test_a_click_on_a_relation_shows_who_says_so(page, content):
    quoted = Counter(end for edge in content.edges if edge.quotes for end in (edge.source, edge.target))
    label = next(
        alone([node.label for node in content.nodes if quoted[node.id]], [node.label for node in content.nodes])
    )
    seek(page, label)
    page.locator("#panel .relation", has=page.locator("xpath=.")).first.click()
    assert label in page.text_content("#panel-heading")
    assert page.locator("#panel h3", has_text="Evidence").count() == 1
    for link in page.locator("#panel a").all():
        assert link.get_attribute("rel") == "noopener noreferrer nofollow"
        assert link.get_attribute("href").startswith(("http://", "https://"))


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


def test_unticking_a_kind_gives_exact_counts_and_files_hold_what_is_shown(page, content):
    page.locator("#legend label", has=page.get_by_text("vendor", exact=True)).first.locator("input").uncheck()
    kept = {node.id for node in content.nodes if node.kind != "vendor"}
    edges = [edge for edge in content.edges if {edge.source, edge.target} <= kept]
    page.locator("[data-exposure=potential]").uncheck()
    edges = [edge for edge in edges if edge.exposure != "potential"]
    assert page.text_content("#shown") == shown(content, len(kept), len(edges))
    text = saved(page, "#save-csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    claims = sorted(quote.claim for edge in edges for quote in edge.quotes)
    assert sorted(row["quote_claim"] for row in rows if row["quote_claim"]) == claims
    assert len(rows) == sum(max(1, len(edge.quotes)) for edge in edges)


def test_the_time_slider_takes_relations_and_nodes(page, content):
    page.evaluate(
        """(month) => {
            const box = document.getElementById('until');
            box.value = String(Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1);
            box.dispatchEvent(new Event('input'));
        }""",
        max(MONTH, page.text_content("#since-month")),
    )
    month = page.text_content("#until-month")
    page.uncheck("#undated")
    first = page.text_content("#since-month")

    def held(one, undated):
        if spans := getattr(one, "spans", ()):
            return any(held(replace(one, since=since, until=until, spans=()), undated) for since, until in spans)
        if not one.since and not one.until:
            return undated
        return (not one.since or one.since[:7] <= month) and (not one.until or one.until[:7] >= first)

    there = {node.id for node in content.nodes if held(node, undated=True)}
    edges = [edge for edge in content.edges if held(edge, undated=False) and {edge.source, edge.target} <= there]
    touched = {end for edge in edges for end in (edge.source, edge.target)}
    related = {end for edge in content.edges for end in (edge.source, edge.target)}
    nodes = [iri for iri in there if iri in touched or iri not in related]
    assert page.text_content("#shown") == shown(content, len(nodes), len(edges))
    assert 0 < len(edges) < len(content.edges)


def test_at_least_so_many_relations(page, content):
    page.fill("#least", "6")
    degree = Counter(end for edge in content.edges for end in {edge.source, edge.target})
    kept = {node for node, count in degree.items() if count >= 6}
    edges = [edge for edge in content.edges if {edge.source, edge.target} <= kept]
    assert page.text_content("#shown") == shown(content, len(kept), len(edges))


def test_a_path_goes_through_all_data_and_lists_every_hop(page, content):
    graph, part = ways(content)
    far = nx.single_source_shortest_path_length(graph, max(part, key=graph.degree))
    start, end = max(part, key=far.get), min(part, key=far.get)
    name = labels(content)
    for box, node in (("#path-from", start), ("#path-to", end)):
        page.fill(box, name[node])
        page.press(box, "Enter")
    page.click("#path-form .primary")
    assert page.locator("#panel .hop").count() == far[start] > 1
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


def test_a_link_that_names_only_a_node_shows_its_surroundings(browser, place, content):
    node = content.nodes[len(content.nodes) // 3]
    watched = watch(browser, f"{place.as_uri()}#view=graph&node={node.id}")
    assert watched.page.text_content("#panel-heading") == node.label
    seen = watched.page.evaluate("window.breachkg.scope.nodes.map((at) => window.breachkg.nodes[at].id)")
    assert node.id in seen
    assert watched.quiet()
    watched.page.context.close()


def test_the_table_comes_in_pages(page, content):
    page.click("#tab-table")
    count = len(content.edges)
    assert page.locator("#rows tr").count() == min(100, count)
    assert page.text_content("#table-shown") == f"Rows 1 to {min(100, count)} of {count:,}."
    page.click("#rows-after")
    assert page.text_content("#table-shown").startswith("Rows 101 to ")
    said = [quote.text for edge in content.edges[:300] for quote in edge.quotes]
    words = next(alone(said))
    page.fill("#words", words)
    assert words in page.inner_text("#rows")
    assert 1 <= page.locator("#rows tr").count() < 10


def covered(page):
    """The names on the drawing that another stands on, measured as they are drawn."""
    return page.evaluate(
        """() => {
            const named = Object.values(window.breachkg.network.body.nodes).filter((node) => (node.options.label ?? '').trim());
            const over = (a, b) => Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left) > 4 &&
                Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top) > 4;
            return named.filter((one) => named.some((other) => other !== one && over(one.labelModule.size, other.labelModule.size)))
                .map((node) => node.options.label);
        }"""
    )


@pytest.mark.parametrize(("scheme", "device"), LOOKS)
def test_axe_finds_nothing_in_any_drawing(browser, place, scheme, device):
    watched = watch(browser, place.as_uri(), color_scheme=scheme, **(PHONE if device == "phone" else {}))
    page = watched.page
    for mode in ("near", "sectors", "overview"):
        page.click(within_reach(page, f"[data-mode={mode}]"))
        if mode == "near":
            page.select_option(within_reach(page, "#overlay"), "marks")
        assert violations(page) == [], mode
        assert covered(page) == [], mode
        if device == "phone":
            assert page.evaluate("document.documentElement.scrollWidth <= 390")
    page.click(within_reach(page, "#tab-table"))
    assert violations(page) == []
    assert watched.quiet()
    page.context.close()


def test_without_javascript_the_most_important_relations_are_there(browser, place, content):
    watched = watch(browser, place.as_uri(), java_script_enabled=False)
    count = len(content.edges)
    assert watched.page.locator("tr.relation-row:visible").count() == min(1000, count)
    assert (f"{count - 1000} more" in watched.page.inner_text("main")) == (count > 1000)
    watched.page.context.close()


def test_it_stands_in_a_notebook(browser, content, tmp_path):
    frame, place = notebook(content), tmp_path / "notebook.html"
    place.write_text(f"<!doctype html><meta charset=utf-8><title>notebook</title>{frame}", encoding="utf-8", newline="")
    watched = watch(browser, place.as_uri())
    inner = watched.page.frames[1]
    inner.wait_for_selector("html.js #canvas canvas")
    assert inner.evaluate("window.origin") == "null"
    assert inner.text_content("#shown") == shown(content, len(content.nodes), len(content.edges))
    assert watched.requests == [place.as_uri()]
    assert watched.quiet()
    watched.page.context.close()


def test_an_overview_is_saved_as_it_is_seen(page, content):
    from PIL import Image

    page.click("[data-mode=overview]")
    size = page.evaluate("[document.getElementById('overview').width, document.getElementById('overview').height]")
    image = Image.open(io.BytesIO(saved(page, "#save-png"))).convert("RGB")
    assert list(image.size) == size
    inked = sum(count for count, color in image.getcolors(1 << 24) if max(color) - min(color) > 40)
    # A dot has twenty points and more; where they are many, they cover each other.
    assert inked > min(2000, 10 * len(content.nodes))
