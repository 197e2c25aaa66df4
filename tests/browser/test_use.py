"""Acceptance 4 to 9 and 14: what an analyst does with the page."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from itertools import pairwise
from urllib.parse import urlencode

import pytest
from tabs import until

from kg.view import Page, render
from kg.view.palette import LOOKS, line_look

pytestmark = pytest.mark.browser


def heading(page):
    return page.text_content("#panel-heading")


def shown(page):
    return page.text_content("#shown")


def status(nodes, edges, demo):
    return f"{nodes} of {len(demo.nodes)} nodes, {edges} of {len(demo.edges)} relations"


def drawn(page):
    """How many nodes and edges vis-network itself holds."""
    return page.evaluate(
        "() => { const { data } = window.breachkg.network.body; return [data.nodes.length, data.edges.length]; }"
    )


def labels(demo):
    return {node.id: node.label for node in demo.nodes}


def drawing_point(page, code, argument):
    """Where on the screen a point of the drawing is."""
    return page.evaluate(
        f"""(argument) => {{
            const {{ network }} = window.breachkg;
            const box = document.getElementById('canvas').getBoundingClientRect();
            const {{ x, y }} = network.canvasToDOM(({code})(network, argument));
            return [box.x + x, box.y + y];
        }}""",
        argument,
    )


def records(page):
    return page.evaluate("({ nodes: window.breachkg.nodes, edges: window.breachkg.edges })")


def find_path(page, start, end):
    """Choose both ends by name and show the path."""
    for box, name in (("#path-from", start), ("#path-to", end)):
        page.fill(box, name)
        page.press(box, "Enter")
    page.click("#path-form .primary")


def node_at(page, label):
    at = [node["label"] for node in records(page)["nodes"]].index(label)
    return drawing_point(page, "(network, at) => network.getPosition(at)", at)


def edge_at(page, at):
    return drawing_point(page, "(network, at) => network.body.edges[at].edgeType.getPoint(0.45)", at)


def choose(page, label):
    page.keyboard.press("Escape")
    page.focus("#search")
    page.keyboard.type(label)
    page.keyboard.press("Enter")


# ---- 4: click


def test_a_click_on_a_node_shows_what_is_known_and_who_says_so(visit, demo):
    watched = visit("demo")
    page = watched.page
    page.mouse.click(*node_at(page, "Meta"))
    assert heading(page) == "Meta"
    panel = page.inner_text("#panel")
    assert "Also known as Facebook, Meta Platforms, Inc." in panel
    assert "Technology, social media" in panel
    own = [edge for edge in demo.edges if labels(demo)[edge.source] == "Meta" or labels(demo)[edge.target] == "Meta"]
    assert page.locator("#panel .relation").count() == len(own)
    for edge in own:
        for quote in edge.quotes:
            assert quote.text in panel
            assert f"{quote.source}, {quote.date}" in panel
            assert f"{quote.document}, {quote.place}" in panel
            assert f"{quote.certainty}, {quote.basis}" in panel
    links = page.locator("#panel a").evaluate_all("(all) => all.map((a) => [a.href, a.rel, a.target])")
    assert ["https://about.meta.com/", "noopener noreferrer nofollow", "_blank"] in links
    assert all(rel == "noopener noreferrer nofollow" and target == "_blank" for _, rel, target in links)
    assert watched.quiet()


def test_a_click_on_an_edge_shows_its_evidence(visit):
    watched = visit("demo", "#view=graph")
    page = watched.page
    edges = records(page)["edges"]
    at = next(at for at, edge in enumerate(edges) if edge["label"] == "attributed to")
    page.mouse.click(*edge_at(page, at))
    assert heading(page).startswith("Breach at Mercor, April 2026 attributed to")
    panel = page.inner_text("#panel")
    assert "Mercor said the way in was a library it had not written." in panel
    assert "claimed" in panel
    page.click("#panel .quote summary")
    provenance = page.inner_text("#panel .quote details")
    assert "post 1" in provenance
    assert "0.9" in provenance
    assert "characters 720 to 776" in provenance
    assert "/claim/" in provenance


def test_from_a_node_one_click_leads_to_the_other_end_of_a_relation(visit):
    page = visit("demo").page
    page.mouse.click(*node_at(page, "Meta"))
    page.get_by_role("button", name="Go to Breach at Mercor, April 2026").click()
    assert heading(page) == "Breach at Mercor, April 2026"
    assert page.evaluate("document.activeElement.id") == "panel-heading"


def test_a_click_on_nothing_closes_the_choice(visit):
    page = visit("demo").page
    assert heading(page) == "Mercor"
    box = page.locator("#canvas").bounding_box()
    page.mouse.click(box["x"] + 4, box["y"] + 4)
    assert heading(page) == "On this page"
    assert "Written in our own words" in page.inner_text("#panel")


def test_a_chosen_node_leaves_apart_what_carries_exposure_and_what_does_not(visit):
    page = visit("demo").page
    page.mouse.click(*node_at(page, "Mercor"))
    widths = page.evaluate("""() => {
        const { nodes, edges, network } = window.breachkg;
        const at = nodes.findIndex((node) => node.label === "Mercor");
        return edges.flatMap((edge, own) => (![edge.source, edge.target].includes(at) ? [] :
            [[edge.exposure !== "", network.body.data.edges.get(own).width]]));
    }""")
    exposed, others = ({width for carries, width in widths if carries is told} for told in (True, False))
    assert max(others) < 0.7 * min(exposed)


def test_what_is_denied_or_in_doubt_is_drawn_less_firmly_and_the_legend_says_so(visit, pages, tmp_path):
    told = [(exposure, certainty) for exposure in ("confirmed", "potential", "")
            for certainty in ("", "confirmed", "claimed", "suspected", "denied")]  # fmt: skip
    nodes = [pages.node(name, name, "vendor") for name in ("hub", *map(str, range(len(told))))]
    edges = [
        dataclasses.replace(pages.edge(str(at), "usesVendor", "hub", "uses", exposure=exposure), certainty=certainty)
        for at, (exposure, certainty) in enumerate(told)
    ]
    page = tmp_path / "page.html"
    page.write_text(render(Page("Lines", tuple(nodes), tuple(edges), "", ())), encoding="utf-8", newline="")
    opened = visit(page).page
    lines = opened.evaluate("""() => window.breachkg.edges.map((edge, at) => {
        const { dashes, width } = window.breachkg.network.body.data.edges.get(at);
        return [[edge.exposure, edge.certainty], [String(dashes), width]];
    })""")
    looks = {}
    for (exposure, certainty), drawn_so in lines:
        looks.setdefault(line_look(exposure, certainty), set()).add(tuple(drawn_so))
    (firm,), (potential,), (none,), (doubted,), (denied,) = (looks[look] for look in LOOKS)
    assert len({firm, potential, none, doubted, denied}) == len(LOOKS)
    assert firm[0] == none[0] == "false"
    assert potential[0] == doubted[0]
    assert denied[1] == doubted[1] == none[1] < potential[1] == firm[1]
    assert opened.locator("#legend p.row").all_inner_texts() == ["none", "none, not confirmed", "denied"]
    opened.goto(f"{opened.url.partition('#')[0]}#{urlencode({'node': nodes[0].id})}")
    symbols = opened.locator("#panel .relation line").evaluate_all(
        "(all) => all.map((one) => one.getAttribute('class'))"
    )
    assert set(symbols) == set(LOOKS)


def test_hovering_names_an_edge_and_leaves_no_tooltip(visit):
    watched = visit("demo", "#view=graph")
    page = watched.page
    page.click("#fit")
    at = 3
    page.mouse.move(*edge_at(page, at))
    until(page, "(at) => window.breachkg.network.body.data.edges.get(at).label.trim() !== ''", at)
    page.mouse.move(*node_at(page, "Wired"))
    until(page, "(at) => window.breachkg.network.body.data.edges.get(at).label.trim() === ''", at)
    assert page.locator(".vis-tooltip").count() == 0
    assert watched.quiet()


# ---- 5: search


def test_slash_type_enter_selects_zooms_and_moves_focus(visit):
    page = visit("demo").page
    before = page.evaluate("window.breachkg.network.getScale()")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("salesl")
    assert page.get_attribute("#search", "aria-expanded") == "true"
    assert page.locator("#search-matches [role=option]").all_inner_texts() == ["Salesloft"]
    page.keyboard.press("Enter")
    assert heading(page) == "Salesloft"
    assert page.evaluate("document.activeElement.id") == "panel-heading"
    assert page.evaluate("window.breachkg.network.getScale()") > before
    box = page.locator("#canvas").bounding_box()
    x, y = node_at(page, "Salesloft")
    assert x == pytest.approx(box["x"] + box["width"] / 2, abs=3)
    assert y == pytest.approx(box["y"] + box["height"] / 2, abs=3)
    assert page.is_hidden("#search-matches")
    assert page.text_content("#status").startswith("Salesloft, vendor,")


def test_two_signs_that_are_words_are_looked_for_in_quotes(visit, pages, tmp_path):
    nodes = tuple(pages.node(name, name, "vendor") for name in ("Alder", "Birch"))
    said = pages.quote("Alder は 決済 を Birch に委ね", "List")
    link = pages.edge("Alder", "usesVendor", "Birch", "uses", said)
    file = tmp_path / "page.html"
    file.write_text(render(Page("Signs", nodes, (link,), "", ())), encoding="utf-8", newline="")
    page = visit(file).page
    found = page.locator("#search-matches [role=option]")
    for typed, count in (("決済", 1), ("委ね", 1), ("済決", 0), ("lde", 2), ("ld", 1)):
        page.fill("#search", typed)
        assert found.count() == count, typed


def test_an_alias_finds_its_node(visit):
    page = visit("demo").page
    for typed, label in (("facebook", "Meta"), ("PANW", "Palo Alto Networks"), ("berri", "LiteLLM"), ("méta", "Meta")):
        choose(page, typed)
        assert heading(page) == label


def test_the_arrow_keys_walk_the_matches_and_escape_leaves(visit):
    page = visit("demo").page
    page.keyboard.press("/")
    page.keyboard.type("training")
    found = page.locator("#search-matches [role=option]").all_inner_texts()
    assert len(found) == 2
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#search", "aria-activedescendant") == "search-match-1"
    page.keyboard.press("Enter")
    assert heading(page) == found[1]
    page.keyboard.press("/")
    page.keyboard.type("zzz")
    assert page.is_hidden("#search-matches")
    assert page.text_content("#status") == "0 matches"
    page.keyboard.press("Escape")
    assert page.input_value("#search") == ""


def test_a_match_that_the_filter_hides_comes_back(visit, demo):
    page = visit("demo").page
    box = page.locator("#legend label", has_text="vendor").first.locator("input")
    page.locator('[data-node-kind="1"]').uncheck()
    assert not box.is_checked()
    choose(page, "litellm")
    assert heading(page) == "LiteLLM"
    assert shown(page) == status(len(demo.nodes), len(demo.edges), demo)


# ---- 6: filter


def test_unticking_a_node_kind_takes_its_nodes_and_their_edges(visit, demo):
    page = visit("demo").page
    for kind in ("incident", "vendor", "data-type", "group"):
        untick(page, kind, demo)


def untick(page, kind, demo):
    kept = {node.id for node in demo.nodes if node.kind != kind}
    edges = [edge for edge in demo.edges if {edge.source, edge.target} <= kept]
    words = kind.replace("-", " ")
    row = page.locator("#legend label", has=page.get_by_text(words, exact=True))
    row.locator("input").uncheck()
    assert shown(page) == status(len(kept), len(edges), demo)
    assert drawn(page) == [len(kept), len(edges)]
    assert row.locator(".count").inner_text() == f"0 of {len(demo.nodes) - len(kept)}"
    assert page.locator("#list [role=option]").count() == len(kept)
    uses = sum(edge.kind == "usesVendor" for edge in edges)
    total = sum(edge.kind == "usesVendor" for edge in demo.edges)
    counted = (
        page.locator("#legend label", has=page.get_by_text("uses vendor", exact=True)).locator(".count").inner_text()
    )
    assert counted == (str(total) if uses == total else f"{uses} of {total}")
    page.click("#tab-table")
    assert page.locator("tr[data-edge]:visible").count() == len(edges)
    page.click("#tab-graph")
    row.locator("input").check()
    assert shown(page) == status(len(demo.nodes), len(demo.edges), demo)


def test_unticking_an_edge_kind_and_the_exposure_switch(visit, demo):
    page = visit("demo").page
    page.locator("#legend label", has=page.get_by_text("uses vendor", exact=True)).locator("input").uncheck()
    rest = [edge for edge in demo.edges if edge.kind != "usesVendor"]
    assert shown(page) == status(len(demo.nodes), len(rest), demo)
    page.locator('[data-exposure="potential"]').uncheck()
    rest = [edge for edge in rest if edge.exposure != "potential"]
    assert shown(page) == status(len(demo.nodes), len(rest), demo)
    assert drawn(page) == [len(demo.nodes), len(rest)]
    page.locator('[data-exposure="confirmed"]').uncheck()
    rest = [edge for edge in rest if edge.exposure != "confirmed"]
    assert shown(page) == status(len(demo.nodes), len(rest), demo)
    page.click("#reset")
    assert shown(page) == status(len(demo.nodes), len(demo.edges), demo)
    assert page.locator("#legend input:not(:checked)").count() == 0


def test_only_neighbours(visit, demo):
    page = visit("demo").page
    choose(page, "Salesloft")
    page.click("#only")
    centre = next(node.id for node in demo.nodes if node.label == "Salesloft")
    near = {centre} | {
        end for edge in demo.edges if centre in (edge.source, edge.target) for end in (edge.source, edge.target)
    }
    edges = [edge for edge in demo.edges if {edge.source, edge.target} <= near]
    assert shown(page) == status(len(near), len(edges), demo)
    assert page.get_attribute("#only", "aria-pressed") == "true"
    page.click("#only")
    assert shown(page) == status(len(demo.nodes), len(demo.edges), demo)


def test_a_choice_that_is_filtered_away_is_given_up(visit):
    page = visit("demo").page
    assert heading(page) == "Mercor"
    page.locator('[data-node-kind="1"]').uncheck()
    assert heading(page) == "On this page"
    assert "node=" not in page.url


# ---- 7: the link


def snapshot(page):
    return {
        "shown": shown(page),
        "drawn": drawn(page),
        "panel": page.inner_text("#panel"),
        "checks": page.locator("#legend input").evaluate_all("(all) => all.map((one) => one.checked)"),
        "tab": page.get_attribute("#tab-table", "aria-selected"),
        "only": page.get_attribute("#only", "aria-pressed"),
        "path": [page.input_value("#path-from"), page.input_value("#path-to")],
        # How thick the strong ones are depends on how near one looks, which is no part of a link.
        "strong": page.evaluate(
            "window.breachkg.network.body.data.edges.get({ order: 'id' }).map((edge) => [edge.id, edge.width > 2])"
        ),
    }


def test_opening_the_link_again_gives_the_same_view(visit):
    first = visit("demo").page
    first.locator("#legend label", has=first.get_by_text("data type", exact=True)).locator("input").uncheck()
    first.locator("#legend label", has=first.get_by_text("offers", exact=True)).locator("input").uncheck()
    first.locator('[data-exposure="potential"]').uncheck()
    choose(first, "Cloudflare")
    second = visit("demo", first.evaluate("location.hash")).page
    assert snapshot(second) == snapshot(first)
    assert heading(second) == "Cloudflare"
    first.click("#only")
    first.click("#tab-table")
    third = visit("demo", first.evaluate("location.hash")).page
    assert snapshot(third) == snapshot(first)
    first.click("#reset")
    first.click("#tab-graph")
    find_path(first, "Meta", "LiteLLM")
    fourth = visit("demo", first.evaluate("location.hash")).page
    assert snapshot(fourth) == snapshot(first)
    first.locator("#panel .relation").nth(1).click()
    fifth = visit("demo", first.evaluate("location.hash")).page
    assert snapshot(fifth) == snapshot(first)
    first.keyboard.press("Escape")
    first.click("#path-clear")
    sixth = visit("demo", first.evaluate("location.hash")).page
    assert snapshot(sixth) == snapshot(first)
    assert heading(sixth) == "On this page"


def test_a_link_pasted_into_the_open_page_is_followed(visit):
    page = visit("demo").page
    target = visit("demo").page
    choose(target, "UNC6395")
    page.evaluate("(hash) => { location.hash = hash; }", target.evaluate("location.hash"))
    until(page, "document.getElementById('panel-heading').textContent === 'UNC6395'")
    assert snapshot(page)["strong"] == snapshot(target)["strong"]


# ---- 8: paths and parallel edges


def test_a_path_lists_every_hop_with_every_quote(visit, demo):
    page = visit("demo").page
    find_path(page, "LiteLLM", "The Tech Buzz")
    assert heading(page) == "From LiteLLM to The Tech Buzz"
    chain = ["LiteLLM", "Mercor", "Breach at Mercor, April 2026", "The Tech Buzz"]
    assert page.locator("#panel .hop").all_inner_texts() == [f"{a} – {b}" for a, b in pairwise(chain)]
    assert page.evaluate("document.activeElement.id") == "panel-heading"
    panel = page.inner_text("#panel")
    name = labels(demo)
    for a, b in pairwise(chain):
        for edge in demo.edges:
            if {name[edge.source], name[edge.target]} == {a, b}:
                assert f"{name[edge.source]} {edge.label} {name[edge.target]}" in panel
                assert all(quote.text in panel for quote in edge.quotes)
    strong = dict(snapshot(page)["strong"])
    assert sum(strong.values()) == 3
    # vis-network's own hover colours must not paint over the path.
    page.mouse.move(*node_at(page, "Mercor"))
    assert dict(snapshot(page)["strong"]) == strong


def test_a_path_by_the_buttons_of_the_panel_and_one_that_is_not_there(visit):
    page = visit("demo").page
    choose(page, "Meta")
    page.click("text=Path from here")
    choose(page, "Mercor")
    page.click("text=Path to here")
    assert heading(page) == "From Meta to Mercor"
    hop = page.locator("#panel .hops > li")
    assert hop.count() == 1
    assert hop.locator(".relation").count() == 2
    assert "Meta bought labeled data from Mercor." in hop.inner_text()
    hop.locator(".relation").nth(1).click()
    assert "Meta bought labeled data from Mercor." in page.inner_text("#panel")
    page.click("text=Back to the path")
    assert heading(page) == "From Meta to Mercor"
    find_path(page, "Meta", "Cloudflare")
    assert "No path through what is shown" in page.inner_text("#panel")


def test_where_no_path_can_be_looked_for_the_page_says_why(visit):
    page = visit("demo").page
    words = page.locator("#path-words")
    page.click("#path-form .primary")
    assert words.inner_text() == "Say where the path begins and where it ends."
    find_path(page, "Meta", "Nobody Ltd")
    assert words.inner_text() == "Nothing on this page is called “Nobody Ltd”."
    assert words.is_visible()
    assert page.input_value("#path-to") == "Nobody Ltd"
    find_path(page, "Meta", "Meta")
    assert words.inner_text() == "Both ends are Meta: choose two different ones."
    find_path(page, "Meta", "LiteLLM")
    assert words.inner_text() == ""
    assert heading(page) == "From Meta to LiteLLM"


def test_the_drawing_is_around_whose_neighbours_are_shown_and_where_a_path_begins(visit):
    page = visit("demo", "#view=graph&mode=near").page
    around = page.locator("#drawn")
    other = "LiteLLM"
    assert not around.inner_text().endswith(f"around {other}")
    choose(page, other)
    page.click("#only")
    assert around.inner_text().endswith(f"around {other}")
    page.click("#reset")
    page.click('[data-mode="near"]')
    find_path(page, "LiteLLM", "Meta")
    assert around.inner_text().endswith(f"around {other}")
    page.click("#reset")
    find_path(page, "LiteLLM", "Meta")
    page.click('[data-mode="near"]')
    assert around.inner_text().endswith(f"around {other}")


def test_a_path_goes_only_through_what_is_shown(visit):
    page = visit("demo").page
    find_path(page, "Meta", "Wired")
    assert page.locator("#panel .hop").count() == 2
    page.locator("#legend label", has=page.get_by_text("affects downstream", exact=True)).locator("input").uncheck()
    assert page.locator("#panel .hop").count() == 3


def test_both_of_two_parallel_edges_can_be_clicked(visit):
    page = visit("demo", "#view=graph").page
    content = records(page)
    name = [node["label"] for node in content["nodes"]]
    both = [
        at
        for at, edge in enumerate(content["edges"])
        if (name[edge["source"]], name[edge["target"]]) == ("Meta", "Mercor")
    ]
    assert len(both) == 2
    seen = []
    for at in both:
        page.mouse.click(*edge_at(page, at))
        assert heading(page) == "Meta uses vendor Mercor"
        assert page.locator("#panel .relation").count() == 1
        seen.append(page.locator("#panel blockquote").first.inner_text())
        page.keyboard.press("Escape")
    assert sorted(text.strip("“”") for text in seen) == [
        "Meta bought labeled data from Mercor.",
        "Meta put its work with Mercor on hold once the break-in became known.",
    ]


# ---- 9: saving


def saved(page, button):
    with page.expect_download() as found:
        page.click(button)
    return found.value.suggested_filename, found.value.path().read_bytes()


def test_saved_files_hold_what_is_shown_with_source_and_quote(visit, demo):
    page = visit("demo").page
    page.locator("#legend label", has=page.get_by_text("data type", exact=True)).locator("input").uncheck()
    page.locator('[data-exposure="potential"]').uncheck()
    kinds = {node.id: node.kind for node in demo.nodes}
    name = labels(demo)
    edges = [
        e for e in demo.edges if "data-type" not in (kinds[e.source], kinds[e.target]) and e.exposure != "potential"
    ]
    expected = sorted(
        (name[e.source], e.label, name[e.target], q.text, q.source, q.url, q.claim) for e in edges for q in e.quotes
    )

    file, content = saved(page, "#save-csv")
    assert file == "who-is-exposed-through-mercor.csv"
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    keys = ("source", "relation", "target", "quote_text", "quote_source", "quote_url", "quote_claim")
    assert sorted(tuple(row[key] for key in keys) for row in rows) == expected

    file, content = saved(page, "#save-json")
    assert file.endswith(".json")
    read = json.loads(content)
    assert sorted(edge["id"] for edge in read["edges"]) == sorted(edge.id for edge in edges)
    assert sorted(node["id"] for node in read["nodes"]) == sorted(
        id_ for id_, kind in kinds.items() if kind != "data-type"
    )
    said = sorted(
        (name[e["source"]], e["label"], name[e["target"]], q["text"], q["source"], q["url"], q["claim"])
        for e in read["edges"]
        for q in e["quotes"]
    )
    assert said == expected

    file, content = saved(page, "#save-png")
    assert file.endswith(".png")
    assert content.startswith(b"\x89PNG")
    assert len(content) > 10_000


@pytest.mark.parametrize("scripts", [True, False])
def test_what_a_page_is_of_is_said_above_it_and_in_what_is_saved(visit, demo, tmp_path, scripts):
    place, note = tmp_path / "then.html", "What was known on 2026-11-24. Supply relationships in force on 2025-01-31."
    place.write_text(render(dataclasses.replace(demo, note=note)), encoding="utf-8", newline="")
    page = visit(place, java_script_enabled=scripts).page
    assert page.locator("header").get_by_text(note).is_visible()
    if scripts:
        assert heading(page) == "Mercor"
        file, content = saved(page, "#save-json")
        assert file == "who-is-exposed-through-mercor-2026-11-24-2025-01-31.json"
        assert json.loads(content)["note"] == note


def test_saved_from_the_table_is_what_its_words_let_through(visit, demo):
    page = visit("demo").page
    page.click("#tab-table")
    page.fill("#words", "litellm")
    rows = page.locator("#rows tr").count()
    assert 0 < rows < len(demo.edges)
    content = json.loads(saved(page, "#save-json")[1])
    assert len(content["edges"]) == rows
    assert {node["id"] for node in content["nodes"]} == {
        edge[end] for edge in content["edges"] for end in ("source", "target")
    }
    told = csv.DictReader(io.StringIO(saved(page, "#save-csv")[1].decode("utf-8-sig"), newline=""))
    keys = ("source", "target")
    assert {tuple(row[f"{key}_id"] for key in keys) for row in told} == {
        tuple(edge[key] for key in keys) for edge in content["edges"]
    }
    page.click("#tab-graph")
    assert len(json.loads(saved(page, "#save-json")[1])["edges"]) == len(demo.edges)


# ---- 14: without JavaScript


def test_without_javascript_the_evidence_is_there(visit, demo):
    watched = visit("demo", java_script_enabled=False)
    page = watched.page
    assert page.locator("tr.relation-row:visible").count() == len(demo.edges)
    assert page.is_hidden("#starting")
    for edge in demo.edges:
        for quote in edge.quotes:
            assert page.get_by_text(quote.text, exact=True).first.is_visible()
    assert page.get_by_text("posts/drift.txt", exact=True).is_visible()
    assert page.locator("button:visible, input:visible, select:visible, #canvas:visible, #panel:visible").count() == 0
    assert page.locator("a:visible").count() > 0
    assert watched.quiet()


# ---- the table and the drawing are one view


def test_a_row_of_the_table_opens_its_evidence(visit):
    page = visit("demo").page
    page.click("#tab-table")
    page.locator("[data-show-edge]").first.click()
    assert heading(page) == "Cloudflare uses vendor Salesloft"
    assert page.is_visible("#table")
    page.press("#tab-table", "ArrowLeft")
    assert page.is_visible("#canvas canvas")
    assert page.evaluate("document.activeElement.id") == "tab-graph"


def test_a_relation_with_breaks_is_there_in_the_months_in_which_it_holds(visit, pages, tmp_path):
    spans = ("", "2019-12-31"), ("2021-01-01", "2022-02-28"), ("2023-05-01", "")
    link = dataclasses.replace(pages.edge("a", "usesVendor", "b", "uses vendor"), spans=spans)
    nodes = tuple(pages.node(name, name, "vendor") for name in "ab")
    file = tmp_path / "breaks.html"
    file.write_text(render(Page("Breaks", nodes, (link,), "", ())), encoding="utf-8", newline="")
    there = ["2019-12", "2021-01", "2022-02", "2023-05"]
    for month in sorted([*there, "2020-01", "2020-12", "2022-03", "2023-04"]):
        page = visit(file, f"#since={month}&until={month}&undated=no").page
        assert page.text_content("#since-month") == page.text_content("#until-month") == month
        assert shown(page).endswith(f"{int(month in there)} of 1 relation")
    assert page.evaluate("window.breachkg.edges[0].spans.map(Object.values)") == [list(span) for span in spans]
