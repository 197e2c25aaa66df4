"""A site: what is on its pages, where its links lead, whom it believes, which folders it touches."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import fields, replace
from html.parser import HTMLParser
from math import dist
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from documents import breach, graph_of, table

from kg.cli import main
from kg.errors import KGError
from kg.exposure.projection import Projection
from kg.exposure.statements import Claim, Edge, Exposure, Node
from kg.model import Certainty, Role
from kg.view import Quote
from kg.view.contents import page_of
from kg.view.site.curves import RADIUS, Curve
from kg.view.site.dossiers import Library
from kg.view.site.folder import MARKER, write_folder
from kg.view.site.index import index_of
from kg.view.site.naming import in_graph, slug
from kg.view.site.particulars import Account, Particular
from kg.view.site.picture import MOST, Drawer
from kg.view.site.records import Exposures
from kg.view.site.writing import _Printer, site, theme
from kg.vocabulary import ID


class Read(HTMLParser):
    """Elements with their attributes, and the text that is shown."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.words, self._silent = [], [], 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self._silent += tag in {"script", "style"}

    def handle_endtag(self, tag):
        self._silent -= tag in {"script", "style"}

    def handle_data(self, data):
        if not self._silent and data.strip():
            self.words.append(" ".join(data.split()))

    def all(self, tag, attribute):
        return [found[attribute] for name, found in self.elements if name == tag and attribute in found]

    @property
    def text(self):
        return " ".join(self.words)


@pytest.fixture(scope="module")
def folder(demo_graph, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site") / "handed" / "over"
    assert demo_graph.site(folder, title="For the board") == folder / "index.html"
    return folder


@pytest.fixture(scope="module")
def pages(folder):
    found = sorted(folder.rglob("*.html"))
    return {
        path.relative_to(folder).as_posix(): Read(path.read_text("utf-8"))
        for path in found
        if path.name != "graph.html"
    }


def page(pages, start):
    (found,) = [read for name, read in pages.items() if name.startswith(start)]
    return found


def drawn(folder):
    """The IRIs of the nodes of the interactive page."""
    data = re.search(r'id="data">(.*?)</script>', (folder / "graph.html").read_text("utf-8"))[1]
    told, iri = json.loads(data)["nodes"]["id"], ""
    for shared, rest in zip(told["shared"], told["rest"], strict=True):
        iri = iri[:shared] + rest
        yield iri


def test_there_is_a_page_for_every_vendor_and_incident(demo_graph, pages):
    kinds = Counter(node.kind for node in demo_graph.projection.nodes.values())
    assert Counter(name.split("/")[0] for name in pages if "/" in name) == {
        "vendor": kinds["vendor"],
        "incident": kinds["incident"],
    }


def test_every_link_leads_to_a_file_and_a_place_that_are_there(folder, pages):
    shown = set(drawn(folder))
    for name, read in pages.items():
        for href in read.all("a", "href"):
            where = urlsplit(href)
            if where.scheme:
                assert where.scheme in {"http", "https"}
                continue
            target = (folder / name).parent / where.path if where.path else folder / name
            assert target.is_file(), (name, href)
            if target.name == "graph.html" and where.fragment:
                assert unquote(where.fragment).partition("node=")[2] in shown, (name, href)
            elif where.fragment:
                assert f'id="{where.fragment}"' in target.read_text("utf-8"), (name, href)


def test_the_index_counts_ranks_and_lists(demo_graph, pages):
    read = pages["index.html"]
    assert read.text.startswith("For the board")
    for node in demo_graph.projection.nodes.values():
        if node.kind in {"vendor", "incident"}:
            assert " ".join(node.label.split()) in read.text
    place = read.words.index("Snowflake")
    answer = demo_graph.blast_radius("Snowflake")
    confirmed = sum(one.exposure == "confirmed" for one in answer)
    assert read.words[place + 1 : place + 5] == [
        "1", str(confirmed), str(len(answer) - confirmed), str(len(answer.unnamed)),
    ]  # fmt: skip


def test_what_the_search_reads_has_every_node_and_other_name(demo_graph, folder, pages):
    text = (folder / "index.html").read_text("utf-8")
    data = json.loads(re.search(r'id="data">(.*?)</script>', text)[1])
    nodes = demo_graph.projection.nodes
    with_pages = {iri for iri, node in nodes.items() if node.kind in {"vendor", "incident"}}
    assert len(data["also"]) == len(with_pages)
    told = {name for names in data["also"] for name in names}
    assert told == {name for iri in with_pages for name in (*nodes[iri].aliases, *nodes[iri].identifiers)}
    found = {other[2] if ":" in other[2] else data["base"] + other[2] for other in data["others"]}
    touched = {node.id for node in demo_graph.page().nodes}
    assert found == touched - with_pages


def test_a_vendor_tells_who_is_exposed_by_tier_with_confirmed_and_potential_apart(demo_graph, pages):
    words = page(pages, "vendor/snowflake-").words
    assert "Cloud Data Platform sector Information" in " ".join(words)
    start, between = words.index("Confirmed"), words.index("Potential")
    confirmed, potential = words[start:between], words[between : words.index("Unnamed groups", between)]
    for one in demo_graph.blast_radius("Snowflake"):
        assert (one.node.label in confirmed, one.node.label in potential) == (
            one.exposure == "confirmed",
            one.exposure == "potential",
        )
    assert "confirmed" not in potential
    tiers = [
        potential.index(name) for name in ("Tier 1: direct customers", "Figma", "Tier 2: customers of those", "Meta")
    ]
    assert tiers == sorted(tiers)


def test_an_incident_tells_path_data_deeds_time_sources_and_quotes(pages):
    text = page(pages, "incident/meta-pauses-").text
    for part in (
        "Meta → Mercor", "AI training methods", "Paused all work with Mercor", "suspended", "2026-04 was reported",
        "Wired first reported", "Meta has paused all work with Mercor", "MER1775255558.txt, post 1, prose, characters",
        "confirmed, stated",
    ):  # fmt: skip
        assert part in text, part
    exposed = text[text.index("Who is exposed") : text.index("Data that was exposed")]
    assert "Potential" in exposed
    assert "Confirmed" not in exposed


def test_every_quote_behind_a_statement_is_on_the_page_of_its_vendor(demo_graph, pages):
    mercor = demo_graph.find("Mercor")
    read = page(pages, "vendor/mercor-")
    edges = [edge for edge in demo_graph.projection.edges if mercor.iri in (edge.source, edge.target)]
    quotes = [quote for edge in edges for quote in demo_graph.evidence.quotes(claim.iri for claim in edge.claims)]
    assert quotes
    for quote in quotes:
        assert quote.words in read.text


def test_drawings_are_small_and_link_to_pages(demo_graph, pages):
    read = page(pages, "vendor/snowflake-")
    assert 5 < [tag for tag, _ in read.elements].count("title") - 1 <= MOST
    assert any("../incident/logins" in href for href in read.all("a", "href"))
    hub = [Node("urn:hub", "vendor", "Hub"), *(Node(f"urn:{n:03}", "organization", f"N{n}") for n in range(300))]
    edges = [Edge(f"urn:{n:03}", "usesVendor", "urn:hub") for n in range(300)]
    many = Projection({node.iri: node for node in hub}, edges, {})
    picture = Drawer(page_of(many, demo_graph.evidence, demo_graph.snapshot())).around("urn:hub")
    assert len(picture.dots) <= MOST
    assert picture.more + len(picture.dots) - 1 == 300
    assert len({(dot.x, dot.y) for dot in picture.dots}) == len(picture.dots)


def test_no_line_of_a_drawing_passes_over_a_node_that_is_not_its_end(demo_graph):
    shown, bent = demo_graph.page(), 0
    drawer = Drawer(shown)
    for picture in filter(None, (drawer.around(node.id) for node in shown.nodes)):
        left, top, wide, high = picture.box
        for line in picture.lines:
            start, *control, stop = [tuple(map(float, one.split(","))) for one in re.split("[MQL ]", line.path)[1:]]
            bent += len(control)
            control = control or [((start[0] + stop[0]) / 2, (start[1] + stop[1]) / 2)]
            tip = tuple(map(float, line.head.split(" ")[0].split(",")))
            curve = Curve(start, *control, stop, (tip, tip, tip))
            far = sorted(min(curve.distance((dot.x, dot.y)), dist(tip, (dot.x, dot.y))) for dot in picture.dots)
            assert far[1] < RADIUS + 4 < far[2]
            assert all(left <= x <= left + wide and top <= y <= top + high for x, y in curve.points())
    assert bent


def test_what_is_denied_or_in_doubt_is_drawn_less_firmly_and_the_legend_says_so(demo_graph):
    edges = [
        ("i", "breached", "v", "suspected"),
        ("i", "exposedDataType", "d", "suspected"),
        ("c", "usesVendor", "w", "confirmed"),
    ]
    edges += [
        ("j", "breached", "w", "denied"),
        ("i", "breached", "w", "confirmed"),
        ("v", "usesVendor", "c", "confirmed"),
    ]
    library = made(demo_graph, {"vendor": "v w", "incident": "i j", "organization": "c", "data-type": "d"}, edges)
    picture = library._drawer.around("urn:w")
    assert [look for look, _ in picture.looks] == ["confirmed", "potential", "none", "doubted", "denied"]
    assert Counter(line.look for line in picture.lines) == Counter(
        {"confirmed": 1, "potential": 2, "none": 1, "doubted": 1, "denied": 1}
    )
    text = _Printer(library).dossier("vendor.html", library.vendor(library.projection.nodes["urn:w"]))
    words = Read(text).words
    start = words.index("confirmed exposure")
    assert words[start : start + 5] == [
        "confirmed exposure", "only potential", "no exposure", "no exposure, not confirmed", "denied",
    ]  # fmt: skip


def test_every_incident_of_a_vendor_is_listed_and_a_long_list_of_the_exposed_says_how_many_more(demo_graph):
    hub = Node("urn:hub", "vendor", "Hub")
    nodes = [
        Node(f"urn:{kind}{n:03}", kind, f"{kind} {n:03}") for kind in ("incident", "organization") for n in range(210)
    ]
    edges = [Edge(node.iri, "breached", hub.iri) for node in nodes if node.kind == "incident"]
    edges += [Edge(node.iri, "usesVendor", hub.iri) for node in nodes if node.kind == "organization"]
    many = Projection({node.iri: node for node in (hub, *nodes)}, edges, {})
    shown = page_of(many, demo_graph.evidence, demo_graph.snapshot())
    printer = _Printer(Library(many, shown, demo_graph.store, demo_graph.evidence))
    text = printer.dossier("vendor.html", printer._library.vendor(hub))
    table = re.search(r'<section id="incidents">(.*?)</section>', text, re.DOTALL)[1]
    assert re.findall(r"incident \d{3}", table) == [f"incident {n:03}" for n in range(210)]
    assert "and 10 more; the" in text


def made(demo_graph, kinds, edges):
    """Return the library of nodes by kind (named by what follows the IRI's colon) and edges with a certainty."""
    nodes = {f"urn:{name}": Node(f"urn:{name}", kind, name) for kind, names in kinds.items() for name in names.split()}
    told = [
        Edge(f"urn:{a}", kind, f"urn:{b}", tuple(Claim(f"urn:{at}", word, "stated") for word in sure))
        for at, (a, kind, b, *sure) in enumerate(edges)
    ]
    projection = Projection(nodes, told, {})
    shown = page_of(projection, demo_graph.evidence, demo_graph.snapshot())
    return Library(projection, shown, demo_graph.store, demo_graph.evidence)


def test_vendors_are_ranked_by_all_who_are_exposed_and_then_by_the_confirmed(demo_graph):
    edges = [(f"i{n}", "breached", vendor, "confirmed") for n, vendor in enumerate(("few", "sure", "many", "as-many"))]
    edges += [(c, "usesVendor", v) for v in ("sure", "many", "as-many") for c in ("a", "b", "c")]
    edges += [("a", "usesVendor", "few"), ("d", "usesVendor", "many"), ("d", "usesVendor", "as-many")]
    edges += [("i0", "affectsDownstream", "a", "confirmed"), ("i1", "affectsDownstream", "a", "confirmed")]
    edges += [("i3", "affectsDownstream", "a", "confirmed")]
    kinds = {"vendor": "few sure many as-many", "organization": "a b c d", "incident": "i0 i1 i2 i3"}
    found = index_of(made(demo_graph, kinds, edges)).exposed
    assert [(one.iri, one.confirmed, one.potential) for one in found] == [
        ("urn:as-many", 1, 3), ("urn:many", 0, 4), ("urn:sure", 1, 2), ("urn:few", 1, 0),
    ]  # fmt: skip


def test_the_index_says_what_it_counts_and_the_interactive_page_does_not_draw(demo_graph):
    kinds = {"vendor": "v", "organization": "a news", "incident": "i alone", "source": "s lost more"}
    edges = [("a", "usesVendor", "v"), ("i", "breached", "v"), ("i", "citesSource", "s"), ("i", "reporter", "news")]
    library = made(demo_graph, kinds, edges)
    found = index_of(library)
    drawn = Counter(node.kind for node in library.page.nodes)
    assert {kind: count - drawn[kind] for kind, count in found.counts if count != drawn[kind]} == dict(found.undrawn)
    text = Read(_Printer(library).index()).text
    assert "Documents are those that a relation quotes, data types those told of an incident." in text
    assert "does not draw what no relation on it touches: 1 organization, 1 incident, 2 sources." in text
    whole = made(demo_graph, {"vendor": "v", "organization": "a"}, edges[:1])
    assert "does not draw" not in Read(_Printer(whole).index()).text


def test_what_counts_as_an_incident_of_a_vendor_is_the_same_on_the_index_and_on_its_page(demo_graph):
    vendors = ("hit", "reached", "denied", "detective")
    edges = [("a", "usesVendor", vendor) for vendor in vendors]
    edges += [("i", "breached", "hit", "confirmed"), ("i", "affectsDownstream", "reached", "suspected")]
    edges += [("i", "breached", "denied", "denied"), ("i", "investigator", "detective", "confirmed")]
    library = made(demo_graph, {"vendor": " ".join(vendors), "organization": "a", "incident": "i"}, edges)
    index = index_of(library)
    assert {one.iri for one in index.exposed} == {"urn:hit", "urn:reached"}
    assert {one.iri for one in index.depended} == {"urn:denied", "urn:detective"}
    nodes = library.projection.nodes
    told = {name: library.vendor(nodes[f"urn:{name}"]) for name in vendors}
    assert {name: (len(one.incidents), len(one.elsewhere)) for name, one in told.items()} == {
        "hit": (1, 0), "reached": (1, 0), "denied": (0, 1), "detective": (0, 1),
    }  # fmt: skip
    heads = {name: "Harm" in Read(_Printer(library).dossier("vendor.html", one)).words for name, one in told.items()}
    assert not any(heads.values())
    text = Read(_Printer(library).dossier("vendor.html", told["denied"])).text
    assert "No incident at denied is told" in text
    assert "Named in other incidents 1" in text


def test_nobody_is_exposed_by_what_is_denied(demo_graph):
    edges = [(customer, "usesVendor", vendor) for customer, vendor in (("a", "faked"), ("b", "hit"), ("c", "hit"))]
    edges += [("faked", "usesVendor", "hit", "denied"), ("lie", "breached", "faked", "denied")]
    edges += [("lie", "affectsDownstream", "d", "denied"), ("half", "breached", "faked", "denied")]
    edges += [("half", "breached", "hit", "confirmed"), ("half", "affectsDownstream", "b", "denied")]
    library = made(
        demo_graph, {"vendor": "faked hit", "organization": "a b c d", "incident": "lie half"}, edges
    )  # fmt: skip
    nodes = library.projection.nodes
    told = {name: library.incident(nodes[f"urn:{name}"]) for name in ("lie", "half")}
    texts = {name: Read(_Printer(library).dossier("incident.html", one)).text for name, one in told.items()}
    assert told["lie"].exposures == Exposures([], [], [], [], [])
    assert "Who is exposed Nobody, as far as the documents tell." in texts["lie"]
    assert {one.iri: one.certainty for one in told["half"].exposures.potential} == {"urn:b": "denied", "urn:c": ""}
    assert "They depend on hit , directly" in texts["half"]
    assert "breached faked denied , hit " in texts["half"]
    faked = library.vendor(nodes["urn:faked"])
    assert faked.suppliers == []


def test_a_denied_incident_is_marked_where_the_days_of_a_vendor_and_the_latest_are_listed(tmp_path):
    lie = breach(("Birch", Role.BREACHED), uses=["Oak"], when=[("occurred", "2026-03-02")])
    lie = replace(lie, certainty=Certainty.DENIED)
    folder = graph_of([lie]).site(tmp_path / "site").parent
    (path,) = folder.glob("vendor/birch-*.html")
    assert "happened Birch breached denied" in Read(path.read_text("utf-8")).text
    latest = Read((folder / "index.html").read_text("utf-8")).text.partition("Latest incidents")[2]
    assert latest.startswith(" 2026-03-02 Birch breached denied ")


def test_a_vendor_tells_how_certain_it_is_that_data_was_exposed_as_its_incident_does(demo_graph, pages):
    shown, incident = page(pages, "vendor/mercor-"), page(pages, "incident/meta-pauses")
    marked = "AI training methods suspected , data selection criteria suspected , labeling protocols suspected"
    assert shown.text.count(marked) == 2  # of its incident, and of all together
    assert "AI training methods trade secrets suspected" in incident.text
    mercor = demo_graph.find("Mercor").iri
    (told_of,) = demo_graph.projection.into("breached", mercor)
    told = {one.text: one.certainty for one in demo_graph.projection.exposed[told_of.source]}
    assert set(told.values()) == {"suspected"}
    library = Library(demo_graph.projection, demo_graph.page(), demo_graph.store, demo_graph.evidence)
    found = library.vendor(demo_graph.projection.nodes[mercor])
    assert [one.data for one in found.incidents] == [told]
    assert {word: sure for words, _ in found.data.values() for word, sure in words.items()} == told


def test_of_several_certainties_of_data_the_strongest_is_told_and_what_is_denied_was_not_exposed(demo_graph):
    edges = [(name, "breached", "hit", "confirmed") for name in ("i", "j", "k")]
    library = made(demo_graph, {"vendor": "hit", "incident": "i j k"}, edges)
    parts = Account(*([] for _ in fields(Account)))
    for name, *told in (("i", "claimed", "denied"), ("j", "suspected"), ("k", "denied")):
        words = [Particular(f"word {n}", "kind", certainty=sure) for n, sure in enumerate(told)]
        library._accounts[f"urn:{name}"] = replace(parts, data=words)
    nodes = library.projection.nodes
    dossier = library.vendor(nodes["urn:hit"])
    assert dossier.data == {"kind": ({"word 0": "suspected"}, ["urn:i", "urn:j"])}
    denied, said = (
        Read(_Printer(library).dossier("incident.html", library.incident(nodes[f"urn:{name}"]))).text for name in "ki"
    )
    assert "Data whose exposure is denied" in denied
    assert "Data that was exposed" in said


def test_unnamed_groups_are_listed_and_counted_apart(demo_graph):
    edges = [("i", "breached", "hub", "confirmed")]
    edges += [(one, "usesVendor", "hub") for one in ("a", "b", "crowd", "others")]
    edges += [("i", "affectsDownstream", one, "confirmed") for one in ("a", "crowd")]
    library = made(
        demo_graph, {"vendor": "hub", "organization": "a b", "group": "crowd others", "incident": "i"}, edges
    )
    nodes = library.projection.nodes
    for name, dossier in (
        ("vendor.html", library.vendor(nodes["urn:hub"])),
        ("incident.html", library.incident(nodes["urn:i"])),
    ):
        found = dossier.exposures
        told = [[one.iri for one in rows] for rows in (found.confirmed, found.potential, found.unnamed)]
        assert told == [["urn:a"], ["urn:b"], ["urn:crowd", "urn:others"]]
        text = Read(_Printer(library).dossier(name, dossier)).text
        assert text.count(" Harm ") == 2  # none is told of those who may be exposed
        assert all(words in text for words in ("Confirmed 1 ", "Potential 1 ", "Unnamed groups 2 "))


def test_a_relationship_is_told_with_its_end_as_answers_tell_it(build, tmp_path):
    graph = build({"t.csv": table("A,B,x,,2025-06,", "C,A,y,,,", "D,B,x,2020,2021,", "E,B,z,,,")})
    (path,) = graph.site(tmp_path / "site").parent.glob("vendor/b-*.html")
    text = Read(path.read_text("utf-8")).text
    rows = graph.blast_radius("B").table().dicts()
    assert {row["status"] for row in rows} == {"active, until 2025-07-01", "active", "active, until 2022-01-01"}
    for row in rows:
        assert f"{row['organization']} {row['path'].replace('>', '→')} {row['status']}" in text
    assert "A uses vendor B confirmed active until 2025-07-01 " in text


@pytest.mark.parametrize("later", [False, True])
def test_a_party_of_which_documents_disagree_is_told_as_disputed_with_what_holds(tmp_path, later):
    said = {Role.CUSTOMER_UNAFFECTED: ("reported", "2026-03-02"), Role.AFFECTED_DOWNSTREAM: ("disclosed", "2026-03-10")}
    graph = graph_of(*(
        [breach(("Birch", Role.BREACHED), ("Oak", role), uses=["Oak"], when=[day] if later else [])]
        for role, day in said.items()
    ))  # fmt: skip
    folder = graph.site(tmp_path / "site").parent
    holds = "a later one says that it was" if later else "it counts as not affected"
    for name in ("vendor/birch-*.html", "incident/birch-breached-*.html"):
        (path,) = folder.glob(name)
        text = Read(path.read_text("utf-8")).text.replace(" ;", ";")
        assert f"Disputed 1 Oak : documents disagree whether it was affected by Birch breached; {holds}" in text
    assert text.count(" confirmed disputed ") == 2
    told = {edge.kind: edge.disputed for edge in graph.page().edges if edge.disputed}
    assert set(told.values()) == {f"documents disagree whether Oak was affected; {holds}"}
    assert told.keys() == {"affectsDownstream", "formerly_unaffected" if later else "customer_unaffected"}
    drawn = Drawer(graph.page()).around(graph.find("Birch").iri)
    assert [label for label, _ in drawn.edge_kinds][2:] == ["affects downstream" if later else "did not affect"]


# ---- names of files


@pytest.mark.parametrize(
    "label",
    [
        "Mercor",
        "CON",
        "aux.",
        "Ünïcode GmbH",
        "日本電気",
        "../../etc/passwd",
        "a" * 5000,
        "",
        "\u202e!?",
        "🙂",
        "-x-",
        "nul\x00",
    ],
    ids=range(12),
)
def test_a_slug_is_safe_everywhere(label):
    found = slug(label, "urn:x")
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", found)
    assert len(found) <= 69
    assert found.split("-")[0] not in {"con", "aux", "nul"} or "-" in found


def test_a_slug_reads_well_keeps_apart_and_depends_on_nothing_else():
    assert re.fullmatch(r"mercor-[0-9a-f]{8}", slug("Mercor", "urn:1"))
    assert slug("Mercor", "urn:1") != slug("Mercor", "urn:2")
    assert slug("MERCOR", "urn:1") == slug("mercor", "urn:1")
    assert slug("Zwölf Äpfel & Söhne", "urn:1").startswith("zwolf-apfel-sohne-")


def test_pages_of_one_name_and_one_short_digest_are_still_two(monkeypatch):
    from kg.view.site import naming

    monkeypatch.setattr(naming, "digest", lambda iri: "0" * 8 + iri[-1] * 12)
    nodes = [Node(f"urn:{n}", "vendor", "Same") for n in range(3)]
    assert len(set(naming.Addresses(nodes, ()).pages.values())) == 3


def test_the_address_of_a_node_of_the_graph_cannot_end_early():
    assert in_graph("urn:a&b#c d") == "graph.html#view=graph&node=urn%3Aa%26b%23c%20d"


# ---- strangers


@pytest.fixture(scope="module")
def hostile(demo_graph):
    """Every attack as every text of a projection and of its quotes."""
    from importlib.util import module_from_spec, spec_from_file_location

    spec = spec_from_file_location("site_attacks", Path(__file__).with_name("pages.py"))
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    nodes, edges, exposed = {}, [], {}
    for at, text in enumerate(module.ATTACKS):
        for kind in ("vendor", "organization", "incident", "data-type", "source", "group"):
            filled = {
                "aliases": (text,), "identifiers": (text,), "former_names": (text,), "sector": text,
                "properties": (("url", text), ("date", text), ("latest", text), ("industry", text), (text, text)),
            }  # fmt: skip
            assert {field.name for field in fields(Node)} == {"iri", "kind", "label", *filled}
            node = Node(f"{ID}{kind}/{at}/{text}", kind, text, **filled)
            nodes[node.iri] = node
        iri = {
            kind: f"{ID}{kind}/{at}/{text}"
            for kind in ("vendor", "organization", "incident", "data-type", "source", "group")
        }
        exposed[iri["incident"]] = [Exposure(text, text, text)]
        claims = (Claim("urn:claim", "confirmed", "stated"),)
        edges += [
            Edge(iri["organization"], "usesVendor", iri["vendor"], claims),
            Edge(iri["group"], "usesVendor", iri["vendor"], claims),
            Edge(iri["incident"], "breached", iri["vendor"], claims),
            Edge(iri["incident"], "affectsDownstream", iri["organization"], claims),
            Edge(iri["incident"], "customer_unaffected", iri["group"], claims),
            Edge(iri["incident"], "exposedDataType", iri["data-type"], claims),
            Edge(iri["incident"], "citesSource", iri["source"], claims),
            Edge(iri["incident"], text or "x", iri["vendor"], claims),
        ]
    projection = Projection(nodes, edges, exposed)
    shown = page_of(projection, demo_graph.evidence, demo_graph.snapshot(), title=module.ATTACKS[0])
    edges = tuple(replace(edge, quotes=module._value(tuple[Quote, ...], at)) for at, edge in enumerate(shown.edges))
    filled = replace(shown, edges=edges)
    library = Library(projection, filled, demo_graph.store, demo_graph.evidence)
    for at, node in enumerate(library.of_kind("incident")):
        text, other = node.label, filled.nodes[at].id
        one = Particular(text, text, other, other, (text, text), module._value(tuple[Quote, ...], at))
        library._accounts[node.iri] = Account(*([one] for _ in fields(Account)))
    return dict(site(library))


def test_an_incident_does_not_count_at_a_customer_that_it_is_said_to_have_left_alone():
    both = [("Oak", Role.AFFECTED_DOWNSTREAM), ("Oak", Role.CUSTOMER_UNAFFECTED)]
    graph = graph_of(*([breach(("Birch", Role.BREACHED), one, uses=["Oak"])] for one in both))
    library = Library(graph.projection, graph.page(), graph.store, graph.evidence)
    oak, birch = (library.vendor(graph.find(name)) for name in ("Oak", "Birch"))
    assert (oak.incidents, {one.counts for one in oak.elsewhere}) == ([], {False})
    assert [one.counts for one in birch.incidents] == [True]


def test_every_page_of_a_site_of_a_past_day_says_so(demo_store, tmp_path):
    day = "2999-01-01"
    assert main(["view", "--site", str(tmp_path / "then"), "--as-of", day, "--store", str(demo_store)]) == 0
    assert main(["view", "--site", str(tmp_path / "now"), "--store", str(demo_store)]) == 0
    pages = sorted((tmp_path / "then").rglob("*.html"))
    assert len(pages) > 5
    assert all(f"What was known on {day}." in page.read_text("utf-8") for page in pages)
    assert not any("What was known on" in page.read_text("utf-8") for page in (tmp_path / "now").rglob("*.html"))


def test_no_text_of_a_stranger_becomes_markup(hostile):
    allowed = {"meta", "link", "style", "script"}
    for name, text in hostile.items():
        if name == "graph.html":
            continue
        read = Read(text)
        tags = Counter(tag for tag, _ in read.elements)
        assert tags["script"] == (2 if name == "index.html" else 0), name
        assert not tags.keys() & {"img", "iframe", "object", "embed", "form", "base"}, name
        assert tags["style"] == 1, name
        for tag, attributes in read.elements:
            assert not [key for key in attributes if key.startswith("on") or key == "srcdoc"], (name, tag)
            href = attributes.get("href") or ""
            assert (
                re.match(
                    r"(https?://[^\s\"'<>]+|(\.\./)?((vendor|incident)/[a-z0-9-]+|index|graph)\.html(#\S*)?|#\w+|data:,)\Z",
                    href,
                )
                or "href" not in attributes
            ), (name, href)
            if href.startswith("http"):
                assert attributes["rel"] == "noopener noreferrer nofollow"
            assert tag in allowed or "src" not in attributes
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f\x00\x07\x1b\ud800]", text), name


@pytest.mark.parametrize("name", ["index.html", "vendor/mercor-", "incident/meta-"])
def test_the_policy_lets_in_what_is_there_and_nothing_else(folder, name):
    from base64 import b64encode
    from hashlib import sha256

    (path,) = [one for one in folder.rglob("*.html") if one.relative_to(folder).as_posix().startswith(name)]
    text = path.read_text("utf-8")
    policy = Read(text).all("meta", "content")[0]
    assert policy.startswith("default-src 'none'; ")
    parts = [
        *re.findall(r"<style>(.*?)</style>", text, re.DOTALL),
        *re.findall(r"<script>(.*?)</script>", text, re.DOTALL),
    ]
    hashes = {f"'sha256-{b64encode(sha256(part.encode()).digest()).decode()}'" for part in parts}
    assert set(re.findall(r"'sha256-[^']+'", policy)) == hashes
    assert ("script-src" in policy) == (name == "index.html")
    assert "unsafe" not in policy


def test_the_style_uses_only_colours_that_the_theme_has():
    text = (Path(__file__).parents[2] / "kg" / "view" / "site" / "templates" / "site.css").read_text("utf-8")
    used = set(re.findall(r"var\((--[\w-]+)\)", text))
    assert used
    assert used <= set(re.findall(r"(--[\w-]+):", theme()))
    assert "prefers-color-scheme: dark" in theme()


# ---- the folder


SCRIPT = """
import sys, kg
from pathlib import Path
kg.open(sys.argv[1]).site(sys.argv[2])
"""


def test_the_same_graph_gives_the_same_bytes(demo_store, tmp_path):
    running = [
        subprocess.Popen(
            [sys.executable, "-c", SCRIPT, demo_store, tmp_path / seed], env={**os.environ, "PYTHONHASHSEED": seed}
        )
        for seed in ("1", "2")
    ]
    assert [one.wait(120) for one in running] == [0, 0]
    first, second = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (tmp_path / "1", tmp_path / "2")
    )
    assert len(first) > 20
    assert first == second


def write(folder, *names):
    write_folder(folder, [(name, name) for name in names], ["vendor", "incident"])


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_what_is_no_longer_told_is_gone_after_the_next_time(tmp_path):
    folder = tmp_path / "new" / "site"
    write(folder, "index.html", "vendor/a.html")
    (folder / ".DS_Store").write_text("")
    write(folder, "index.html", "vendor/b.html")
    assert names(folder) == [MARKER, "index.html", "vendor/b.html"]
    assert [path.name for path in folder.parent.iterdir()] == ["site"]


def test_an_empty_folder_is_taken(tmp_path):
    write(tmp_path / "empty", "index.html")
    (tmp_path / "other").mkdir()
    write(tmp_path / "other", "index.html")
    assert names(tmp_path / "other") == [MARKER, "index.html"]


@pytest.mark.parametrize("strange", ["notes.txt", "vendor/notes.txt", "incident/more/x.html", ".git/config"])
def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path, strange):
    folder = tmp_path / "folder"
    path = folder / strange
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    with pytest.raises(KGError, match="is not empty and is no site"):
        write(folder, "index.html")
    path.unlink()
    for one in sorted(folder.rglob("*"), reverse=True):
        one.rmdir()
    write(folder, "index.html")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("mine")
    with pytest.raises(KGError, match="is not of the site that is there"):
        write(folder, "index.html")
    assert path.read_text() == "mine"


def test_a_file_is_refused(tmp_path):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(KGError, match="is a file"):
        write(tmp_path / "file", "index.html")


def test_a_site_that_cannot_be_finished_leaves_the_one_before(tmp_path):
    folder = tmp_path / "site"
    write(folder, "index.html")

    def texts():
        yield "index.html", "half"
        raise KGError("no more")

    with pytest.raises(KGError, match="no more"):
        write_folder(folder, texts(), ["vendor", "incident"])
    assert (folder / "index.html").read_text() == "index.html"
    with pytest.raises(KGError, match="cannot be written"):
        write(folder, "index.html", "nowhere/x.html")
    assert names(folder) == [MARKER, "index.html"]
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


# ---- the command


def test_the_command_writes_a_site_or_a_page_and_never_both(demo_store, tmp_path, capsys):
    folder = tmp_path / "site"
    assert main(["view", "--site", str(folder), "--store", str(demo_store)]) == 0
    assert capsys.readouterr().out.strip() == str(folder / "index.html")
    assert (folder / "graph.html").is_file()
    for wrong in ([], ["--site", str(folder), "--focus", "Meta"], ["-o", "x.html", "--site", str(folder)]):
        with pytest.raises(SystemExit):
            main(["view", *wrong, "--store", str(demo_store)])


def test_quarters_and_seasons_are_words_on_every_page(tmp_path):
    when = [("occurred", "2025-33"), ("reported", "2025-22")]
    graph = graph_of([breach(("Birch", Role.BREACHED), ("Alder", Role.AFFECTED_DOWNSTREAM), uses=["Alder"], when=when)])
    graph.site(tmp_path / "site")
    graph.view(tmp_path / "page.html")
    pages = {path.name: path.read_text("utf-8") for path in tmp_path.rglob("*.html")}
    dated = {name for name, text in pages.items() if "Q1 2025" in text}
    assert {"page.html", "index.html"} < dated
    assert len(dated) > 3
    assert "summer 2025" in "".join(pages.values())
    assert not [name for name, text in pages.items() if re.search(r"2025-(33|22)(?!\d|-)", text)]
