"""Small documents for tests, and the lines of a store to compare."""

from __future__ import annotations

import json
import pprint
import random
from collections import Counter
from functools import cache
from pathlib import Path

import pyoxigraph as ox

import kg
from kg.dates import parse_edtf
from kg.model import Certainty, DateOf, Document, Evidence, Incident, IncidentDate, Party, Role, SupplyRelationship
from kg.rdf import evidence_graph
from kg.resolve.affiliations import affiliations, standing, table_description
from kg.resolve.canonical import incident_node
from kg.resolve.mirror import mirrored
from kg.resolve.resolver import JudgedResolver
from kg.store import deriving
from kg.store.reading import GraphStore


def post(
    identifier="DEM1700000001",
    *,
    title="Birch Annotation Breached",
    date="4/2026",
    vendors=("Birch Annotation",),
    customers=("Alder Labs",),
    data="names and passwords",
    prose="",
    linkid=None,
    status="Ongoing",
    **details,
):
    """An incident post as its publisher prints it."""
    header = {"id": identifier, "linkid": linkid, "type": "Breach", "date": date, "severity": "60", "impact": "3"}
    lines = [f'"{key}": {json.dumps(value, ensure_ascii=False)},' for key, value in header.items() if value is not None]
    entities = [{"name": name, "type": "Company", "industry": "Software"} for name in customers]
    entities += [{"name": name, "type": "Vendor"} for name in vendors]
    told = {
        "affected_entities": entities,
        "data_breach": {"type_of_data_compromised": data, "sensitivity_of_data": "High"},
        "investigation_status": status,
        "title": title,
        **details,
    }
    return "\n".join([title, prose, *lines, pprint.pformat(told), ""])


COLUMNS = "customer,supplier,service,since,until,status"


def table(*rows, columns=COLUMNS):
    """A supplier table; each row a text with commas."""
    return "\n".join([columns, *rows, ""])


def register(*rows):
    """Providers of a register of information, each a text with LEI and name."""
    columns = ("Identification code of {}", "Type of code to identify the {}", "Legal name of the {}")
    header = ",".join(columns).replace("{}", "ICT third-party service provider")
    return "\n".join([header, *(row.replace(",", ",LEI,") for row in rows), ""])


LISTING = 'records = "listing"\n[constants]\ncustomer = "Alder Bank"\n'
"""A mapping for a register."""


def lines(graph_or_path, *, vocabulary=False):
    """The sorted N-Quads lines of a store; without what every store carries unless asked for."""
    graph = graph_or_path if isinstance(graph_or_path, kg.KnowledgeGraph) else kg.open(graph_or_path)
    quads = graph.store.quads
    if not vocabulary:
        # To write out the vocabulary takes five times as long as all that a small store has beside it.
        subjects = [row[0] for row in quads.query("SELECT DISTINCT ?s { ?s ?p ?o }")]
        own = [subject for subject in subjects if "/breachkg/id/" in str(subject)]
        told = [quad for subject in own for quad in quads.quads_for_pattern(subject, None, None, ox.DefaultGraph())]
        told += [quad for name in quads.named_graphs() for quad in quads.quads_for_pattern(None, None, None, name)]
        if len(quads) == len(told) + _vocabulary_size():  # nothing else is there
            return sorted(f"{quad} ." for quad in told)
    every = quads.dump(format=ox.RdfFormat.N_QUADS).decode().split("\n")[:-1]
    return sorted(every if vocabulary else [line for line in every if "/breachkg/id/" in line])


@cache
def _vocabulary_size():
    return len(set(deriving.vocabulary()))


def derive(graphs, entries, resolver):
    """The N-Quads lines that follow from a few evidence graphs, vocabulary apart, in no order and some twice."""
    tellings = Counter(incident for graph in graphs for incident in set(map(incident_node, graph.anchors)))
    mentions = [mention for graph in graphs for mention in graph.mentions]
    resolved, judged = resolver.resolve(mentions), resolver.judgements
    days = deriving.named_days(entries)
    derivation = deriving.Derivation(resolved, deriving.told_again(tellings, resolved), days, graphs)
    told = [text for graph in graphs for text in derivation.lines(graph)]
    affiliated = affiliations(standing(mentions, resolved, judged.relations), judged.relations)
    told += [*map(deriving.line, affiliated), *(table_description() if affiliated else ()), *mirrored(judged.deciding)]
    return [*told, *derivation.rest(), *deriving.descriptions(entries)]


def graph_of(*documents):
    """A graph in memory, each document given as its list of records."""
    graphs = [evidence_graph(Document(str(n), "", str(n)), "demo", "1", records) for n, records in enumerate(documents)]
    entries = [
        {"graph": g.iri[1:-1], "name": f"{n}.txt", "digest": str(n), "kind": "demo", "version": "1"}
        for n, g in enumerate(graphs)
    ]
    assert [graph.defects for graph in graphs] == [[] for _ in graphs]
    store = ox.Store()
    store.load("\n".join(derive(graphs, entries, JudgedResolver())).encode(), format=ox.RdfFormat.N_QUADS)
    return kg.KnowledgeGraph(GraphStore(Path("memory"), store))


def breach(*parties, uses=(), number=1, when=(), certainty=Certainty.CONFIRMED, vendor="Birch"):
    """One record of an incident, without a document: who was what in it, who uses the vendor, days as (moment, EDTF)."""
    proof = (Evidence("words", (0, 5), "here"),)
    doubt = (Evidence("words", (0, 5), "here", certainty=certainty),)
    others = [(name, Role.OTHER) for name in uses if name not in dict(parties)]
    return Incident(
        f"D{number}", "demo", number, title=f"{vendor} breached", evidence=doubt,
        parties=tuple(Party(name, role, evidence=doubt) for name, role in (*parties, *others)),
        uses_vendor=tuple(SupplyRelationship(name, vendor, evidence=proof) for name in uses),
        dates=tuple(IncidentDate(parse_edtf(day), DateOf(what), proof) for what, day in when),
    )  # fmt: skip


MARKS = (b'"', b"[", b"{", b"}", b"]", b",", b":", b"null", b"\\", b"\n{", b"1e999", b"\r\n", b"\xff")


def mutants(texts, count, seed):
    """Texts damaged at a few places each: bytes changed, cut out, repeated from another text, marks put in."""
    chance = random.Random(seed)
    sources = [text.encode() for text in texts]
    for _ in range(count):
        mutant = bytearray(chance.choice(sources))
        for _ in range(chance.randint(1, 8)):
            at = chance.randrange(len(mutant)) if mutant else 0
            match chance.randrange(4):
                case 0:
                    mutant[at : at + 1] = bytes([chance.randrange(256)])
                case 1:
                    del mutant[at : at + chance.randint(1, 60)]
                case 2:
                    other = chance.choice(sources)
                    start = chance.randrange(len(other))
                    mutant[at:at] = other[start : start + chance.randint(1, 60)]
                case _:
                    mutant[at:at] = chance.choice(MARKS)
        yield bytes(mutant).decode("utf-8", "replace")
