from __future__ import annotations

import pytest

from kg.view.contents import LABELS
from kg.view.palette import (
    LOOKS,
    OUTLINES,
    SKY,
    EdgeStyle,
    NodeStyle,
    edge_order,
    edge_style,
    in_words,
    line_look,
    node_order,
    node_style,
)

KNOWN = ("organization", "vendor", "group", "incident", "data-type", "source", "threat-actor", "service")


STRANGE = ("__proto__", "impact", "action", "constructor", "", "Ünïcode", "\udcff", *map(str, range(200)))


def test_every_kind_has_a_look_of_its_own_in_colour_and_in_shape():
    styles = [node_style(kind) for kind in KNOWN]
    assert len(set(styles)) == len(KNOWN)
    assert len({(style.shape, style.hollow) for style in styles}) == len(KNOWN)
    assert len({(style.color, style.hollow) for style in styles}) == len(KNOWN)


def test_every_relation_that_a_graph_has_words_for_has_a_look_of_its_own():
    styles = {edge_style(kind) for kind in LABELS}
    assert len(styles) == len(LABELS)
    assert not styles & {edge_style(kind) for kind in STRANGE}


def test_an_unknown_kind_has_a_look_that_no_known_one_has_and_that_does_not_change():
    assert not {node_style(kind) for kind in KNOWN} & {node_style(kind) for kind in STRANGE}
    assert node_style("impact") == NodeStyle(SKY, "diamond")
    assert edge_style("impact") == EdgeStyle("#b3548b", "diamond")
    assert len({edge_style(kind) for kind in STRANGE}) > 8
    assert len({node_style(kind) for kind in STRANGE}) > 8


def test_every_shape_has_a_symbol():
    assert {node_style(kind).shape for kind in (*KNOWN, *STRANGE)} - {"dot"} <= OUTLINES.keys()


def _luminance(color):
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("ground", ["#fbfcfd", "#121820"])
def test_lines_can_be_told_from_the_ground_in_light_and_dark(ground):
    for style in map(edge_style, (*LABELS, *STRANGE)):
        high, low = sorted((_luminance(style.color), _luminance(ground)), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= 3, style.color


@pytest.mark.parametrize(
    ("exposure", "certainty", "look"),
    [
        ("confirmed", "confirmed", "confirmed"),
        ("potential", "confirmed", "potential"),
        ("potential", "suspected", "potential"),
        ("", "confirmed", "none"),
        ("", "", "none"),
        ("", "suspected", "doubted"),
        ("", "claimed", "doubted"),
        ("", "denied", "denied"),
        ("potential", "denied", "denied"),
    ],
)
def test_a_line_looks_no_firmer_than_what_is_told(exposure, certainty, look):
    assert line_look(exposure, certainty) == look
    assert look in LOOKS


def test_known_kinds_come_first():
    assert sorted(["zebra", "source", "Apple", "organization"], key=node_order) == [
        "organization",
        "source",
        "Apple",
        "zebra",
    ]
    assert sorted(["source", "breached", "usesVendor"], key=edge_order) == ["usesVendor", "breached", "source"]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("usesVendor", "uses vendor"),
        ("data-type", "data type"),
        ("customer_unaffected", "customer unaffected"),
        ("", "(no kind)"),
    ],
)
def test_kinds_in_words(kind, words):
    assert in_words(kind) == words
