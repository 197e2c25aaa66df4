"""The class diagram shows every term, nothing runs over anything, and the picture of the README is this one.

`python tests/reference/test_diagram.py` draws that picture anew.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise, product
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS
from sampled import sampled

from kg.reference import class_diagram
from kg.reference.diagram import drawing
from kg.reference.places import COLUMNS
from kg.reference.terms import CLASS, DATA, OBJECT, Declared, declared
from kg.reference.triples import Triples
from kg.vocabulary import CLASSES, NS, PROPERTIES

PICTURE = Path(__file__).resolve().parents[2] / ".github" / "ontology.svg"
SVG = "{http://www.w3.org/2000/svg}"
SCHEMA = rdflib.Namespace("https://schema.org/")


class Drawn:
    """A diagram, read back from its SVG."""

    def __init__(self, text: str) -> None:
        self.root = ET.fromstring(text)
        self.width, self.height = (int(self.root.get(name)) for name in ("width", "height"))
        self.boxes = {self.texts(one, "name")[0]: self.box(one, "box") for one in self.groups("class")}
        self.rows = {self.texts(one, "name")[0]: self.texts(one, "row") for one in self.groups("class")}
        self.paths = [self.corners(one.find(f"{SVG}polyline")) for one in self.groups("arrow")]
        self.heads = [self.corners(one.find(f"{SVG}polygon")) for one in self.groups("arrow")]
        self.labels = [(self.texts(one, "relation"), self.box(one, "patch")) for one in self.groups("label")]
        self.frame = self.box(self.root, "frame")
        self.told = self.root.find(f"{SVG}desc").text

    def groups(self, name):
        return [one for one in self.root.iter(f"{SVG}g") if one.get("class") == name]

    def texts(self, element, name):
        return ["".join(one.itertext()) for one in element.iter(f"{SVG}text") if one.get("class") == name]

    def box(self, element, name):
        for one in element.iter(f"{SVG}rect"):
            if one.get("class") == name:
                x, y, width, height = (float(one.get(key)) for key in ("x", "y", "width", "height"))
                return x, y, x + width, y + height
        return None

    def corners(self, element):
        return [tuple(map(float, pair.split(","))) for pair in element.get("points").split()]


def overlap(one, other):
    """Whether two rectangles share more than an edge."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def segments(path):
    """The pieces of a path as thin rectangles."""
    for (x0, y0), (x1, y1) in pairwise(path):
        assert x0 == x1 or y0 == y1
        yield min(x0, x1) - 0.1, min(y0, y1) - 0.1, max(x0, x1) + 0.1, max(y0, y1) + 0.1


def within(box, point):
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def on_edge(box, point):
    return within(box, point) and (point[0] in box[::2] or point[1] in box[1::2])


def shrunk(box, by=0.5):
    return box[0] + by, box[1] + by, box[2] - by, box[3] - by


def sound(drawn):
    """Whether boxes and labels stand free, inside the sheet, and arrows run from edge to edge around boxes."""
    for one, other in combinations(drawn.boxes.values(), 2):
        assert not overlap(one, other)
    sheet = (0, 0, drawn.width, drawn.height)
    for box in (*drawn.boxes.values(), *(box for _, box in drawn.labels)):
        assert within(sheet, box[:2])
        assert within(sheet, box[2:])
    ends = [*drawn.boxes.values(), *([drawn.frame] if drawn.frame else [])]
    for path in drawn.paths:
        assert any(on_edge(box, path[0]) for box in ends)
        assert any(on_edge(box, path[-1]) for box in ends)
        for segment in segments(path):
            assert not any(overlap(segment, shrunk(box)) for box in drawn.boxes.values())
    for head, path in zip(drawn.heads, drawn.paths, strict=True):
        assert head[0] == path[-1]
    return True


@pytest.fixture(scope="module")
def drawn():
    return Drawn(class_diagram())


@pytest.fixture(scope="module")
def own(ontology) -> list[Declared]:
    return declared(Triples([ontology / "breachkg.ttl"]))


def test_the_picture_of_the_readme_is_this_diagram():
    assert PICTURE.read_bytes() == class_diagram().encode("utf-8"), "python tests/reference/test_diagram.py renews it"


def test_every_class_has_a_box_and_every_property_a_place(drawn, terms):
    assert drawn.boxes.keys() == CLASSES
    shown = {row.split()[0] for rows in drawn.rows.values() for row in rows}
    shown |= {name for names, _ in drawn.labels for name in names}
    homeless = {
        name
        for name in PROPERTIES
        if not list(terms.objects(rdflib.URIRef(NS + name), RDFS.domain))
        and not list(terms.objects(rdflib.URIRef(NS + name), SCHEMA.domainIncludes))
    }
    assert shown == PROPERTIES - homeless
    assert all(name in drawn.told for name in homeless)


def test_data_properties_stand_in_the_boxes_of_their_classes(drawn, terms):
    for subject in terms.subjects(RDF.type, OWL.DatatypeProperty):
        for relation in (RDFS.domain, SCHEMA.domainIncludes):
            for domain in terms.objects(subject, relation):
                names = [row.split()[0] for row in drawn.rows[str(domain).removeprefix(NS)]]
                assert str(subject).removeprefix(NS) in names


def ends(terms, name, *relations):
    """The boxes at one end of a property: its classes of ours, the two kinds of party as their frame."""
    subject = rdflib.URIRef(NS + name)
    found = {str(one).removeprefix(NS) for relation in relations for one in terms.objects(subject, relation)}
    both = {"Organization", "OrganizationGroup"}
    return (found - both | {"party"} if both <= found else found) & {*CLASSES, "party"}


def test_arrows_lead_from_every_domain_to_every_range(drawn, terms):
    boxes = {**drawn.boxes, "party": drawn.frame}
    wanted = {
        (name, source, target)
        for name in PROPERTIES
        for source in ends(terms, name, RDFS.domain, SCHEMA.domainIncludes)
        for target in ends(terms, name, RDFS.range, SCHEMA.rangeIncludes)
    }
    assert len(wanted) > 25
    found = {
        (name, source, target)
        for path, names in arrows_with_names(drawn)
        for name in names
        for source, target in product(boxes, boxes)
        if on_edge(boxes[source], path[0]) and on_edge(boxes[target], path[-1])
    }
    assert found == wanted


def arrows_with_names(drawn):
    """Each arrow with names and the label that stands on its path; a label touches one arrow only (tested below)."""
    for names, box in drawn.labels:
        (path,) = [one for one in drawn.paths if any(overlap(segment, box) for segment in segments(one))]
        yield path, names


def test_the_vendor_is_drawn_as_a_kind_of_organization(drawn):
    (hollow,) = [one for one in drawn.root.iter(f"{SVG}polygon") if one.get("class") == "head hollow"]
    head = drawn.corners(hollow)
    (path,) = [one for one in drawn.paths if one[-1] == head[0]]
    assert on_edge(drawn.boxes["Vendor"], path[0])
    assert on_edge(drawn.boxes["Organization"], path[-1])
    assert all(within(drawn.frame, drawn.boxes[name][:2]) for name in ("Vendor", "Organization", "OrganizationGroup"))


def test_nothing_collides(drawn):
    assert sound(drawn)
    for one, other in combinations([box for _, box in drawn.labels], 2):
        assert not overlap(one, other)
    for _, label in drawn.labels:
        assert not any(overlap(label, box) for box in drawn.boxes.values())
        assert len([path for path in drawn.paths if any(overlap(one, label) for one in segments(path))]) == 1
        assert not any(
            overlap(
                (min(x for x, _ in head), min(y for _, y in head), max(x for x, _ in head), max(y for _, y in head)),
                label,
            )
            for head in drawn.heads
        )
    for one, other in combinations(drawn.paths, 2):
        shared = [(a, b) for a in segments(one) for b in segments(other) if overlap(a, b) and long_overlap(a, b)]
        assert shared == []


def long_overlap(one, other):
    """Whether two pieces of arrows run along each other instead of crossing."""
    width, height = min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1])
    return max(width, height) > 1


def test_it_fits_the_width_of_a_readme(drawn):
    assert drawn.width <= 1100
    assert drawn.height <= 900


def test_boxes_lead_to_their_entries_only_where_there_are_some():
    assert "<a " not in class_diagram()
    linked = ET.fromstring(class_diagram(links=True))
    assert {one.get("href") for one in linked.iter(f"{SVG}a")} == {f"#{name}" for name in CLASSES}


def test_the_table_of_places_names_classes_that_are_there():
    names = [name for column in COLUMNS for name in column]
    assert len(set(names)) == len(names)
    assert set(names) <= CLASSES


# ---- an ontology that grows or shrinks


def term(name, kind, domain=(), values=(), supers=()):
    """A made-up term."""
    spelt = [tuple(NS + one if ":" not in one else one for one in names) for names in (supers, (), domain, values)]
    return Declared(NS + name, name, kind, name, "", (), (), *spelt, "", (), ())


def test_new_classes_get_a_place(own):
    more = [
        term("Novelty", CLASS),
        term("Addition", CLASS, supers=["Novelty"]),
        term("novel", OBJECT, ["Novelty"], ["Incident"]),
        term("again", OBJECT, ["Novelty"], ["Novelty"]),
        term("inside", OBJECT, ["Vendor"], ["Addition"]),
        term("length", DATA, ["Addition"], ["http://www.w3.org/2001/XMLSchema#integer"]),
    ]
    grown = Drawn(drawing([*own, *more]))
    assert sound(grown)
    assert grown.boxes.keys() == CLASSES | {"Novelty", "Addition"}
    assert grown.rows["Addition"] == ["length integer"]
    assert {name for names, _ in grown.labels for name in names} >= {"novel", "again", "inside"}


@pytest.mark.parametrize("name", sampled(sorted(CLASSES), 3))
def test_any_class_can_be_missing(own, name):
    iri = NS + name
    rest = [
        replace(
            one,
            domain=tuple(x for x in one.domain if x != iri),
            range=tuple(x for x in one.range if x != iri),
            supers=tuple(x for x in one.supers if x != iri),
        )
        for one in own
        if one.iri != iri
    ]
    less = Drawn(drawing(rest))
    assert sound(less)
    assert less.boxes.keys() == CLASSES - {name}
    assert (less.frame is None) == (name in {"Organization", "OrganizationGroup"})


def test_an_ontology_of_strangers_is_drawn():
    names = [f"Class{at}" for at in range(9)]
    made = [term(name, CLASS) for name in names]
    made += [term(f"to{other}from{one}", OBJECT, [one], [other]) for one in names[:5] for other in names]
    drawn = Drawn(drawing(made))
    assert sound(drawn)
    assert len(drawn.paths) == 45
    assert sum(len(names) for names, _ in drawn.labels) == 45


def test_an_empty_ontology_is_an_empty_sheet():
    assert Drawn(drawing([])).boxes == {}


def test_hostile_names_are_texts():
    name = '</text><script>alert(1)</script>"&'
    drawn = Drawn(drawing([term(name, CLASS), term(f"p{name}", OBJECT, [name], [name])], links=True))
    assert list(drawn.boxes) == [name]
    assert not list(drawn.root.iter(f"{SVG}script"))


if __name__ == "__main__":
    PICTURE.write_bytes(class_diagram().encode("utf-8"))
