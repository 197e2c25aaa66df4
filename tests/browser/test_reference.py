"""The documentation of the ontology in a real browser: it loads nothing, everybody can read it, nothing overflows."""

from __future__ import annotations

import pytest
from sampled import alternating
from tabs import PHONE, violations

from kg.reference import class_diagram, write_docs

pytestmark = pytest.mark.browser

LOOKS = [("light", "desktop"), ("dark", "phone")]
PAGES = ["index.html", "shapes.html", "questions.html", "vocab/data-type.html", "vocab/basis.html"]
"""One of each kind, and of the schemes the one with most in it."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("documentation")
    write_docs(folder)
    return folder


def overflowing(page):
    """Elements that stick out of the window; what has a scroll bar of its own may."""
    return page.evaluate(
        """() => [...document.querySelectorAll('body *')]
            .filter((one) => !one.closest('pre, .wide, .skip') && one.getBoundingClientRect().right > innerWidth + 1)
            .map((one) => one.outerHTML.slice(0, 120))"""
    )


def fits(page):
    """Whether nothing makes the window scroll sideways, folded texts opened too."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert overflowing(page) == []
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("name", "look"), alternating(PAGES, LOOKS))
def test_a_page_asks_for_nothing_and_axe_finds_nothing(folder, visit, name, look):
    scheme, device = look
    watched = visit(folder / name, color_scheme=scheme, **(PHONE if device == "phone" else {}))
    assert watched.requests == [(folder / name).as_uri()]
    page = watched.page
    assert fits(page)
    assert watched.quiet()
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert (ground == "rgb(255, 255, 255)") == (scheme == "light")
    assert violations(page) == []


def test_every_page_fits_a_phone_and_is_quiet(folder, visit):
    pages = sorted(folder.rglob("*.html"))
    assert len(pages) > len(PAGES)
    watched = visit(pages[0], **PHONE)
    for path in pages:
        watched.page.goto(path.as_uri())
        assert fits(watched.page), path
    assert watched.requests[1:] == [path.as_uri() for path in pages]
    assert watched.quiet()


def test_axe_would_find_something(folder, visit):
    page = visit(folder / "vocab" / "basis.html").page
    page.evaluate("document.querySelector('h1').after(document.createElement('button'))")
    assert [name for name, _ in violations(page)] == ["button-name"]


def test_the_policy_keeps_scripts_pictures_and_styles_out(folder, visit):
    watched = visit(folder / "index.html")
    watched.page.evaluate(
        """() => {
            document.body.insertAdjacentHTML('beforeend', '<img src="https://example.invalid/x.png" onerror="ran(1)">');
            const script = document.createElement('script');
            script.text = 'window.ran(2)';
            const style = document.createElement('style');
            style.textContent = 'h1 { color: rgb(1, 2, 3) }';
            document.body.append(script, style);
        }"""
    )
    watched.page.wait_for_timeout(100)
    assert watched.page.evaluate("window.hits") == []
    assert watched.page.evaluate("getComputedStyle(document.querySelector('h1')).color") != "rgb(1, 2, 3)"
    refused = [message for message in watched.messages if "Content Security Policy" in message]
    assert sum("example.invalid" in message for message in refused) == 1
    assert sum("inline style" in message for message in refused) == 1
    assert sum("inline script" in message for message in refused) >= 1


def test_an_address_with_a_term_leads_to_it(folder, visit):
    page = visit(folder / "index.html", "#usesVendor").page
    assert page.evaluate("document.querySelector(':target h3').textContent").startswith("uses vendor")
    top, bar = page.evaluate(
        "[document.querySelector(':target').getBoundingClientRect().top, document.querySelector('header').offsetHeight]"
    )
    assert bar <= top < 200
    page.click("#usesVendor a[href='questions.html#CQ01']")
    assert page.url.endswith("questions.html#CQ01")
    assert page.evaluate("document.querySelector(':target').id") == "CQ01"


def test_a_box_of_the_diagram_leads_to_its_class(folder, visit):
    page = visit(folder / "index.html").page
    page.click("svg a[href='#Claim']")
    assert page.url.endswith("index.html#Claim")


def test_everything_can_be_reached_by_keyboard(folder, visit):
    page = visit(folder / "vocab" / "basis.html").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the text"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "MAIN"


def test_texts_of_the_diagram_fit_their_boxes(visit, tmp_path):
    picture = tmp_path / "diagram.svg"
    picture.write_text(class_diagram(), encoding="utf-8")
    watched = visit(picture)
    sticking_out = watched.page.evaluate(
        """() => [...document.querySelectorAll('g.class, g.label')].flatMap((group) => {
            const box = group.querySelector('rect').getBBox();
            return [...group.querySelectorAll('text')].filter((text) => {
                const own = text.getBBox();
                return own.x < box.x || own.x + own.width > box.x + box.width
                    || own.y < box.y - 1 || own.y + own.height > box.y + box.height + 1;
            }).map((text) => text.textContent);
        })"""
    )
    assert sticking_out == []
    assert watched.requests == [picture.as_uri()]
