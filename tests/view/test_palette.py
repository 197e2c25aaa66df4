from __future__ import annotations

import pytest

from kg.view.palette import LOOKS, OUTLINES, edge_order, edge_styles, in_words, line_look, node_order, node_styles

KNOWN = ("organization", "vendor", "group", "incident", "data-type", "source", "threat-actor", "service")


def test_every_kind_has_a_look_of_its_own_in_colour_and_in_shape():
    styles = [node_styles(KNOWN)[kind] for kind in KNOWN]
    assert len(set(styles)) == len(KNOWN)
    assert len({(style.shape, style.hollow) for style in styles}) == len(KNOWN)
    assert len({(style.color, style.hollow) for style in styles}) == len(KNOWN)


def test_unknown_kinds_get_a_free_look_whatever_their_order():
    kinds = [*KNOWN, "__proto__", "impact", "action", "constructor"]
    styles = node_styles(kinds)
    assert styles == node_styles(reversed(kinds))
    assert len({styles[kind] for kind in kinds}) == len(kinds)


def test_a_spare_edge_kind_differs_from_the_next_in_both_signs():
    styles = edge_styles("abcdefgh")
    for one, other in zip("abcdefg", "bcdefgh", strict=True):
        assert styles[one].color != styles[other].color
        assert styles[one].head != styles[other].head


def test_more_kinds_than_looks_is_no_error():
    assert len(node_styles(str(at) for at in range(200))) == 200 + len(KNOWN)
    assert len(edge_styles(str(at) for at in range(200))) == 200 + 8


def test_every_shape_has_a_symbol():
    shapes = {style.shape for style in node_styles(str(at) for at in range(30)).values()}
    assert shapes - {"dot"} <= OUTLINES.keys()


def _luminance(color):
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("ground", ["#fbfcfd", "#121820"])
def test_lines_can_be_told_from_the_ground_in_light_and_dark(ground):
    for style in edge_styles(str(at) for at in range(16)).values():
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
