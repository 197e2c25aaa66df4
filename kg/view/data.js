// What the page knows: its columns unpacked into records that refer to each other by index.

const root = document.documentElement;
const byId = (id) => document.getElementById(id);
const data = JSON.parse(byId("data").textContent);
const { nodeKinds, edgeKinds } = data;
const EXPOSURES = ["confirmed", "potential"];

function text(value) {
  return typeof value === "number" ? data.texts[value] : value;
}

// Each id is the beginning it shares with the one before, and the rest.
function chained({ shared, rest }) {
  let id = "";
  return rest.map((end, at) => {
    id = id.slice(0, shared[at]) + end;
    return id;
  });
}

// One column holds the lists of all records, one after the other.
function cut(values, counts, width = 1) {
  let start = 0;
  return counts.map((count) => {
    const end = start + count * width;
    const own = start === end ? [] : values.slice(start, end).map(text);
    start = end;
    return own;
  });
}

function pairs(words) {
  return words.flatMap((word, at) => (at % 2 ? [] : [[word, words[at + 1]]]));
}

function unpackNodes(columns) {
  const ids = chained(columns.id);
  const aliases = cut(columns.aliases, columns.aliasCount);
  const properties = cut(columns.properties, columns.propertyCount, 2);
  const tiers = new Map(columns.tier);
  const soles = new Map(columns.sole_for);
  return ids.map((id, at) => ({
    id,
    label: text(columns.label[at]),
    kind: columns.kind[at],
    aliases: aliases[at],
    properties: pairs(properties[at]),
    url: text(columns.link[at]) || text(columns.url[at]),
    link: text(columns.link[at]),
    tier: tiers.get(at) ?? null,
    sector: text(columns.sector[at]),
    sole_for: soles.get(at) ?? 0,
    portfolio: text(columns.portfolio[at]),
    since: text(columns.since[at]),
    until: text(columns.until[at]),
  }));
}

function unpackEdges(columns) {
  const held = new Map(columns.spans);
  const disputed = new Map(columns.disputed);
  return columns.source.map((source, at) => ({
    id: columns.id[at] ?? `${nodes[source].id} ${edgeKinds[columns.kind[at]].kind} ${nodes[columns.target[at]].id}`,
    source,
    target: columns.target[at],
    kind: columns.kind[at],
    label: text(columns.label[at]),
    certainty: text(columns.certainty[at]),
    basis: text(columns.basis[at]),
    exposure: text(columns.exposure[at]),
    status: text(columns.status[at]),
    date: text(columns.date[at]),
    quotes: columns.quotes[at],
    since: text(columns.since[at]),
    until: text(columns.until[at]),
    spans: (held.get(at) ?? []).map(([since, until]) => ({ since, until })),
    disputed: disputed.get(at) ?? "",
  }));
}

const QUOTE_TEXTS = ["text", "document", "source", "date", "certainty", "basis", "extractor", "confidence"];

let claims = null;

// Most quotes are never looked at: each is put together when it is.
function quoteAt(at) {
  const columns = data.quotes;
  claims ??= chained(columns.claim);
  const quote = {};
  QUOTE_TEXTS.forEach((name) => { quote[name] = text(columns[name][at]); });
  const link = text(columns.link[at]);
  const [start, end, told] = columns.span[at] || [];
  const place = text(columns.place[at]) + (told ? `, characters ${start}-${end}` : "");
  return { ...quote, place, claim: claims[at], link, url: link || text(columns.url[at]),
    span: end === undefined ? null : [start, end] };
}

const nodes = unpackNodes(data.nodes);
const edges = unpackEdges(data.edges);
const quoteCount = data.quotes.text.length;
const places = {
  node: new Map(nodes.map((node, at) => [node.id, at])),
  nodeKind: new Map(nodeKinds.map((kind, at) => [kind.kind, at])),
  edgeKind: new Map(edgeKinds.map((kind, at) => [kind.kind, at])),
};
const edgesOf = nodes.map(() => []);
edges.forEach((edge, at) => {
  edgesOf[edge.source].push(at);
  if (edge.target !== edge.source) edgesOf[edge.target].push(at);
});
const leftAloneBy = nodes.map(() => new Set());
data.nodes.left_alone_by.forEach(([node, vendor]) => leftAloneBy[node].add(vendor));
const byDegree = nodes.map((_, at) => at).sort((a, b) => edgesOf[b].length - edgesOf[a].length || a - b);

// How the line of an edge is drawn, as in `line_look`: dashed where harm or the edge is in doubt, dotted where denied.
function lookOf({ exposure, certainty }) {
  if (certainty === "denied") return "denied";
  return exposure || (["", "confirmed"].includes(certainty) ? "none" : "doubted");
}

function otherEnd(at, node) {
  return edges[at].source === node ? edges[at].target : edges[at].source;
}

function kindOf(at) {
  return nodeKinds[nodes[at].kind].kind;
}

// ---- months, counted from the year 0 -------------------------------------------------------------------------------

function monthOf(day) {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
}

function monthText(month) {
  return `${String(Math.floor(month / 12)).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}`;
}

const months = { first: Infinity, last: -Infinity };
const spans = edges.flatMap((edge) => edge.spans);
[nodes, edges, spans].forEach((records) => records.forEach((record) => [record.since, record.until].forEach((day) => {
  if (!day) return;
  months.first = Math.min(months.first, monthOf(day));
  months.last = Math.max(months.last, monthOf(day));
})));
const dated = months.first < months.last;

// ---- groups: organizations by sector, everything else by kind ------------------------------------------------------

const NO_SECTOR = "no sector given";

function groupName(node) {
  const { kind, label } = nodeKinds[node.kind];
  if (!["organization", "vendor"].includes(kind)) return { key: `kind ${kind}`, label, sector: false };
  return { key: `sector ${node.sector}`, label: node.sector || NO_SECTOR, sector: true };
}

const groups = [];
const groupAt = new Map();
const groupOf = nodes.map((node, at) => {
  const name = groupName(node);
  if (!groupAt.has(name.key)) {
    groupAt.set(name.key, groups.length);
    groups.push({ ...name, members: [] });
  }
  groups[groupAt.get(name.key)].members.push(at);
  return groupAt.get(name.key);
});
