// The view in the page's address. Every value is looked up in a Map of what is on the page or is a number in bounds,
// so a name like __proto__ finds a node or nothing.

const WORDS = 200;

function fragment() {
  const parts = new URLSearchParams({ view: state.tab, mode: state.mode });
  const put = (name, at) => { if (at !== null) parts.set(name, nodes[at].id); };
  ["centre", "node", "only", "from", "to"].forEach((name) => put(name, state[name]));
  if (state.edge !== null) parts.set("edge", edges[state.edge].id);
  state.grown.forEach((at) => parts.append("grown", nodes[at].id));
  if (state.opened !== null) parts.set("opened", groups[state.opened].key);
  [...state.offNodes].sort((a, b) => a - b).forEach((at) => parts.append("hide", nodeKinds[at].kind));
  [...state.offEdges].sort((a, b) => a - b).forEach((at) => parts.append("without", edgeKinds[at].kind));
  [...state.offExposure].sort().forEach((word) => parts.append("not", word));
  if (state.since !== null) parts.set("since", monthText(state.since));
  if (state.until !== null) parts.set("until", monthText(state.until));
  if (!state.undated) parts.set("undated", "no");
  if (state.least) parts.set("least", String(state.least));
  if (state.overlay !== "kinds") parts.set("show", state.overlay);
  if (state.row) parts.set("row", String(state.row));
  if (state.words) parts.set("words", state.words);
  return `#${parts}`;
}

function wholeNumber(value, most) {
  return /^\d{1,9}$/.test(value ?? "") ? Math.min(Number(value), most) : 0;
}

function monthIn(value) {
  if (!dated || !/^\d{4}-(0[1-9]|1[0-2])$/.test(value ?? "")) return null;
  return Math.min(Math.max(monthOf(value), months.first), months.last);
}

function oneOf(words, value) {
  return words.includes(value) ? value : words[0];
}

function takeFragment(address) {
  const parts = new URLSearchParams(address.replace(/^#/, ""));
  const one = (map, name) => map.get(parts.get(name)) ?? null;
  const many = (map, name) => parts.getAll(name).map((key) => map.get(key)).filter((at) => at !== undefined);
  Object.assign(state, blank(), {
    tab: oneOf(["graph", "table"], parts.get("view")),
    centre: one(places.node, "centre"),
    node: one(places.node, "node"),
    edge: parts.has("edge") ? one(new Map(edges.map((edge, at) => [edge.id, at])), "edge") : null,
    only: one(places.node, "only"),
    from: one(places.node, "from"),
    to: one(places.node, "to"),
    grown: [...new Set(many(places.node, "grown"))],
    opened: one(groupAt, "opened"),
    offNodes: new Set(many(places.nodeKind, "hide")),
    offEdges: new Set(many(places.edgeKind, "without")),
    offExposure: new Set(parts.getAll("not").filter((word) => EXPOSURES.includes(word))),
    since: monthIn(parts.get("since")),
    until: monthIn(parts.get("until")),
    undated: parts.get("undated") !== "no",
    least: wholeNumber(parts.get("least"), nodes.length),
    overlay: oneOf(OVERLAYS, parts.get("show")),
    row: wholeNumber(parts.get("row"), edges.length),
    words: (parts.get("words") ?? "").slice(0, WORDS),
  });
  if (state.edge !== null) state.node = null;
  const chosen = state.node ?? (state.edge === null ? null : edges[state.edge].source);
  if (MODES.includes(parts.get("mode"))) state.mode = parts.get("mode");
  // An address from another page names what it is about, and no drawing.
  else if (!SIZE.whole && chosen !== null) Object.assign(state, { mode: "near", centre: chosen });
  if (!parts.has("view")) state.node ??= data.focus;
  shown = compute();
  if (state.node !== null && !shown.nodes[state.node]) state.node = null;
  if (state.edge !== null && !shown.edges[state.edge]) state.edge = null;
  anchor = state.node;
}
