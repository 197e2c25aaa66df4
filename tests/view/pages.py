"""Pages to test with: one like an analyst's, one whose every text is an attack, and generated ones of any size."""

from __future__ import annotations

import dataclasses
import random
import types
import typing

from kg.view import Edge, Node, Page, Quote

BASE = "https://w3id.org/breachkg/id/"


def quote(
    text: str, source: str, *, certainty: str = "confirmed", url: str = "", basis: str = "stated", line: int = 1
) -> Quote:
    document = f"posts/{source.lower().replace(' ', '-')}.txt"
    start = 120 * line
    return Quote(
        text=text,
        document=document,
        place=f"line {line}",
        span=(start, start + len(text)),
        source=source,
        url=url,
        date="2026-04" if "Mercor" in text else "2025-08",
        certainty=certainty,
        basis=basis,
        extractor="post 1",
        confidence="0.9",
        claim=f"{BASE}claim/{len(text)}-{line}",
    )


def node(
    name: str, label: str, kind: str, *aliases: str, url: str = "", tier: int | None = None, **properties: str
) -> Node:
    pairs = tuple((key.replace("_", " "), value) for key, value in properties.items())
    return Node(f"{BASE}{name}", label, kind, aliases, pairs, url=url, tier=tier)


def edge(
    source: str,
    kind: str,
    target: str,
    label: str,
    *quotes: Quote,
    number: int = 0,
    exposure: str = "",
    status: str = "",
    date: str = "",
) -> Edge:
    certainty = quotes[0].certainty if quotes else ""
    basis = quotes[0].basis if quotes else ""
    name = f"{BASE}edge/{source}-{kind}-{target}-{number}"
    return Edge(name, BASE + source, BASE + target, kind, label, certainty, basis, exposure, status, date, quotes)


def _mercor() -> tuple[list[Node], list[Edge]]:
    nodes = [
        node(
            "mercor",
            "Mercor",
            "vendor",
            "mercor-ai",
            "Mercor.io Corporation",
            url="https://www.rankiteo.com/company/mercor-ai",
            tier=0,
            industry="AI data services",
        ),
        node(
            "meta",
            "Meta",
            "organization",
            "Facebook",
            "Meta Platforms, Inc.",
            url="https://about.meta.com/",
            tier=1,
            industry="Technology, social media",
        ),
        node("labs", "Leading AI labs that relied on Mercor", "group", tier=1, count="several, not named"),
        node("litellm", "LiteLLM", "vendor", "BerriAI", tier=1, industry="Software"),
        node(
            "mercor-2026",
            "Breach at Mercor, April 2026",
            "incident",
            "MER1775255558",
            date="2026-04",
            status="ongoing",
            severity="100 (rating page)",
        ),
        node("methods", "AI training methodologies", "data-type", sensitivity="high"),
        node("criteria", "Data selection criteria", "data-type", sensitivity="high"),
        node("protocols", "Labeling protocols", "data-type", sensitivity="high"),
        node("strategies", "Training strategies", "data-type", sensitivity="high"),
        node("wired", "Wired", "source"),
        node(
            "techbuzz",
            "The Tech Buzz",
            "source",
            url="https://www.techbuzz.ai/articles/meta-halts-mercor-partnership-after-ai-training-data-breach",
        ),
        node("labeling", "Data labeling and processing", "service"),
        node("intruders", "Unknown intruders", "threat-actor"),
    ]
    halted = quote(
        "Meta put its work with Mercor on hold once the break-in became known.",
        "The Tech Buzz",
        url="https://www.techbuzz.ai/articles/meta-halts-mercor-partnership-after-ai-training-data-breach",
        line=2,
    )
    reviewing = quote(
        "Labs that also buy data from Mercor are looking into what was taken.",
        "The Tech Buzz",
        certainty="suspected",
        line=3,
    )
    taken = quote(
        "Mercor may have lost notes on how models are trained, how data is picked and how it is labeled.",
        "Wired",
        certainty="suspected",
        url="https://www.wired.com/",
        line=4,
    )
    tool = quote("Mercor said the way in was a library it had not written.", "Wired", certainty="claimed", line=6)
    edges = [
        edge(
            "meta",
            "usesVendor",
            "mercor",
            "uses vendor",
            halted,
            exposure="confirmed",
            status="suspended",
            date="2026-04",
        ),
        edge(
            "meta",
            "usesVendor",
            "mercor",
            "uses vendor",
            quote("Meta bought labeled data from Mercor.", "Wired", line=9),
            number=1,
            exposure="confirmed",
            status="suspended",
        ),
        edge("meta", "uses", "labeling", "uses", halted),
        edge("mercor", "offers", "labeling", "offers", halted),
        edge("labs", "usesVendor", "mercor", "uses vendor", reviewing, exposure="potential", status="unknown"),
        edge("mercor", "usesVendor", "litellm", "uses vendor", tool, exposure="potential"),
        edge("mercor-2026", "breached", "mercor", "breached", halted, taken, date="2026-04"),
        edge("mercor-2026", "affectsDownstream", "meta", "affects downstream", taken, exposure="potential"),
        edge("mercor-2026", "firstReportedBy", "wired", "first reported by", halted),
        edge("mercor-2026", "source", "techbuzz", "told by", halted),
        edge("mercor-2026", "attributedTo", "intruders", "attributed to", tool),
    ]
    edges += [
        edge("mercor-2026", "exposedDataType", kind, "exposed", taken, exposure="potential")
        for kind in ("methods", "criteria", "protocols", "strategies")
    ]
    return nodes, edges


def _drift() -> tuple[list[Node], list[Edge]]:
    nodes = [
        node("salesloft", "Salesloft", "vendor", "Drift", industry="Sales software"),
        node("drift-2025", "Drift token theft, August 2025", "incident", date="2025-08", status="closed"),
        node("cloudflare", "Cloudflare", "organization", url="https://www.cloudflare.com/"),
        node("zscaler", "Zscaler", "organization"),
        node("palo-alto", "Palo Alto Networks", "organization", "PANW"),
        node("customers", "More than 700 customers of Drift", "group", count="700 or more"),
        node("contacts", "Business contact details", "data-type", sensitivity="medium"),
        node("tickets", "Support case text", "data-type", sensitivity="high"),
        node("tokens", "Access tokens", "data-type", sensitivity="high"),
        node("unc6395", "UNC6395", "threat-actor", "GRUB1"),
        node("gtig", "Google Threat Intelligence", "source", url="https://cloud.google.com/blog/"),
        node("drift", "Drift chat integration", "service"),
    ]
    stolen = quote(
        "Tokens of the Drift integration were used to read customers' records.",
        "Google Threat Intelligence",
        url="https://cloud.google.com/blog/",
        line=3,
    )
    told = quote(
        "The company told its customers that support cases had been read.", "Google Threat Intelligence", line=8
    )
    edges = [
        edge("drift-2025", "breached", "salesloft", "breached", stolen, date="2025-08"),
        edge("drift-2025", "firstReportedBy", "gtig", "first reported by", stolen),
        edge("drift-2025", "attributedTo", "unc6395", "attributed to", stolen),
        edge("salesloft", "offers", "drift", "offers", stolen),
        edge("customers", "usesVendor", "salesloft", "uses vendor", stolen, exposure="potential"),
    ]
    for name in ("cloudflare", "zscaler", "palo-alto"):
        edges.append(edge(name, "usesVendor", "salesloft", "uses vendor", told, exposure="confirmed", status="ended"))
        edges.append(edge("drift-2025", "affectsDownstream", name, "affects downstream", told, exposure="confirmed"))
    edges += [
        edge("drift-2025", "exposedDataType", kind, "exposed", stolen, exposure="confirmed")
        for kind in ("contacts", "tickets", "tokens")
    ]
    return nodes, edges


def demo_page() -> Page:
    (nodes, edges), (more_nodes, more_edges) = _mercor(), _drift()
    return Page(
        title="Who is exposed through Mercor",
        nodes=(*nodes, *more_nodes),
        edges=(*edges, *more_edges),
        focus=f"{BASE}mercor",
        generated_from=("posts/mercor.txt", "posts/drift.txt"),
        note="Written in our own words about public incidents.",
    )


SECTORS = ("Health care", "Finance", "Retail", "Education", "Software", "Public administration", "Energy", "")
SHARES = (("organization", 0.40), ("vendor", 0.14), ("incident", 0.30), ("data-type", 0.02), ("source", 0.14))
WORDS = (
    "customer records account support access portal vendor report notice stolen copied token server backup files "
    "payroll letter patients students payment card address number breach intrusion weeks spring autumn stated told"
).split()


def generated_page(size: int, *, seed: int = 7) -> Page:
    """As many nodes, twice as many relations with a quote each; a few vendors and data types have most of them."""
    chance = random.Random(seed)
    kinds = [kind for kind, share in SHARES for _ in range(round(size * share))][:size]
    kinds += ["organization"] * (size - len(kinds))
    nodes = [_generated_node(at, kind, chance) for at, kind in enumerate(kinds)]
    of = {kind: [node for node in nodes if node.kind == kind] for kind in set(kinds)}
    made = [_generated_edge(at, nodes, of, chance) for at in range(2 * size)]
    # Two that would have one id are two reports of one relation: told apart, they are parallel edges.
    seen: set[str] = set()
    edges = []
    for at, one in enumerate(made):
        edges.append(dataclasses.replace(one, id=f"{one.id} {at}") if one.id in seen else one)
        seen.add(one.id)
    documents = tuple(sorted({quote.document for edge in edges for quote in edge.quotes}))
    return Page(f"Generated, {size} nodes", tuple(nodes), tuple(edges), "", documents)


def _generated_node(at: int, kind: str, chance: random.Random) -> Node:
    day = f"{chance.randint(2012, 2025)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
    incident, company = kind == "incident", kind in {"organization", "vendor"}
    name = f"{chance.choice(WORDS).title()} {chance.choice(WORDS)} {at}"
    return Node(
        f"{BASE}{kind}/name/{name.lower().replace(' ', '-')}",
        name,
        kind,
        (f"{name} Inc.",) if company and at % 3 == 0 else (),
        (("date", day), ("identifier", f"GEN-{at:05d}")) if incident else (),
        url=f"https://news.example/{at}" if kind == "source" else "",
        sector=chance.choice(SECTORS) if company else "",
        sole_for=at % 5 if kind == "vendor" and at % 7 == 0 else 0,
        portfolio="payments" if kind == "vendor" and at % 11 == 0 else "",
        since=day if incident else "",
        until=day if incident else "",
    )


PATTERNS = (
    ("organization", "usesVendor", "vendor", "uses vendor"),
    ("incident", "breached", "organization", "breached"),
    ("incident", "breached", "vendor", "breached"),
    ("incident", "exposedDataType", "data-type", "exposed data"),
    ("incident", "citesSource", "source", "cites"),
    ("incident", "affectsDownstream", "organization", "affects downstream"),
    ("vendor", "usesVendor", "vendor", "uses vendor"),
)


def _generated_edge(at: int, nodes: list[Node], of: dict[str, list[Node]], chance: random.Random) -> Edge:
    source_kind, kind, target_kind, label = PATTERNS[at % len(PATTERNS)]
    source = chance.choice(of[source_kind])
    # The cube of an even number crowds near 0: the first of a kind have most of the relations.
    target = of[target_kind][int(len(of[target_kind]) * chance.random() ** 3)]
    start = chance.randint(100, 200_000)
    said = " ".join(chance.choice(WORDS) for _ in range(14)) + f" {at}."
    quoted = Quote(
        said,
        f"feeds/part-{at % 40}.csv",
        f"row {at}, description, characters {start}-{start + len(said)}",
        (start, start + len(said)),
        f"https://news.example/{at % 900}",
        f"https://news.example/{at % 900}",
        source.since or "2024-05",
        chance.choice(("confirmed", "suspected", "claimed")),
        "stated",
        "portal 1",
        "0.9",
        f"{BASE}document/{at % 40:020x}/record/{at}/claim/{chance.randrange(16**20):020x}",
    )
    exposure = chance.choice(("confirmed", "potential")) if kind in {"usesVendor", "affectsDownstream"} else ""
    name = f"{source.id} {kind} {target.id}"
    return Edge(
        name,
        source.id,
        target.id,
        kind,
        label,
        quoted.certainty,
        quoted.basis,
        exposure,
        "active" if kind == "usesVendor" else "",
        source.since,
        (quoted,),
        since=source.since,
        until=source.until,
    )


ATTACKS = (
    "<script>window.ran('script')</script>",
    "<img src=x onerror=\"window.ran('img')\">",
    "<svg onload=window.ran('svg')>",
    "javascript:window.ran('address')",
    "data:text/html,<script>window.ran('data')</script>",
    "</script><script>window.ran('closed')</script>",
    "</style><script>window.ran('style')</script>",
    "--><script>window.ran('comment')</script><!--",
    "<!--<script>",
    "]]><script>window.ran('cdata')</script>",
    "{{7*7}}{% for x in () %}${7*7}",
    '" onmouseover="window.ran(\'attribute\')" x="',
    "' autofocus onfocus='window.ran(1)",
    "\u202eevil\u202c\u2066mark\u2069\u200f",
    "nul\x00bell\x07esc\x1b[31m\x85\ud800",
    "line\u2028separator\u2029\r\nend",
    "x" * 5000,
    "word " * 1000,
    "__proto__",
    "constructor",
    "hasOwnProperty",
    '=HYPERLINK("http://evil.example","x")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "https://evil.example/?q=<script>",
    "https://ok.example/\" onclick=\"window.ran('link')",
    "http://",
    "//evil.example/x",
    "",
    "   ",
)


def hostile_page() -> Page:
    """Every attack in every text field; fields are found by introspection, so a new one cannot be left out."""
    nodes = [_filled(Node, at) for at in range(len(ATTACKS))]
    edges = []
    for at in range(len(ATTACKS)):
        ends = {"source": nodes[at].id, "target": nodes[(at + 1) % len(nodes)].id}
        edges.append(dataclasses.replace(_filled(Edge, at), **ends))
    exposures = ("confirmed", "potential", ATTACKS[0])
    edges += [dataclasses.replace(edges[at], id=f"{edges[at].id}/again", exposure=exposures[at % 3]) for at in range(6)]
    loop = dataclasses.replace(edges[0], id="loop", target=edges[0].source)
    page = _filled(Page, 0)
    return dataclasses.replace(page, nodes=tuple(nodes), edges=(*edges, loop), focus=nodes[18].id, max_nodes=150)


def _filled(record: type, turn: int):
    hints = typing.get_type_hints(record, vars(__import__("kg.view.page", fromlist=["page"])))
    values = {
        field.name: _value(hints[field.name], turn + place) for place, field in enumerate(dataclasses.fields(record))
    }
    if "id" in values:
        values["id"] = ATTACKS[turn % len(ATTACKS)] or "empty"
    return record(**values)


def _value(hint, turn: int):
    text = ATTACKS[turn % len(ATTACKS)]
    known = {
        str: text,
        int: 3,
        bool: True,
        int | None: 3,
        tuple[int, int] | None: (0, 10**12),
        tuple[str, ...]: (*ATTACKS,) if turn % 8 == 0 else (text, *ATTACKS[:3]),
        tuple[tuple[str, str], ...]: ((text, ATTACKS[(turn + 1) % len(ATTACKS)]), ("__proto__", text)),
        tuple[Node, ...]: (),
        tuple[Edge, ...]: (),
    }
    if hint == tuple[Quote, ...]:
        return tuple(_filled(Quote, turn + step) for step in (0, 11, 22))
    if hint not in known:
        raise TypeError(f"the hostile page does not know how to fill {hint}; teach it: {types.GenericAlias}")
    return known[hint]
