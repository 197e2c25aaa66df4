"""The query page of `kg serve`, in a browser."""

from __future__ import annotations

import csv
import io
import json

import pytest
from served import served
from tabs import violations

from kg.competency import questions, run

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(demo_store):
    with served(demo_store) as running:
        yield running


@pytest.fixture
def page(visit, server):
    return visit(server.url)


def ask(page, text):
    page.page.fill("#text", text)
    page.page.keyboard.press("Control+Enter")
    page.page.wait_for_selector("#cancel", state="hidden")
    return page.page.inner_text("#status")


def cells(page):
    return page.page.eval_on_selector_all(
        "#rows tbody tr", "rows => rows.map(r => [...r.cells].map(c => c.textContent))"
    )


def saved(page, button):
    with page.page.expect_download() as download:
        page.page.click(button)
    return download.value.path().read_bytes().decode("utf-8")


def test_it_opens_without_asking_anybody_else(page, server):
    assert page.quiet()
    assert {url.startswith((server.url, "data:")) for url in page.requests} == {True}
    assert page.page.title() == "demo.kg: ask the graph"


def test_every_example_shows_its_rows(page, demo_graph):
    options = page.page.eval_on_selector_all("#example option", "all => all.map(o => [o.value, o.textContent])")[1:]
    asked = {one.id: one for one in questions() if one.state_at is None}
    assert [told.split(":")[0] for _, told in options] == list(asked)
    for value, told in options[:3] + options[13:15]:
        page.page.select_option("#example", value)
        page.page.click("#run")
        page.page.wait_for_selector("#cancel", state="hidden")
        wanted = run(demo_graph, asked[told.split(":")[0]])
        assert page.page.inner_text("#status").startswith(f"{len(wanted)} row")
        assert len(cells(page)) == len(wanted)
    assert page.quiet()


def test_what_is_saved_is_what_was_asked(page):
    text = (
        """SELECT ?x ?n { VALUES (?x ?n) { ("=1+1" 1) ("a,\\"b\\"\\n<b>c</b>" -2.5) (<http://example.org/> UNDEF) } }"""
    )
    assert ask(page, text).startswith("3 rows")
    assert cells(page)[0] == ["=1+1", "1"]
    assert cells(page)[1] == ['a,"b"\n<b>c</b>', "-2.5"]
    rows = list(csv.reader(io.StringIO(saved(page, "#save-csv"), newline="")))
    assert rows == [["x", "n"], ["'=1+1", "1"], ['a,"b"\n<b>c</b>', "-2.5"], ["http://example.org/", ""]]
    told = json.loads(saved(page, "#save-json"))
    assert [row["x"]["type"] for row in told["results"]["bindings"]] == ["literal", "literal", "uri"]
    assert page.quiet()


def test_long_answers_are_shown_in_part_and_saved_whole(page, demo_graph):
    text = "SELECT ?s ?p ?o { ?s ?p ?o }"
    assert ask(page, text).startswith("the first 1000 rows (there are more than 1,000 rows)")
    assert len(cells(page)) == 1000
    count = len(demo_graph.query(text))
    assert len(json.loads(saved(page, "#save-json"))["results"]["bindings"]) == count > 1000


def test_graphs_answers_and_errors(page):
    assert ask(page, "ASK { ?i bkg:breached ?v }").startswith("1 row")
    assert cells(page) == [["true"]]
    assert ask(page, "DESCRIBE ?v WHERE { ?v rdfs:label 'Okta' } LIMIT 1").startswith("a graph")
    assert "Okta" in page.page.inner_text("#graph")
    assert page.page.is_hidden("#rows")
    page.page.fill("#text", "SELECT * { SERVICE <http://example.org/> {} }")
    page.page.click("#run")
    page.page.wait_for_selector("#problem", state="visible")
    assert "SERVICE is refused" in page.page.inner_text("#problem")
    assert ask(page, "ASK {}").startswith("1 row")
    assert page.page.is_hidden("#problem")


def test_an_iri_leads_to_what_the_graph_says_of_it(page):
    ask(page, "SELECT ?v { ?v rdfs:label 'Okta' ; ^bkg:breached ?i }")
    page.page.click("#rows td button")
    page.page.wait_for_selector("#graph", state="visible")
    assert "Okta" in page.page.inner_text("#graph")


def test_a_query_can_be_stopped(page):
    page.page.fill("#text", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    page.page.click("#run")
    page.page.click("#cancel")
    page.page.wait_for_selector("#cancel", state="hidden")
    assert page.page.inner_text("#status") == "stopped"


def test_a_link_to_a_query_asks_nothing_by_itself(visit, page, server):
    ask(page, "SELECT ?x { VALUES ?x { 'a&b' } }")
    link = page.page.get_attribute("#link", "href")
    before = server.figure("kg_query_seconds_count")
    other = visit(server.url.rstrip("/") + link)
    assert other.page.input_value("#text") == "SELECT ?x { VALUES ?x { 'a&b' } }"
    assert server.figure("kg_query_seconds_count") == before


def test_what_data_holds_stays_text(page):
    text = """SELECT * { VALUES (?x ?y) { ("<img src=x onerror=ran(1)>" <javascript:ran(2)>) ("</script><script>ran(3)</script>" "x") } }"""
    ask(page, text)
    assert page.page.evaluate("window.hits") == []
    page.page.click("#rows td button")
    page.page.wait_for_selector("#cancel", state="hidden")
    assert page.page.evaluate("window.hits") == []
    assert page.quiet()
    blocked = page.page.evaluate(
        "() => { try { document.body.innerHTML = '<b>x</b>'; return false } catch { return true } }"
    )
    assert blocked


def test_the_drawn_page_opens_from_it(visit, page, server):
    page.page.fill("#focus", "Mercor")
    with page.page.expect_navigation(timeout=30000):
        page.page.click("text=Draw", timeout=30000)  # it waits for the page, which a process of its own draws
    assert page.page.url.startswith(f"{server.url}view?focus=Mercor&hops=2")
    page.page.wait_for_selector("text=Mercor")
    assert page.errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_and_fits_a_phone(visit, server, scheme):
    page = visit(server.url, color_scheme=scheme, viewport={"width": 390, "height": 800})
    ask(page, "SELECT ?n ?i { ?i bkg:breached/rdfs:label ?n }")
    assert violations(page.page) == []
    assert page.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
