// What the reader has asked for, what of the data that lets through, and the ways through it.

const SIZE = { whole: nodes.length <= data.maxNodes, small: nodes.length <= 1000 };
const MODES = SIZE.whole ? ["all", "near", "sectors", "overview"] : ["near", "sectors", "overview"];
const OVERLAYS = ["kinds", "tiers", "blast", "marks"];
const state = blank();
let path = null;
let anchor = null;

function blank() {
  return {
    mode: firstMode(), centre: null, grown: [], opened: null, overlay: "kinds",
    node: null, edge: null, only: null, from: null, to: null, tab: "graph", row: 0, words: "",
    offNodes: new Set(), offEdges: new Set(), offExposure: new Set(), since: null, until: null, undated: true, least: 0,
  };
}

// With a thousand nodes around nobody in particular, a picture of the whole says more than one neighbourhood of it.
function firstMode() {
  if (SIZE.whole) return "all";
  return SIZE.small || data.focus !== null ? "near" : "sectors";
}

// The centre of the drawing: where the reader went, else whose neighbours are shown, else the focus, else the most connected vendor.
function centre() {
  const chosen = state.centre ?? state.only ?? data.focus;
  if (chosen !== null) return chosen;
  return byDegree.find((at) => kindOf(at) === "vendor" && shown.nodes[at]) ??
    byDegree.find((at) => shown.nodes[at]) ?? null;
}

// ---- what the filters let through ----------------------------------------------------------------------------------

function timed() {
  return state.since !== null || state.until !== null || !state.undated;
}

function inTime(record, undated) {
  if (record.spans?.length) return record.spans.some((span) => inTime(span, undated));
  if (!record.since && !record.until) return undated;
  const after = !record.until || monthOf(record.until) >= (state.since ?? months.first);
  const before = !record.since || monthOf(record.since) <= (state.until ?? months.last);
  return after && before;
}

let shown;
let computed = { asked: null, found: null };

// To choose, to centre and to turn a page leave the filters as they are: what they let through need not be found again.
function compute() {
  const { offNodes, offEdges, offExposure, since, until, undated, least, only } = state;
  const asked = JSON.stringify([[...offNodes], [...offEdges], [...offExposure], since, until, undated, least, only,
    least > 0 ? spared() : []]);
  if (computed.asked !== asked) computed = { asked, found: letThrough() };
  return computed.found;
}

function letThrough() {
  const checked = timed();
  const nodeOn = nodes.map((node) => !state.offNodes.has(node.kind) && (!checked || inTime(node, true)));
  const related = new Set();
  const edgeOn = edges.map((edge) => {
    const asked = !state.offNodes.has(nodes[edge.source].kind) && !state.offNodes.has(nodes[edge.target].kind) &&
      !state.offEdges.has(edge.kind) && !state.offExposure.has(edge.exposure);
    if (asked && checked) related.add(edge.source).add(edge.target);
    return asked && nodeOn[edge.source] && nodeOn[edge.target] && (!checked || inTime(edge, state.undated));
  });
  const on = { nodes: nodeOn, edges: edgeOn };
  if (checked) dropNodes(on, (at, degree) => related.has(at) && degree === 0);
  if (state.least > 0) {
    const stay = new Set(spared());
    dropNodes(on, (at, degree) => degree < state.least && !stay.has(at));
  }
  if (state.only !== null) keepNear(on, state.only);
  return { ...on, ...tallies(on) };
}

function spared() {
  const ends = state.edge === null ? [] : [edges[state.edge].source, edges[state.edge].target];
  return [state.node, state.from, state.to, state.centre, state.only, data.focus, ...ends];
}

function degreesOf(edgeOn) {
  const degrees = new Uint32Array(nodes.length);
  edges.forEach((edge, at) => {
    if (!edgeOn[at]) return;
    degrees[edge.source] += 1;
    if (edge.target !== edge.source) degrees[edge.target] += 1;
  });
  return degrees;
}

function dropNodes(on, falls) {
  const degrees = degreesOf(on.edges);
  nodes.forEach((_, at) => { if (on.nodes[at] && falls(at, degrees[at])) on.nodes[at] = false; });
  dropLoose(on);
}

function dropLoose(on) {
  edges.forEach((edge, at) => {
    on.edges[at] = on.edges[at] && on.nodes[edge.source] && on.nodes[edge.target];
  });
}

function keepNear(on, node) {
  const near = new Set([node]);
  edgesOf[node].filter((at) => on.edges[at]).forEach((at) => near.add(otherEnd(at, node)));
  nodes.forEach((_, at) => { on.nodes[at] = on.nodes[at] && near.has(at); });
  dropLoose(on);
}

function tallies(on) {
  const found = {
    nodeCount: 0, edgeCount: 0, nodeKinds: nodeKinds.map(() => 0), edgeKinds: edgeKinds.map(() => 0),
    exposures: { confirmed: 0, potential: 0 }, degrees: degreesOf(on.edges),
  };
  nodes.forEach((node, at) => {
    if (!on.nodes[at]) return;
    found.nodeCount += 1;
    found.nodeKinds[node.kind] += 1;
  });
  edges.forEach((edge, at) => {
    if (!on.edges[at]) return;
    found.edgeCount += 1;
    found.edgeKinds[edge.kind] += 1;
    if (edge.exposure) found.exposures[edge.exposure] += 1;
  });
  return found;
}

function shownNodes() {
  return nodes.map((_, at) => at).filter((at) => shown.nodes[at]);
}

function shownEdges() {
  return edges.map((_, at) => at).filter((at) => shown.edges[at]);
}

function byRelations(a, b) {
  return shown.degrees[b] - shown.degrees[a] || a - b;
}

// ---- ways ----------------------------------------------------------------------------------------------------------

function neighbours(node) {
  const found = new Set();
  edgesOf[node].forEach((at) => { if (shown.edges[at]) found.add(otherEnd(at, node)); });
  found.delete(node);
  return [...found];
}

function between(a, b) {
  return edgesOf[a].filter((at) => shown.edges[at] && otherEnd(at, a) === b);
}

// Breadth first: everything that can be reached, with the steps to it and the node before it.
function reach(start, next = neighbours) {
  const found = new Map([[start, { steps: 0, before: null }]]);
  for (const [node, { steps }] of found) {
    next(node).forEach((other) => {
      if (!found.has(other)) found.set(other, { steps: steps + 1, before: node });
    });
  }
  return found;
}

function wayTo(found, node) {
  const way = [];
  for (let at = node; at !== null; at = found.get(at).before) way.unshift(at);
  return way;
}

function pathAsked() {
  return state.from !== null && state.to !== null && state.from !== state.to;
}

function shortestPath() {
  if (!pathAsked() || !shown.nodes[state.from] || !shown.nodes[state.to]) return null;
  const found = reach(state.from);
  return found.has(state.to) ? wayTo(found, state.to) : null;
}

function hopsOf(way) {
  return way.slice(1).map((node, at) => ({ from: way[at], to: node, edges: between(way[at], node) }));
}
