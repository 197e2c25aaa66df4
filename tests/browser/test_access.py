"""Acceptance 10 and 11, the keyboard, light and dark: the page is for everyone."""

from __future__ import annotations

import re

import pytest
from sampled import sampled
from tabs import PHONE, until, violations, within_reach

pytestmark = pytest.mark.browser

STATES = {
    "node": lambda page: page.locator("#list [role=option]").first.click(),
    "edge": lambda page: (
        page.locator("#panel .relation").first.click(),
        page.locator("#panel .quote summary").first.click(),
    ),
    "overview": lambda page: page.keyboard.press("Escape"),
    "search": lambda page: (page.keyboard.press("/"), page.keyboard.type("m")),
    "path": lambda page: (
        page.keyboard.press("Escape"),
        page.fill("#path-from", "Meta"),
        page.fill("#path-to", "Wired"),
        page.press("#path-to", "Enter"),
        page.click("#path-form .primary"),
    ),
    "table": lambda page: page.click("#tab-table"),
}


@pytest.mark.parametrize("scheme", sampled(["light", "dark"], 2))
def test_axe_finds_nothing_on_the_desktop(scheme, visit):
    watched = visit("demo", color_scheme=scheme)
    assert watched.page.get_attribute("html", "data-theme") == scheme
    assert watched.page.locator("#panel .relation").count() > 0
    for name, go in STATES.items():
        go(watched.page)
        assert violations(watched.page) == [], name


@pytest.mark.parametrize("scheme", sampled(["dark", "light"], 2))
def test_axe_finds_nothing_on_a_phone(scheme, visit):
    page = visit("demo", color_scheme=scheme, **PHONE).page
    assert violations(page) == []
    page.tap("#sheet")
    assert violations(page) == []
    page.tap("#sheet")
    page.evaluate("document.querySelectorAll('#filters details').forEach((one) => { one.open = true; })")
    page.tap("#menu")
    assert violations(page) == []
    page.tap("#tab-table")
    assert violations(page) == []


@pytest.mark.parametrize("scheme", sampled(["light", "dark"], 2))
def test_axe_finds_nothing_on_the_hostile_page(scheme, visit):
    page = visit("hostile", color_scheme=scheme).page
    assert violations(page) == []
    page.click("#tab-table")
    assert violations(page) == []


def test_axe_finds_nothing_without_javascript_and_would_find_something(visit, files, tmp_path):
    # axe itself is a script, so the page is shown as a browser without scripts would build it.
    text = re.sub(
        r"<script.*?</script>|<p id=.starting.*?</p>|</?noscript>", "", files["demo"].read_text(), flags=re.DOTALL
    )
    place = tmp_path / "plain.html"
    place.write_text(text, encoding="utf-8")
    for options in ({}, {"color_scheme": "dark"}, PHONE):
        page = visit(place, **options).page
        assert page.locator("tr.relation-row:visible").count() == 29
        assert violations(page) == []
    assert not scrolls_sideways(page)
    page.evaluate("document.querySelector('h1').after(document.createElement('button'))")
    assert [name for name, _ in violations(page)] == ["button-name"]


# ---- 10: a phone

TARGETS = "button, input, select, a, summary, [role=tab], [role=option], label.row"


def small_targets(page):
    """Targets under 44 px; a checkbox counts by its label."""
    return page.evaluate(
        """(selector) => [...document.querySelectorAll(selector)]
            .filter((one) => one.checkVisibility() && !one.closest('.unseen'))
            .map((one) => [one, (one.matches('[type=checkbox]') ? one.closest('label') : one).getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.height < 43.9 || box.width < 43.9))
            .map(([one, box]) => [one.outerHTML.slice(0, 120), box.width, box.height])""",
        TARGETS,
    )


def scrolls_sideways(page):
    return page.evaluate("document.documentElement.scrollWidth > 390 || document.body.scrollWidth > 390")


@pytest.mark.parametrize("name", ["demo", "hostile"])
def test_on_a_phone_nothing_scrolls_sideways_and_targets_are_big(name, visit):
    watched = visit(name, **PHONE)
    page = watched.page

    def fine():
        assert not scrolls_sideways(page)
        assert small_targets(page) == []
        return True

    assert fine()
    page.tap("#sheet")
    page.evaluate("document.querySelectorAll('#panel details').forEach((one) => { one.open = true; })")
    assert page.is_visible("#panel-heading")
    assert fine()
    page.tap("#panel .relation >> nth=0")
    assert fine()
    page.tap("#sheet")
    page.evaluate("document.querySelectorAll('#filters details').forEach((one) => { one.open = true; })")
    page.fill("#search", "r")
    assert page.is_visible("#search-matches")
    assert fine()
    page.press("#search", "Escape")
    page.tap("#menu")
    assert fine()
    page.tap("#tab-table")
    assert fine()
    assert watched.quiet()


@pytest.mark.parametrize("size", [(390, 844), (844, 390), (820, 1180)], ids=["phone", "lying", "tablet"])
def test_a_small_screen_is_mostly_picture(visit, size):
    wide, high = size
    page = visit("demo", **{**PHONE, "viewport": {"width": wide, "height": high}}).page
    box = page.locator("#canvas").bounding_box()
    assert box["width"] * box["height"] > 0.6 * wide * high
    assert box["y"] + box["height"] <= high - 44
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_on_a_phone_a_menu_has_the_buttons(visit):
    page = visit("demo", **PHONE).page
    box = page.locator("#canvas").bounding_box()
    assert box["y"] + box["height"] < page.locator("#filters summary >> nth=0").bounding_box()["y"] + 44 < 844
    menu = page.get_by_role("button", name="Menu", expanded=False)
    menu.focus()
    page.keyboard.press("Enter")
    parts = page.get_attribute("#menu", "aria-controls").split()
    assert [page.is_visible(f"#{part} button >> nth=0") for part in parts] == [True] * 3
    page.keyboard.press("Escape")
    assert active(page) == "menu"
    assert page.is_hidden("#fit")
    page.click(within_reach(page, "[data-mode=sectors]"))
    assert page.is_hidden("#fit")
    assert active(page) == "menu"
    assert page.text_content("#panel-heading") == "Sectors and kinds"
    page.set_viewport_size({"width": 1440, "height": 900})
    assert page.is_hidden("#menu")
    assert page.is_visible("#fit")


def spots(page, *labels):
    """Where on the screen nodes are."""
    return page.evaluate(
        """(labels) => {
            const { network, nodes } = window.breachkg;
            const box = document.getElementById('canvas').getBoundingClientRect();
            return labels.map((label) => nodes.findIndex((node) => node.label === label))
                .map((at) => network.canvasToDOM(network.getPosition(at))).map(({ x, y }) => [box.x + x, box.y + y]);
        }""",
        labels,
    )


def sheet(page):
    return page.locator("#panel").bounding_box()["y"]


def test_on_a_phone_a_tap_opens_the_sheet_and_leaves_the_node_in_sight(visit):
    page = visit("demo", **PHONE).page
    assert page.is_hidden("#panel-body")
    page.fill("#search", "meta")
    page.press("#search", "Enter")
    assert page.is_visible("#panel-body")
    assert page.text_content("#panel-heading") == "Meta"
    ((_, y),) = spots(page, "Meta")
    assert y == pytest.approx(sheet(page) / 2, abs=3)
    page.tap("#sheet")
    assert page.is_hidden("#panel-body")
    # What is tapped where the sheet comes up is moved out from under it.
    page.evaluate(
        "(({ network, nodes }) => network.moveTo({ offset: { x: 0, y: 210 }, position: network.getPosition(nodes.findIndex((node) => node.label === 'Mercor')) }))(window.breachkg)"
    )
    page.touchscreen.tap(*spots(page, "Mercor")[0])
    until(page, "document.getElementById('panel-heading').textContent === 'Mercor'")
    ((_, y),) = spots(page, "Mercor")
    assert 0 < y < sheet(page)


def test_on_a_phone_a_path_is_seen_whole_above_the_sheet(visit):
    page = visit("demo", **PHONE).page
    page.evaluate("document.getElementById('path').open = true")
    for box, name in (("#path-from", "LiteLLM"), ("#path-to", "Tech Buzz")):
        page.fill(box, name)
        page.press(box, "Enter")
    page.tap("#path-form .primary")
    assert page.locator("#panel .hop").count() == 3
    way = spots(page, "LiteLLM", "Mercor", "Breach at Mercor, April 2026", "The Tech Buzz")
    assert all(0 < x < 390 and 0 < y < sheet(page) for x, y in way)


def test_the_hostile_page_does_not_scroll_sideways_on_a_desktop(visit):
    page = visit("hostile").page
    for tab in ("#tab-graph", "#tab-table"):
        page.click(tab)
        wide = page.evaluate(
            "[...document.querySelectorAll('html, body, .columns, #filters, main, #panel, .top')].filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.outerHTML.slice(0, 60))"
        )
        assert wide == []


# ---- keyboard


def active(page):
    return page.evaluate("document.activeElement.id || document.activeElement.textContent.slice(0, 40)")


def test_every_node_can_be_reached_by_keyboard(visit, demo):
    page = visit("demo", "#view=graph").page
    for _ in range(60):
        page.keyboard.press("Tab")
        if active(page) == "list":
            break
    assert active(page) == "list"
    names = []
    for _ in demo.nodes:
        page.keyboard.press("ArrowDown")
        names.append(page.text_content("#panel-heading"))
        chosen = page.get_attribute("#list", "aria-activedescendant")
        assert page.get_attribute(f"#{chosen}", "aria-selected") == "true"
        assert page.text_content("#status").startswith(names[-1])
    assert sorted(names) == sorted(node.label for node in demo.nodes)
    assert active(page) == "list"


def test_right_and_left_walk_the_neighbours(visit, demo):
    page = visit("demo").page
    page.focus("#list")
    near = {
        end for edge in demo.edges if demo.focus in (edge.source, edge.target) for end in (edge.source, edge.target)
    }
    expected = {node.label for node in demo.nodes if node.id in near - {demo.focus}}
    seen = []
    for _ in expected:
        page.keyboard.press("ArrowRight")
        seen.append(page.text_content("#panel-heading"))
    assert set(seen) == expected
    page.keyboard.press("ArrowLeft")
    assert page.text_content("#panel-heading") == seen[-2]
    while page.text_content("#panel-heading") != "Breach at Mercor, April 2026":
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    assert page.text_content("#panel-heading") not in expected - {"Meta"}


def test_focus_can_be_seen_and_order_makes_sense(visit):
    page = visit("demo", "#view=graph").page
    seen = []
    for _ in range(45):
        page.keyboard.press("Tab")
        outline = page.evaluate(
            "(() => { const style = getComputedStyle(document.activeElement); return [style.outlineStyle, style.outlineWidth]; })()"
        )
        seen.append(active(page))
        if document_start(page):
            break
        assert outline == ["solid", "3px"], seen[-1]
    order = [name for name in seen if name in {"search", "tab-graph", "save-csv", "theme", "path-from", "list", "fit"}]
    assert order == ["search", "tab-graph", "save-csv", "theme", "path-from", "list", "fit"]


def test_what_a_step_takes_away_leaves_the_keyboard_in_the_panel(visit):
    page = visit("demo").page
    page.keyboard.press("/")
    page.keyboard.type("meta")
    page.keyboard.press("Enter")
    for name in ("Centre here", "Path from here", "Close"):
        page.get_by_role("button", name=name, exact=True).focus()
        page.keyboard.press("Enter")
        assert active(page) in {"panel-heading", "path-to"}, name
    assert page.inner_text("#panel-heading") == "On this page"
    page.keyboard.press("/")
    page.keyboard.type("meta")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert active(page) == "panel-heading"
    page.click("[data-mode=sectors]")
    page.locator("#panel-body .end").first.focus()
    page.keyboard.press("Enter")
    assert active(page) == "panel-heading"
    page.focus("#back-to-sectors")
    page.keyboard.press("Enter")
    assert active(page) == "panel-heading"


def test_on_a_phone_a_sheet_that_closes_hands_the_keyboard_to_its_button(visit):
    page = visit("demo", **PHONE).page
    page.keyboard.press("/")
    page.keyboard.type("meta")
    page.keyboard.press("Enter")
    assert active(page) == "panel-heading"
    page.keyboard.press("Escape")
    assert active(page) == "sheet"


def document_start(page):
    return page.evaluate("document.activeElement === document.body")


def test_slash_in_a_field_is_a_slash(visit):
    page = visit("demo").page
    page.keyboard.press("/")
    page.keyboard.type("a/b")
    assert page.input_value("#search") == "a/b"


# ---- light and dark


def ground(page):
    return page.evaluate("getComputedStyle(document.getElementById('canvas')).backgroundColor")


def test_the_button_turns_the_light_off_and_on_again(visit):
    page = visit("demo").page
    light = ground(page)
    ink = page.evaluate("window.breachkg.network.body.data.nodes.get(0).font.color")
    page.click("#theme")
    assert page.get_attribute("#theme", "aria-pressed") == "true"
    assert ground(page) != light
    assert page.evaluate("window.breachkg.network.body.data.nodes.get(0).font.color") != ink
    page.click("#theme")
    assert ground(page) == light
    page.emulate_media(color_scheme="dark")
    until(page, "document.documentElement.dataset.theme === 'dark'")
    assert ground(page) != light
