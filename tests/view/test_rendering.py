from __future__ import annotations

import base64
import dataclasses
import hashlib
import html
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from time import process_time

import pytest

from kg.errors import KGError
from kg.view import Edge, Node, Page, Quote, network, notebook, render, write
from kg.view.printed import MOST, printed

EMPTY = Page(title="", nodes=(), edges=(), focus="", generated_from=())


class Elements(HTMLParser):
    """What a browser would see: elements with attributes, and the text of scripts and styles."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.found, self.raw, self.words = [], {}, []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        tag, attributes = self.found[-1] if self.found else ("", {})
        if tag in {"script", "style"} and self.cdata_elem == tag:
            self.raw.setdefault((tag, len(self.found)), (attributes, []))[1].append(data)
        else:
            self.words.append(data)

    def texts(self, tag):
        return [(attributes, "".join(parts)) for (name, _), (attributes, parts) in self.raw.items() if name == tag]


@pytest.fixture(scope="module", params=["demo", "hostile", "empty"])
def any_page(request):
    return EMPTY if request.param == "empty" else request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def elements(any_page):
    return Elements(render(any_page))


def test_the_document_begins_with_its_type(demo):
    assert render(demo).startswith("<!doctype html>\n<html")


def test_same_page_same_bytes_in_any_order(demo):
    turned = dataclasses.replace(demo, nodes=demo.nodes[::-1], edges=demo.edges[::-1])
    assert render(demo) == render(demo) == render(turned)


def test_the_bytes_do_not_depend_on_the_hash_seed():
    code = (
        "import importlib.util, hashlib, sys; spec = importlib.util.spec_from_file_location('p', sys.argv[1]);"
        "m = importlib.util.module_from_spec(spec); spec.loader.exec_module(m); from kg.view import render;"
        "print(hashlib.sha256(render(m.hostile_page()).encode()).hexdigest())"
    )
    place = str(Path(__file__).with_name("pages.py"))
    seen = {
        subprocess.run(
            [sys.executable, "-c", code, place],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in "012"
    }
    assert len(seen) == 1


def test_importing_the_view_is_cheap():
    code = (
        "import sys, kg.view; heavy = {'pyvis', 'IPython', 'networkx', 'jinja2', 'rdflib', 'numpy'} & set(sys.modules);"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_policy_is_the_strict_one_and_names_what_runs(elements):
    policy = next(a["content"] for tag, a in elements.found if tag == "meta" and a.get("http-equiv"))
    (_, style), *more_styles = elements.texts("style")
    scripts = [text for attributes, text in elements.texts("script") if attributes.get("type") != "application/json"]

    def source(text):
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    assert not more_styles
    assert len(scripts) == 2
    assert policy == (
        f"default-src 'none'; script-src {source(scripts[0])} {source(scripts[1])}; style-src {source(style)}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    )


def test_no_element_runs_or_fetches_anything(elements):
    allowed = {"a", "meta", "link"}
    for tag, attributes in elements.found:
        assert tag not in {"img", "iframe", "object", "embed", "base", "image", "audio", "video", "animate"}
        for name, value in attributes.items():
            assert not name.startswith("on"), (tag, name)
            assert name not in {"style", "src", "srcdoc", "formaction", "action", "xlink:href"}, (tag, name)
            assert name != "href" or tag in allowed
            assert "\x00" not in (value or "")
    assert [a for tag, a in elements.found if tag == "link"] == [{"rel": "icon", "href": "data:,"}]


def test_links_are_of_the_web_and_give_nothing_away(elements):
    for attributes in (attributes for tag, attributes in elements.found if tag == "a"):
        assert attributes["href"].lower().startswith(("http://", "https://"))
        assert attributes["rel"] == "noopener noreferrer nofollow"
        assert attributes["target"] == "_blank"


def test_the_hostile_page_links_nowhere(hostile):
    assert [tag for tag, _ in Elements(render(hostile)).found if tag == "a"] == []


def test_the_data_is_strict_ascii_json(any_page, elements):
    ((_, text),) = [(a, text) for a, text in elements.texts("script") if a.get("type") == "application/json"]
    assert text.isascii()
    assert not set(text) & set("<>&")
    data = json.loads(text, parse_constant=pytest.fail)
    assert {len(column) for name, column in data["nodes"].items() if name in {"label", "kind", "x", "y"}} == {
        len(any_page.nodes)
    }
    assert len(data["edges"]["source"]) == len(data["edges"]["label"]) == len(any_page.edges)


def test_hidden_characters_are_nowhere_in_the_document(hostile):
    text = render(hostile)
    assert not re.search("[\x00-\x08\x0b-\x1f\u200e\u200f\u202a-\u202e\u2066-\u2069]", text.replace("\r\n", "\n"))
    assert "hidden control or direction characters were taken out" in text


def test_every_edge_and_quote_is_in_the_table(demo):
    found = Elements(render(demo))
    rows = [attributes for tag, attributes in found.found if tag == "tr" and attributes.get("class") == "relation-row"]
    assert len(rows) == len(demo.edges)
    words = "\n".join(found.words)
    for edge in demo.edges:
        for quote in edge.quotes:
            assert quote.text in words
            assert f"{quote.document}, {quote.place}" in words


def test_the_table_of_a_big_page_has_the_most_important_and_says_how_many_more(pages):
    content = pages.generated_page(700)
    found = Elements(render(content))
    rows = [attributes for tag, attributes in found.found if tag == "tr" and attributes.get("class") == "relation-row"]
    assert len(rows) == MOST < len(content.edges)
    assert "400 more, of 1400, can be seen with JavaScript turned on." in "".join(found.words)
    shown = printed(content)
    exposed = [dict(edge["facts"]).get("exposure", "") for edge in shown["edges"]]
    assert exposed == sorted(exposed, key=["confirmed", "potential", ""].index)
    assert exposed.count("confirmed") == sum(edge.exposure == "confirmed" for edge in content.edges)


def test_a_quote_behind_several_edges_is_stored_once(demo):
    data = network.PageNetwork(demo).records
    assert len(data["quotes"]["text"]) == len({quote for edge in demo.edges for quote in edge.quotes})
    assert sum(map(len, data["edges"]["quotes"])) > len(data["quotes"]["text"])


def test_a_text_is_stored_once_and_the_beginning_of_ids_is_shared(pages):
    text = render(pages.generated_page(300))
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', text)[1]
    assert data.count("feeds/part-3.csv") == 2  # among the texts and in the list of documents
    assert data.count('"confirmed"') == 2  # among the texts and as the name of a count
    ids = json.loads(data)["nodes"]["id"]["rest"]
    assert sum(pages.BASE in rest for rest in ids) == 1


def test_five_thousand_nodes_are_under_five_megabytes(pages):
    assert len(render(pages.generated_page(5000)).encode()) < 5_000_000


def test_cost_grows_with_the_size_not_with_its_square(pages):
    small, big = pages.generated_page(500), pages.generated_page(4000)

    def cost(content):
        start = process_time()
        render(content)
        return process_time() - start

    cost(small)
    assert cost(big) < 8 * 6 * cost(small)


def test_a_template_in_a_name_is_only_text():
    node = Node("n", "{{7*7}}{% raw %}", "organization", (), ())
    text = render(dataclasses.replace(EMPTY, title="{{ 7*7 }}", nodes=(node,)))
    assert "{{ 7*7 }}" in text
    assert "{{7*7}}{% raw %}" in text
    assert "49</" not in text


def test_write_is_whole_or_nothing(demo, tmp_path, monkeypatch):
    place = tmp_path / "page.html"
    write(demo, place)
    assert place.read_bytes() == render(demo).encode()
    before = place.read_bytes()

    def full(_self, _target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(KGError, match=r"page\.html: the page cannot be written: No space left on device"):
        write(EMPTY, place)
    assert place.read_bytes() == before
    assert [child.name for child in tmp_path.iterdir()] == ["page.html"]


@pytest.mark.parametrize("name", ["missing/page.html", "file/page.html", "folder"])
def test_write_says_why_it_cannot(name, tmp_path):
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    with pytest.raises(KGError, match="cannot be written"):
        write(EMPTY, tmp_path / name)
    assert sorted(child.name for child in tmp_path.iterdir()) == ["file", "folder"]


def test_the_notebook_frame_is_sandboxed_and_holds_the_whole_page(hostile):
    frame = notebook(hostile)
    ((tag, attributes),) = Elements(frame).found
    assert tag == "iframe"
    assert attributes["sandbox"] == "allow-scripts"
    assert attributes["srcdoc"] == render(hostile)
    assert html.unescape(frame).count("</iframe>") == 1
    assert set(attributes) == {"sandbox", "title", "width", "height", "frameborder", "srcdoc"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda p: {"nodes": (*p.nodes, p.nodes[0])}, "two nodes with the id"),
        (lambda p: {"edges": (*p.edges, p.edges[0])}, "two edges with the id"),
        (lambda p: {"nodes": p.nodes[1:], "focus": ""}, "names a node that is not on the page"),
        (lambda _: {"focus": "nowhere"}, "focus is not on the page: 'nowhere'"),
    ],
)
def test_a_page_that_does_not_hold_together_is_refused(demo, change, message):
    with pytest.raises(KGError, match=message):
        render(dataclasses.replace(demo, **change(demo)))


def test_every_name_of_the_model_is_in_the_payload(demo):
    data = network.PageNetwork(demo).records
    for record, name in ((Node, "nodes"), (Edge, "edges"), (Quote, "quotes")):
        assert data[name].keys() >= {field.name for field in dataclasses.fields(record)}


def test_only_days_are_days(pages):
    node = dataclasses.replace(pages.node("a", "A", "vendor"), since="2024-02-30x", until="2024-02-03")
    data = network.PageNetwork(Page("t", (node,), (), "", ())).records
    columns = data["nodes"]
    assert (columns["since"], columns["until"]) == ([data["texts"].index("")], ["2024-02-03"])
    link = dataclasses.replace(
        pages.edge("a", "usesVendor", "a", "uses"), spans=(("x", "2020-01-01"), ("2023-01-01", ""))
    )
    told = network.PageNetwork(Page("t", (node,), (link, dataclasses.replace(link, id="2", spans=())), "", ())).records
    assert told["edges"]["spans"] == [(1, [("", "2020-01-01"), ("2023-01-01", "")])]
