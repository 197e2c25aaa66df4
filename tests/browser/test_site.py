"""A site in a real browser, from the disk: it loads nothing, everybody can read it, the search finds, no script is needed."""

from __future__ import annotations

import pytest
from documents import breach, graph_of
from tabs import DESKTOP, LOOKS, PHONE, violations

from kg.model import Role

pytestmark = pytest.mark.browser

PAGES = ["index.html", "vendor/snowflake-*.html", "incident/meta-pauses-*.html"]


def fits(page):
    """Whether nothing scrolls sideways; on a phone, what is too wide widens the window itself."""
    return page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


@pytest.fixture(scope="module")
def folder(demo_graph, tmp_path_factory):
    return demo_graph.site(tmp_path_factory.mktemp("site") / "site").parent


@pytest.mark.parametrize("name", PAGES, ids=["index", "vendor", "incident"])
@pytest.mark.parametrize(("scheme", "device"), LOOKS)
def test_a_page_asks_for_nothing_fits_and_axe_finds_nothing(folder, visit, name, scheme, device):
    (path,) = folder.glob(name)
    watched = visit(path, color_scheme=scheme, **(PHONE if device == "phone" else {}))
    page = watched.page
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    if name == "index.html":
        page.fill("#search", "me")
        assert page.locator("#matches a").count() > 2
    assert fits(page)
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert (ground == "rgb(243, 245, 248)") == (scheme == "light")
    assert watched.quiet()
    assert violations(page) == []
    assert watched.requests == [path.as_uri()]


@pytest.mark.parametrize("options", [PHONE, {"viewport": DESKTOP}], ids=["phone", "desktop"])
def test_a_title_without_a_blank_fits(demo_graph, tmp_path, visit, options):
    index = demo_graph.site(tmp_path / "site", title="</title><script>window.pwned=12</script>" + "x" * 200)
    for name in PAGES:
        (path,) = index.parent.glob(name)
        assert fits(visit(path, **options).page)


@pytest.mark.parametrize("options", [PHONE, {"viewport": DESKTOP}], ids=["phone", "desktop"])
def test_a_drawing_of_little_is_not_blown_up(tmp_path, visit, options):
    graph = graph_of([breach(("Birch", Role.BREACHED))])
    (path,) = graph.site(tmp_path / "site").parent.glob("incident/*.html")
    drawing = visit(path, **options).page.locator(".picture .wide > svg")
    assert drawing.bounding_box()["width"] <= int(drawing.get_attribute("width"))


@pytest.mark.parametrize("options", [PHONE, {"viewport": DESKTOP}], ids=["phone", "desktop"])
def test_no_date_stands_on_what_is_beside_it(tmp_path, visit, options):
    graph = graph_of([breach(("Birch", Role.BREACHED), when=[("occurred", "2025-05-01/2025-10-31")])])
    index = graph.site(tmp_path / "site")
    for path in (index, *index.parent.glob("incident/*.html")):
        dates = visit(path, **options).page.locator(".latest .when, .timeline .when")
        assert dates.text_content() == "2025-05-01/2025-10-31"
        assert dates.evaluate("(one) => one.scrollWidth <= one.clientWidth")


def test_axe_would_find_something(folder, visit):
    page = visit(folder / "index.html").page
    page.evaluate("document.querySelector('h1').after(document.createElement('button'))")
    assert [name for name, _ in violations(page)] == ["button-name"]


def test_the_search_finds_names_aliases_identifiers_and_what_has_no_page(folder, visit, demo_graph):
    watched = visit(folder / "index.html")
    page = watched.page
    page.keyboard.press("/")
    page.keyboard.type("MER17752")
    assert page.text_content("#found") == "1 found"
    assert page.get_attribute("#matches a", "href").startswith("incident/meta-pauses-")
    page.fill("#search", "mércor")
    assert page.text_content("#matches a >> nth=0") == "Mercor"
    page.fill("#search", "meta")
    assert page.text_content("#matches a >> nth=0") == "Meta"
    assert page.get_attribute("#matches a >> nth=0", "href").startswith("graph.html#")
    page.fill("#search", "no such name")
    assert page.text_content("#found") == "Nothing has such a name."
    page.fill("#search", "snowflake")
    page.press("#search", "Enter")
    page.wait_for_url("**/vendor/snowflake-*.html")
    assert page.text_content("h1") == "Snowflake"
    assert watched.quiet()


def test_from_the_index_to_a_vendor_by_the_drawing_to_an_incident_and_back(folder, visit):
    watched = visit(folder / "index.html")
    page = watched.page
    page.click("#exposed a >> text=Snowflake")
    page.click("svg a[href*='incident/']")
    assert page.text_content(".kind") == "Incident"
    page.click("nav a >> nth=0")
    assert page.url.endswith("index.html")
    assert all(url.startswith("file:") for url in watched.requests)
    assert len(watched.requests) == 4
    assert watched.quiet()


def test_a_name_without_a_page_leads_to_its_node_on_the_interactive_page(folder, visit):
    (path,) = folder.glob("incident/meta-pauses-*.html")
    page = visit(path).page
    page.click("a.graph >> text=Meta >> nth=0")
    page.wait_for_url("**/graph.html#*")
    assert page.text_content("#panel-heading") == "Meta"


def test_a_party_of_which_documents_disagree_is_told_on_the_interactive_page(tmp_path, visit):
    roles = (Role.CUSTOMER_UNAFFECTED, Role.AFFECTED_DOWNSTREAM)
    graph = graph_of(*([breach(("Birch", Role.BREACHED), ("Oak", role), uses=["Oak"])] for role in roles))
    page = visit(graph.view(tmp_path / "page.html")).page
    page.fill("#search", "Oak")
    page.press("#search", "Enter")
    assert page.locator("#panel .relation >> text=disputed").count() == 2
    page.click("#panel .relation >> text=did not affect")
    assert "documents disagree whether Oak was affected; it counts as not affected" in page.text_content(
        "#panel .facts"
    )
    page.click("#tab-table")
    assert page.locator("#rows li >> text=disputed: documents disagree").count() == 2


def test_without_javascript_everything_is_there(folder, visit):
    watched = visit(folder / "index.html", java_script_enabled=False)
    page = watched.page
    assert page.is_hidden("#search")
    page.click("#vendors a >> text=Mercor")
    assert page.is_visible("h1 >> text=Mercor")
    assert page.is_visible("blockquote >> nth=0")
    assert watched.quiet()


def test_quotes_fold_without_javascript_and_targets_are_big(folder, visit):
    (path,) = folder.glob("vendor/amazon-*.html")
    page = visit(path, java_script_enabled=False, **PHONE).page
    before = page.is_visible("blockquote >> nth=0")
    for shown in (not before, before):
        page.tap("summary >> nth=0")
        assert page.is_visible("blockquote >> nth=0") == shown
    boxes = [one.bounding_box() for one in page.locator("summary, nav a").all()]
    assert all(box["height"] >= 43.9 for box in boxes if box)


def test_the_policy_keeps_foreign_scripts_and_pictures_out(folder, visit):
    (path,) = folder.glob("vendor/snowflake-*.html")
    watched = visit(path)
    watched.page.evaluate(
        """() => {
            document.body.insertAdjacentHTML('beforeend', '<img src="https://example.invalid/x.png" onerror="ran(1)">');
            const script = document.createElement('script');
            script.text = 'window.ran(2)';
            document.body.append(script);
        }"""
    )
    watched.page.wait_for_timeout(100)
    assert watched.page.evaluate("window.hits") == []
    assert sum("Content Security Policy" in message for message in watched.messages) >= 2
