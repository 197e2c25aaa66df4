// What the page knows and what of it is shown; nothing here touches the document but to read its data.

const data = JSON.parse(document.getElementById("data").textContent);
const { nodes, edges, quotes, nodeKinds, edgeKinds } = data;
const EXPOSURES = ["confirmed", "potential"];
const MATCHES = 12;
const places = {
  node: new Map(nodes.map((node, at) => [node.id, at])),
  edge: new Map(edges.map((edge, at) => [edge.id, at])),
  nodeKind: new Map(nodeKinds.map((kind, at) => [kind.kind, at])),
  edgeKind: new Map(edgeKinds.map((kind, at) => [kind.kind, at])),
};
const edgesOf = nodes.map(() => []);
edges.forEach((edge, at) => {
  edgesOf[edge.source].push(at);
  if (edge.target !== edge.source) edgesOf[edge.target].push(at);
});

const state = blank();
let shown = compute();
let anchor = null;

function blank() {
  return {
    node: null, edge: null, only: null, from: null, to: null, tab: "graph",
    offNodes: new Set(), offEdges: new Set(), offExposure: new Set(),
  };
}

// ---- what is shown ------------------------------------------------------------------------------------------------

function compute() {
  const nodeOn = nodes.map((node) => !state.offNodes.has(node.kind));
  const edgeOn = edges.map((edge) =>
    nodeOn[edge.source] && nodeOn[edge.target] &&
    !state.offEdges.has(edge.kind) && !state.offExposure.has(edge.exposure));
  if (state.only !== null) {
    const near = new Set([state.only]);
    edgesOf[state.only].filter((at) => edgeOn[at]).forEach((at) => near.add(otherEnd(at, state.only)));
    nodes.forEach((_, at) => { nodeOn[at] = nodeOn[at] && near.has(at); });
    edges.forEach((edge, at) => { edgeOn[at] = edgeOn[at] && near.has(edge.source) && near.has(edge.target); });
  }
  return { nodes: nodeOn, edges: edgeOn };
}

function otherEnd(at, node) {
  return edges[at].source === node ? edges[at].target : edges[at].source;
}

function neighbours(node) {
  const found = edgesOf[node].filter((at) => shown.edges[at]).map((at) => otherEnd(at, node));
  return [...new Set(found)].filter((other) => other !== node);
}

function between(a, b) {
  return edgesOf[a].filter((at) => shown.edges[at] && otherEnd(at, a) === b);
}

function shortestPath() {
  const { from, to } = state;
  if (from === null || to === null || from === to || !shown.nodes[from] || !shown.nodes[to]) return null;
  const reachedFrom = new Map([[from, null]]);
  const waiting = [from];
  for (let next = 0; next < waiting.length && !reachedFrom.has(to); next += 1) {
    for (const other of neighbours(waiting[next])) {
      if (!reachedFrom.has(other)) {
        reachedFrom.set(other, waiting[next]);
        waiting.push(other);
      }
    }
  }
  if (!reachedFrom.has(to)) return null;
  const path = [];
  for (let node = to; node !== null; node = reachedFrom.get(node)) path.unshift(node);
  return path;
}

function hopsOf(path) {
  return path.slice(1).map((node, at) => ({ from: path[at], to: node, edges: between(path[at], node) }));
}

function count(flags) {
  return flags.filter(Boolean).length;
}

// ---- search -------------------------------------------------------------------------------------------------------

function plain(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

const names = nodes.map((node) => [node.label, ...node.aliases].map(plain));

function matchesOf(text) {
  const wanted = plain(text.trim());
  if (!wanted) return [];
  const rank = (at) => Math.min(...names[at].map((name, place) => {
    const where = name.indexOf(wanted);
    if (where < 0) return Infinity;
    return (name === wanted ? 0 : where === 0 ? 2 : name[where - 1] === " " ? 4 : 6) + (place ? 1 : 0);
  }));
  return nodes.map((_, at) => [rank(at), at]).filter(([score]) => score < Infinity)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, MATCHES).map(([, at]) => at);
}

function matchingAlias(at, text) {
  const place = names[at].findIndex((name) => name.includes(plain(text.trim())));
  return place > 0 ? nodes[at].aliases[place - 1] : "";
}

// ---- the address --------------------------------------------------------------------------------------------------

function fragment() {
  const parts = new URLSearchParams({ view: state.tab });
  const put = (name, at) => { if (at !== null) parts.set(name, nodes[at].id); };
  put("node", state.node);
  put("only", state.only);
  put("from", state.from);
  put("to", state.to);
  if (state.edge !== null) parts.set("edge", edges[state.edge].id);
  [...state.offNodes].sort((a, b) => a - b).forEach((at) => parts.append("hide", nodeKinds[at].kind));
  [...state.offEdges].sort((a, b) => a - b).forEach((at) => parts.append("without", edgeKinds[at].kind));
  [...state.offExposure].sort().forEach((word) => parts.append("not", word));
  return `#${parts}`;
}

// Every value is looked up in a Map of what is on the page, so a name like __proto__ finds a node or nothing.
function takeFragment(text) {
  const parts = new URLSearchParams(text.replace(/^#/, ""));
  const one = (map, name) => map.get(parts.get(name)) ?? null;
  const many = (map, name) => new Set(parts.getAll(name).map((key) => map.get(key)).filter((at) => at !== undefined));
  Object.assign(state, {
    node: one(places.node, "node"),
    edge: one(places.edge, "edge"),
    only: one(places.node, "only"),
    from: one(places.node, "from"),
    to: one(places.node, "to"),
    tab: parts.get("view") === "table" ? "table" : "graph",
    offNodes: many(places.nodeKind, "hide"),
    offEdges: many(places.edgeKind, "without"),
    offExposure: new Set(parts.getAll("not").filter((word) => EXPOSURES.includes(word))),
  });
  if (state.edge !== null) state.node = null;
  if (!parts.has("view")) state.node ??= data.focus;
  const allowed = compute();
  if (state.node !== null && !allowed.nodes[state.node]) state.node = null;
  if (state.edge !== null && !allowed.edges[state.edge]) state.edge = null;
  anchor = state.node;
}

// ---- saving -------------------------------------------------------------------------------------------------------

// A spreadsheet runs a cell that begins like a formula, also after blanks and in full-width characters.
function cell(value) {
  const text = value === null || value === undefined ? "" : String(value);
  const safe = /^\s*[=+\-@|%\uFF0B\uFF0D\uFF1D\uFF20]|^[\t\r\n]/.test(text) ? `'${text}` : text;
  return `"${safe.replace(/"/g, '""')}"`;
}

const QUOTE_COLUMNS = ["text", "document", "place", "source", "url", "date", "certainty", "basis", "extractor",
  "confidence", "claim"];

function shownEdges() {
  return edges.filter((_, at) => shown.edges[at]);
}

function csvText() {
  const head = ["source", "source_id", "source_kind", "relation", "property", "target", "target_id", "target_kind",
    "exposure", "certainty", "basis", "status", "date", ...QUOTE_COLUMNS.map((name) => `quote_${name}`)];
  const rows = shownEdges().flatMap((edge) => {
    const [from, to] = [nodes[edge.source], nodes[edge.target]];
    const left = [from.label, from.id, nodeKinds[from.kind].kind, edge.label, edgeKinds[edge.kind].kind,
      to.label, to.id, nodeKinds[to.kind].kind, edge.exposure, edge.certainty, edge.basis, edge.status, edge.date];
    const behind = edge.quotes.length ? edge.quotes.map((at) => quotes[at]) : [{}];
    return behind.map((quote) => [...left, ...QUOTE_COLUMNS.map((name) => quote[name])]);
  });
  // Without the mark in front, spreadsheets read UTF-8 as something else.
  const text = [head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n");
  return `\uFEFF${text}\r\n`;
}

function jsonText() {
  const said = ({ link, ...quote }) => quote;
  const content = {
    title: data.title,
    documents: data.documents,
    nodes: nodes.filter((_, at) => shown.nodes[at]).map(({ link, ...node }) =>
      ({ ...node, kind: nodeKinds[node.kind].kind })),
    edges: shownEdges().map((edge) => ({ ...edge, kind: edgeKinds[edge.kind].kind, source: nodes[edge.source].id,
      target: nodes[edge.target].id, quotes: edge.quotes.map((at) => said(quotes[at])) })),
  };
  return JSON.stringify(content, null, 1);
}
