"""Acceptance 1, 2, 3 and 13: nothing leaves the page, nothing foreign runs in it."""

from __future__ import annotations

import csv
import http.server
import threading
from time import monotonic, sleep

import pytest

from kg.view import notebook

pytestmark = pytest.mark.browser


@pytest.fixture
def server():
    """A server on this machine that keeps the paths it is asked for."""
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()
            self.wfile.write(b"x")

        do_POST = do_GET  # noqa: N815  # the name the server looks for

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}", asked
        running.shutdown()
        thread.join()


PROBES = {
    "html": "() => { document.body.innerHTML = '<b>x</b>'; return 'ran'; }",
    "adjacent": "() => { document.body.insertAdjacentHTML('beforeend', '<b>x</b>'); return 'ran'; }",
    "write": "() => { document.write('<b>x</b>'); return 'ran'; }",
    # The debugger may evaluate text where the page itself may not: a timer is the page itself.
    "eval": "() => new Promise((done, failed) => setTimeout(() => { try { done(eval('1') && 'ran'); } catch (error) { failed(error); } }))",
    "function": """() => new Promise((done, failed) => setTimeout(() => {
        try { done(new Function('return 1')() && 'ran'); } catch (error) { failed(error); }
    }))""",
    "script": """() => {
        const script = document.createElement('script');
        script.text = 'window.ran(1)';
        document.body.append(script);
        if (!window.hits.length) throw new Error('blocked');
        return 'ran';
    }""",
    "handler": """() => {
        const button = document.createElement('button');
        button.setAttribute('onclick', "window.ran('attribute')");
        button.click();
        if (!window.hits.length) throw new Error('blocked');
        return 'ran';
    }""",
    "style": """() => {
        const style = document.createElement('style');
        style.textContent = 'body { outline: 7px solid rgb(1, 2, 3); }';
        document.head.append(style);
        if (!getComputedStyle(document.body).outline.includes('7px')) throw new Error('blocked');
        return 'ran';
    }""",
    "fetch": "(base) => fetch(base + '/fetch').then(() => 'ran')",
    "beacon": """(base) => new Promise((done, failed) => {
        navigator.sendBeacon(base + '/beacon', 'x');
        setTimeout(() => failed(new Error('no answer')), 100);
    })""",
    "socket": """(base) => new Promise((done, failed) => {
        const socket = new WebSocket(base.replace('http', 'ws') + '/socket');
        socket.onerror = () => failed(new Error('blocked'));
        socket.onopen = () => done('ran');
    })""",
    "image": """(base) => new Promise((done, failed) => {
        const image = new Image();
        image.onload = image.onerror = () => setTimeout(() => failed(new Error('no image')), 50);
        image.src = base + '/image';
        document.body.append(image);
    })""",
    "frame": """(base) => new Promise((done, failed) => {
        const frame = document.createElement('iframe');
        frame.src = base + '/frame';
        document.body.append(frame);
        setTimeout(() => failed(new Error('no frame')), 200);
    })""",
    "form": """(base) => new Promise((done, failed) => {
        const form = document.createElement('form');
        form.action = base + '/form';
        document.body.append(form);
        form.submit();
        setTimeout(() => failed(new Error('no form')), 200);
    })""",
}


def _probe(page, name, base):
    try:
        return page.evaluate(PROBES[name], base)
    except Exception as error:  # noqa: BLE001  # whatever the browser says is the answer
        return f"failed: {error}"


@pytest.mark.parametrize("name", PROBES)
def test_every_probe_works_where_there_is_no_policy(name, visit, server, tmp_path):
    base, asked = server
    free = tmp_path / "free.html"
    free.write_text("<!doctype html><title>no policy</title><p>text", encoding="utf-8")
    result = _probe(visit(free).page, name, base)
    end = monotonic() + 10
    while not (worked := result == "ran" or any(f"/{name}" in path for path in asked)) and monotonic() < end:
        sleep(0.03)
    assert worked, f"{result}, asked {asked}"


def test_the_page_stops_every_probe(visit, server):
    base, asked = server
    page = visit("demo").page
    for name in PROBES:
        assert _probe(page, name, base).startswith("failed"), name
    page.wait_for_timeout(100)
    assert asked == []
    assert page.evaluate("window.hits") == []


@pytest.mark.parametrize("name", ["demo", "hostile"])
def test_the_document_is_the_only_request(name, visit, files):
    watched = visit(name)
    watched.page.click("#tab-table")
    watched.page.click("#tab-graph")
    watched.page.wait_for_timeout(200)
    assert watched.requests == [files[name].as_uri()]
    assert watched.quiet()


def test_the_policy_is_the_one_the_browser_enforces(visit):
    watched = visit("demo")
    assert watched.page.evaluate("typeof trustedTypes") == "object"
    assert _probe(watched.page, "html", "").count("TrustedHTML") == 1


def _spots(page):
    return page.evaluate(
        """() => {
            const { network } = window.breachkg;
            const box = document.getElementById('canvas').getBoundingClientRect();
            return Object.values(network.getPositions()).map((spot) => {
                const { x, y } = network.canvasToDOM(spot);
                return [box.x + x, box.y + y];
            });
        }"""
    )


def test_nothing_runs_on_the_hostile_page(visit, hostile, files):
    watched = visit("hostile")
    page = watched.page
    assert page.locator("#list [role=option]").count() == len(hostile.nodes)
    page.click("#fit")
    for x, y in _spots(page):
        page.mouse.move(x, y)
        page.mouse.click(x, y)
    page.evaluate(
        """(count) => {
            const all = (selector) => [...document.querySelectorAll(selector)];
            for (let at = 0; at < count; at += 1) {
                document.getElementById(`node-${at}`).click();
                all('#panel summary').forEach((one) => one.click());
                all('#panel .relation').slice(0, 1).forEach((one) => one.click());
            }
        }""",
        len(hostile.nodes),
    )
    for node in hostile.nodes[::3]:
        page.fill("#search", node.label[:40])
        page.press("#search", "Enter")
    for text in ("<", "__proto__", "constructor", "\u202e", "=", "{{"):
        page.fill("#search", text)
    page.press("#search", "Escape")
    for box in page.locator("#legend input").all()[:8]:
        box.uncheck()
    page.click("#reset")
    page.fill("#path-from", hostile.nodes[0].label[:40])
    page.fill("#path-to", hostile.nodes[5].label[:40])
    page.press("#path-to", "Enter")
    page.click("#path-form .primary")
    page.click("#tab-table")
    page.click("#theme")
    with page.expect_download() as saved:
        page.click("#save-json")
    with page.expect_download() as saved:
        page.click("#save-csv")
    page.click("#tab-graph")
    page.wait_for_timeout(100)
    assert page.evaluate("window.hits") == []
    assert page.evaluate("({}).ran") is None
    assert page.locator(".vis-tooltip").count() == 0
    assert page.locator("#panel a, #table a").count() == 0
    assert saved.value.suggested_filename.endswith(".csv")
    assert [url for url in watched.requests if not url.startswith("blob:")] == [files["hostile"].as_uri()]
    assert watched.quiet()


def test_no_cell_of_the_hostile_table_is_a_formula(visit, tmp_path):
    page = visit("hostile").page
    with page.expect_download() as saved:
        page.click("#save-csv")
    saved.value.save_as(tmp_path / "saved.csv")
    text = (tmp_path / "saved.csv").read_bytes().decode("utf-8-sig")
    cells = [cell for row in csv.reader(text.splitlines(keepends=True)) for cell in row]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)
    assert any(cell.startswith("'@SUM") for cell in cells)
    for cell in cells:
        assert not cell.lstrip().startswith(("=", "+", "-", "@", "|", "%")), cell[:40]
        assert not cell.startswith(("\t", "\r", "\n")), cell[:40]


@pytest.mark.parametrize(
    "fragment",
    [
        "#node=__proto__&edge=constructor&hide=toString&without=__proto__&not=hasOwnProperty&view=valueOf",
        "#view=%FF&node=%00&only=%E0%A4%A",
        "#" + "node=x&" * 2000,
        "#node=<img src=x onerror=ran(1)>&view=javascript:ran(2)",
    ],
)
def test_a_fragment_of_nonsense_opens_the_page_as_it_is(fragment, visit, demo):
    watched = visit("demo", fragment)
    page = watched.page
    assert (
        page.text_content("#shown")
        == f"{len(demo.nodes)} of {len(demo.nodes)} nodes, {len(demo.edges)} of {len(demo.edges)} relations"
    )
    assert page.get_attribute("#tab-graph", "aria-selected") == "true"
    assert page.evaluate("window.hits") == []
    assert watched.quiet()


def test_a_hostile_id_in_the_fragment_is_looked_up_like_any_other(visit):
    watched = visit("hostile", "#view=graph&node=__proto__")
    assert watched.page.text_content("#panel-heading").strip()
    assert "node=__proto__" in watched.page.url
    assert watched.quiet()


@pytest.mark.parametrize("name", ["demo", "hostile"])
def test_the_notebook_frame_is_clean_and_on_its_own(name, visit, request, tmp_path):
    place = tmp_path / "notebook.html"
    frame = notebook(request.getfixturevalue(name))
    place.write_text(f"<!doctype html><meta charset=utf-8><title>notebook</title>{frame}", encoding="utf-8", newline="")
    watched = visit(place)
    inner = watched.page.frames[1]
    inner.wait_for_selector("html.js #canvas canvas")
    assert inner.evaluate("window.origin") == "null"
    assert (
        inner.evaluate("() => { try { return String(parent.document); } catch (error) { return error.name; } }")
        == "SecurityError"
    )
    assert (
        inner.locator("#save-csv, #save-json, #save-png, #copy-link").evaluate_all(
            "(all) => all.map((one) => one.hidden)"
        )
        == [True] * 4
    )
    inner.locator("#list [role=option]").first.click()
    assert inner.locator("#panel a").count() == 0
    assert inner.evaluate("window.hits ?? []") == []
    assert watched.requests == [place.as_uri()]
    assert watched.quiet()
