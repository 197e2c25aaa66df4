"""Lines of the drawing show relations of their two ends alone; measured with vis-network's own geometry."""

from __future__ import annotations

from itertools import combinations
from math import dist

import pytest

from kg.view import Page, render

pytestmark = pytest.mark.browser

OVER = """() => {
    const { edges, nodes } = window.breachkg.network.body;
    const over = [];
    for (const edge of Object.values(edges)) {
        for (const [at, node] of Object.entries(nodes)) {
            if (edge.from === edge.to || node === edge.from || node === edge.to) continue;
            const [from, to] = [edge.from, edge.to];
            if (edge.edgeType.getDistanceToEdge(from.x, from.y, to.x, to.y, node.x, node.y) < node.options.size) over.push([edge.id, at]);
        }
    }
    return [Object.keys(edges).length, over];
}"""
MIDDLES = """() => Object.values(window.breachkg.network.body.edges).map((edge) => {
    const { x, y } = edge.edgeType.getPoint(0.5);
    return [x, y];
})"""


@pytest.fixture
def opened(visit, tmp_path):
    def page_of(content, **options):
        (tmp_path / "page.html").write_text(render(content), encoding="utf-8")
        return visit(tmp_path / "page.html", **options).page

    return page_of


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("focus", ["Okta", "Mercor", "Snowflake"])
def test_no_line_of_a_small_page_runs_over_a_node_that_is_not_its_end(opened, demo_graph, focus, width):
    page = opened(demo_graph.page(focus=focus), viewport={"width": width, "height": 800})
    count, over = page.evaluate(OVER)
    assert count > 20
    assert over == []


def test_few_lines_of_a_full_page_do(opened, demo_graph):
    page = opened(demo_graph.page())
    count, over = page.evaluate(OVER)
    assert count > 100
    assert len(over) < count / 20


def test_nor_do_lines_between_sectors(opened, pages):
    page = opened(pages.generated_page(400))
    page.click("[data-mode=sectors]")
    count, over = page.evaluate(OVER)
    assert count > 10
    assert over == []


@pytest.mark.parametrize("count", [2, 3, 4])
def test_lines_with_the_same_ends_stay_apart_whichever_way_they_point(opened, pages, count):
    names = ["organization/a", "organization/b", "organization/c"]
    nodes = [pages.node(name, name[-1].upper(), "organization") for name in names]
    ends = [(names[0], names[1]), (names[1], names[0])]
    ends = [ends[at % 2] for at in range(count)] + [(names[0], names[2]), (names[1], names[2])]
    edges = [pages.edge(start, "usesVendor", end, "uses", number=at) for at, (start, end) in enumerate(ends)]
    page = opened(Page("Pairs", tuple(nodes), tuple(edges), nodes[2].id, ()))
    middles = page.evaluate(MIDDLES)
    assert len(middles) == count + 2
    assert min(dist(*two) for two in combinations(middles, 2)) > 8
    assert page.evaluate(OVER)[1] == []
