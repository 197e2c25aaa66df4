"""What an overlay says is on the drawing: halos, rings and badges are looked for among the pixels."""

from __future__ import annotations

import dataclasses
from urllib.parse import urlencode

import pytest
from documents import breach, graph_of
from tabs import until

from kg.exposure import blast_radius
from kg.exposure.structure import exposure, unaffected
from kg.model import Certainty, Party, Role, SupplyRelationship
from kg.view import render

pytestmark = pytest.mark.browser
# The ground of the drawing is its box's; the canvas itself is clear where nothing is drawn.
SHARE = """(points) => {
    const { network } = window.breachkg;
    const pen = document.querySelector('#canvas canvas').getContext('2d');
    const inked = points.filter(([x, y]) => {
        const spot = network.canvasToDOM({ x, y });
        const { data } = pen.getImageData(Math.round(spot.x) - 1, Math.round(spot.y) - 1, 3, 3);
        return data.some((value, at) => at % 4 === 3 && value > 20);
    });
    return inked.length / points.length;
}"""
AROUND = """([at, beyond]) => {
    const { network } = window.breachkg;
    const { x, y } = network.getPosition(at);
    const far = network.body.nodes[at].options.size + beyond;
    return Array.from({ length: 48 }, (_, turn) => [x + far * Math.cos(turn * Math.PI / 24), y + far * Math.sin(turn * Math.PI / 24)]);
}"""
COLOR = """([at, side]) => {
    const { network } = window.breachkg;
    const { x, y } = network.getPosition(at);
    const { size } = network.body.nodes[at].options;
    const spot = network.canvasToDOM({ x: x + side * (size + 6) + 5, y: y - size - 9 });
    const pen = document.querySelector('#canvas canvas').getContext('2d');
    return [...pen.getImageData(Math.round(spot.x), Math.round(spot.y), 1, 1).data].slice(0, 3);
}"""
# The lowest node in the blast radius that has its name beside it, and another one.
LOWEST = """() => {
    const { network, scope } = window.breachkg;
    const items = network.body.nodes;
    const blast = [...scope.overlay.blast.keys()].sort((a, b) => items[b].y - items[a].y);
    const named = blast.find((at) => items[at].options.label.trim());
    return [named, blast.find((at) => at !== named)];
}"""
# Where a node's name is as dark as ink.
INK = """(at) => {
    const { network } = window.breachkg;
    const { x, y } = network.getPosition(at);
    const spot = network.canvasToDOM({ x, y: y + network.body.nodes[at].options.size + 4 });
    const pen = document.querySelector('#canvas canvas').getContext('2d');
    const { data } = pen.getImageData(Math.round(spot.x) - 20, Math.round(spot.y), 40, 14);
    return [...Array(40 * 14).keys()].filter((one) => data[4 * one + 3] > 200 && data[4 * one] < 80);
}"""
# Puts another node's badge on the first line of a node's name.
UNDER = """([at, other]) => {
    const { network } = window.breachkg;
    const { x, y } = network.getPosition(at);
    const [size, far] = [at, other].map((one) => network.body.nodes[one].options.size);
    network.moveNode(other, x - far - 6, y + size + 16 + far);
    network.redraw();
}"""
OVERLAY = "[...window.breachkg.scope.overlay.{}].map(([at, told]) => [at, told])"


@pytest.fixture(scope="module")
def place(pages, tmp_path_factory):
    place = tmp_path_factory.mktemp("overlays") / "page.html"
    content = pages.generated_page(60)
    vendor = max((node for node in content.nodes if node.kind == "vendor"), key=lambda node: node.label)
    nodes = tuple(
        dataclasses.replace(node, sole_for=3, portfolio="payroll") if node is vendor else dataclasses.replace(node, sole_for=0, portfolio="")
        for node in content.nodes
    )  # fmt: skip
    place.write_text(render(dataclasses.replace(content, nodes=nodes)), encoding="utf-8", newline="")
    return place


@pytest.fixture
def page(visit, place):
    page = visit(place).page
    page.click("[data-mode=near]")
    page.click("#fit")
    return page


def share(page, points):
    return page.evaluate(SHARE, points)


def test_a_halo_stands_around_those_who_depend_and_around_no_other(page):
    before = {at: share(page, page.evaluate(AROUND, [at, 9])) for at in page.evaluate("window.breachkg.scope.nodes")}
    page.select_option("#overlay", "blast")
    page.click("#fit")
    blast = dict(page.evaluate(OVERLAY.format("blast")))
    assert 2 < len(blast) < len(before)
    for at in before:
        inked = share(page, page.evaluate(AROUND, [at, 9]))
        assert inked == 1 if at in blast else inked < 1, at
    assert sum(before.values()) / len(before) < 0.8
    confirmed = sum(told["confirmed"] for told in blast.values())
    assert f"{confirmed} confirmed, {len(blast) - confirmed} potential" in page.text_content("#overlay-words")


def blasts(page, place, projection):
    """What the page says of each node that somebody uses: who depends on it, after how many steps, how surely; in words."""
    for iri in sorted(iri for iri in projection.nodes if projection.into("usesVendor", iri)):
        page.goto(f"{place.as_uri()}#{urlencode({'show': 'blast', 'node': iri})}")
        told = f" on {projection.nodes[iri].label}"
        until(page, "(told) => document.getElementById('overlay-words').textContent.includes(told)", told)
        names = "(blast) => blast.map(([at, told]) => [window.breachkg.nodes[at].id, [told.steps, told.confirmed]])"
        blast = page.evaluate(names, page.evaluate(OVERLAY.format("blast")))
        yield iri, {end: tuple(reached) for end, reached in blast}, page.text_content("#overlay-words")


@pytest.fixture(params=["examples", "spared"])
def told(request):
    """A graph; in the second, whom an incident spared, at one remove too, what is denied, and who uses an unnamed group."""
    if request.param == "examples":
        return request.getfixturevalue("demo_graph")
    first = breach(
        ("Birch", Role.BREACHED), ("Alder", Role.AFFECTED_DOWNSTREAM), ("Gorse", Role.AFFECTED_DOWNSTREAM),
        ("Cedar", Role.CUSTOMER_UNAFFECTED), ("Elm", Role.CUSTOMER_UNAFFECTED), ("Fir", Role.CUSTOMER_UNAFFECTED),
        uses=["Alder", "Cedar", "Dogwood", "some banks"],
    )  # fmt: skip
    proof = first.uses_vendor[0].evidence
    further = (("Elm", "Dogwood"), ("Hazel", "Cedar"), ("Ivy", "some banks"))
    uses = (*first.uses_vendor, *(SupplyRelationship(*ends, evidence=proof) for ends in further))
    refuted = tuple(dataclasses.replace(one, certainty=Certainty.DENIED) for one in proof)
    uses = (*uses, *(SupplyRelationship("Juniper", vendor, evidence=refuted) for vendor in ("Birch", "Cedar")))
    parties = (*first.parties, *(Party(name, Role.OTHER, evidence=proof) for name in ("Hazel", "Ivy", "Juniper")))
    parties = tuple(dataclasses.replace(one, unnamed_group=one.name == "some banks") for one in parties)
    denied = breach(("Oak", Role.BREACHED), ("Pine", Role.AFFECTED_DOWNSTREAM), uses=["Pine"], vendor="Oak", number=2)
    doubt = tuple(dataclasses.replace(one, certainty=Certainty.DENIED) for one in denied.evidence)
    vendor, customer = denied.parties
    return graph_of(
        [dataclasses.replace(first, parties=parties, uses_vendor=uses)],
        [dataclasses.replace(denied, parties=(dataclasses.replace(vendor, evidence=doubt), customer))],
    )


def test_those_depend_whom_the_blast_radius_reaches_and_are_as_sure(visit, told, tmp_path):
    place, projection = tmp_path / "page.html", told.projection
    place.write_text(render(told.page()), encoding="utf-8", newline="")
    sure = set()
    for iri, blast, words in blasts(visit(place).page, place, projection):
        reached = [one for one in blast_radius(projection, iri, len(projection.nodes)) if one.word != "not affected"]
        assert blast == {one.node.iri: (one.tier, one.exposure == "confirmed") for one in reached}, iri
        spared = {node.iri for node, _ in unaffected(projection, iri)} - blast.keys()
        assert words.endswith(f" Said not to be affected: {len(spared)}.") if spared else "Said" not in words
        named = [one.exposure == "confirmed" for one in reached if one.node.kind != "group"]
        groups = len(reached) - len(named)
        exposed = any(one.events for one in reached)
        kinds = f": {sum(named)} confirmed, {len(named) - sum(named)} potential" if exposed else ": no incident"
        assert not reached or kinds in words
        assert (f" Unnamed groups: {groups}." in words) == bool(groups)
        sure |= {confirmed for _, confirmed in blast.values()}
    assert sure == {True, False}


def test_where_something_is_left_out_numbers_are_said_to_be_of_what_is_shown(visit, demo_graph, tmp_path):
    snowflake = demo_graph.find("Snowflake").iri
    told = {}
    for name, content in (("whole", demo_graph.page()), ("part", demo_graph.page("Mercor"))):
        place = tmp_path / f"{name}.html"
        place.write_text(render(content), encoding="utf-8", newline="")
        page = visit(place, f"#{urlencode({'show': 'blast', 'node': snowflake})}").page
        told[name] = page.text_content("#overlay-words")
        page.select_option("#overlay", "tiers")
        told[f"tiers of the {name}"] = page.text_content("#overlay-words")
        if name == "whole":
            page.select_option("#overlay", "blast")
            page.click("[data-exposure=confirmed]")
            told["filtered"] = page.text_content("#overlay-words")
    count = len([one for one in demo_graph.blast_radius("Snowflake") if one.node.kind != "group"])
    assert told["whole"].startswith(f"{count} organizations depend on Snowflake: ")
    assert told["part"].startswith("Of those shown here, ")
    assert told["filtered"].startswith("Of those shown here, ")
    assert ", of what is shown here: " in told["tiers of the part"]
    assert "shown here" not in told["tiers of the whole"]


def test_the_rings_of_tiers_are_drawn_and_their_nodes_stand_on_them(page):
    page.select_option("#overlay", "tiers")
    page.click("#fit")
    tiers = dict(page.evaluate(OVERLAY.format("tiers")))
    assert set(tiers.values()) >= {0, 1}
    radius = page.evaluate("window.breachkg.scope.radii.get(2)")
    ellipse = f"Array.from({{ length: 90 }}, (_, at) => [1.45 * {radius} * Math.cos(at / 14.3), {radius} * Math.sin(at / 14.3)])"
    assert share(page, page.evaluate(ellipse)) == 1
    page.select_option("#overlay", "kinds")
    assert share(page, page.evaluate(ellipse)) < 0.9


def test_no_ring_of_a_tier_is_reached_through_an_unnamed_group(visit, told, tmp_path):
    place, projection = tmp_path / "page.html", told.projection
    place.write_text(render(told.page()), encoding="utf-8", newline="")
    page = visit(place).page
    for iri in [iri for iri, node in projection.nodes.items() if node.kind == "vendor"]:
        page.goto(f"{place.as_uri()}#{urlencode({'show': 'tiers', 'centre': iri})}")
        told = f"Supply chain of {projection.nodes[iri].label}"
        until(page, "(told) => document.getElementById('overlay-words').textContent.includes(told)", told)
        tiers = page.evaluate(f"{OVERLAY.format('tiers')}.map(([at, tier]) => [window.breachkg.nodes[at].id, tier])")
        both = [*blast_radius(projection, iri, 99), *exposure(projection, iri, 99)]
        nearest = {one.node.iri: one.tier for one in sorted(both, key=lambda one: -one.tier)}
        assert dict(tiers) == {iri: 0, **nearest}


def test_a_name_is_read_over_the_badge_of_another_node(page):
    page.select_option("#overlay", "blast")
    page.click("#fit")
    named, other = page.evaluate(LOWEST)
    before = page.evaluate(INK, named)
    page.evaluate(UNDER, [named, other])
    assert len(before) > 20
    assert set(before) <= set(page.evaluate(INK, named))


def test_marks_are_drawn_beside_their_node_alone(page):
    (marked,) = page.evaluate(
        "window.breachkg.nodes.flatMap((node, at) => node.portfolio && node.sole_for ? [at] : [])"
    )
    page.click(f"#node-{marked}") if page.locator(f"#node-{marked}").count() else page.goto(f"{page.url}&node={marked}")
    assert page.evaluate(COLOR, [marked, 1]) != [0xF0, 0xE4, 0x42]
    page.select_option("#overlay", "marks")
    page.click("#fit")
    assert page.evaluate(COLOR, [marked, 1]) == [0xF0, 0xE4, 0x42]
    assert page.evaluate(COLOR, [marked, -1]) == [0x56, 0xB4, 0xE9]
    assert page.text_content("#overlay-words") == "1 single point of failure, 1 node of your portfolio."


def test_a_page_that_cannot_start_says_so_and_how_to_read_it(visit, files, tmp_path):
    broken = tmp_path / "broken.html"
    broken.write_text(
        files["demo"].read_text("utf-8").replace('"texts":[', '"texts":{', 1), encoding="utf-8", newline=""
    )
    page = visit(broken).page
    said = page.inner_text("#starting")
    assert "script could not run: turn JavaScript off to read the evidence as a table" in said
    assert page.locator("button:visible").count() == 0
