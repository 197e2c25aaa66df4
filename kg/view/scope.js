// What of the shown data is drawn at once: never more than the cap.

const CAP = data.maxNodes;
const NOTHING = { nodes: [], set: new Set(), edges: [], groups: [], lines: [], spots: new Map(), radii: new Map() };
let scope = NOTHING;

function scopeOf() {
  if (state.mode === "overview") return { ...NOTHING, listed: byDegree.filter((at) => shown.nodes[at]).slice(0, CAP) };
  if (state.mode === "sectors" && state.opened === null) return groupScope();
  const chosen = { all: shownNodes, near: nearNodes, sectors: openedNodes }[state.mode]().slice(0, CAP);
  const set = new Set(chosen);
  const drawnEdges = new Set();
  chosen.forEach((node) => edgesOf[node].forEach((at) => {
    if (shown.edges[at] && set.has(otherEnd(at, node))) drawnEdges.add(at);
  }));
  const found = { ...NOTHING, nodes: chosen, set, edges: [...drawnEdges].sort((a, b) => a - b), listed: chosen };
  return { ...found, ...layoutOf(found) };
}

// ---- near a centre -------------------------------------------------------------------------------------------------

// What has to be drawn whatever the distance: the path, the centre, the choice, and what was expanded, with its way.
function wanted(found, start) {
  const order = new Set(path || []);
  const add = (at) => { if (shown.nodes[at]) order.add(at); };
  [start, state.node].filter((at) => at !== null).forEach(add);
  if (state.edge !== null) [edges[state.edge].source, edges[state.edge].target].forEach(add);
  state.grown.filter((at) => shown.nodes[at]).forEach((at) => {
    if (found.has(at)) wayTo(found, at).forEach(add);
    add(at);
    neighbours(at).sort(byRelations).forEach(add);
  });
  return order;
}

function nearNodes() {
  const start = centre();
  const found = start === null || !shown.nodes[start] ? new Map() : reach(start);
  const order = wanted(found, start);
  const steps = (at) => found.get(at).steps;
  [...found.keys()].sort((a, b) => steps(a) - steps(b) || byRelations(a, b)).forEach((at) => order.add(at));
  return [...order];
}

// ---- groups --------------------------------------------------------------------------------------------------------

// The members, most connected first, a third of the room being left for those around them.
function openedNodes() {
  const members = groups[state.opened].members.filter((at) => shown.nodes[at]).sort(byRelations);
  const order = new Set([...wanted(new Map(), null), ...members.slice(0, Math.ceil((CAP * 2) / 3))].slice(0, CAP));
  const around = new Map();
  [...order].forEach((at) => neighbours(at).forEach((other) => around.set(other, (around.get(other) ?? 0) + 1)));
  const mine = new Set(members);
  [...around].filter(([at]) => !mine.has(at)).sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, CAP - order.size)
    .forEach(([at]) => order.add(at));
  members.forEach((at) => order.add(at));
  return [...order];
}

// Groups with what is shown of them, the biggest first; past the cap they could not be told apart.
function groupScope() {
  const all = groups.map((group, at) => ({ at, count: group.members.filter((node) => shown.nodes[node]).length, inner: 0 }))
    .filter((group) => group.count > 0).sort((a, b) => b.count - a.count || a.at - b.at).slice(0, CAP);
  const drawnGroups = new Map(all.map((group) => [group.at, group]));
  const lines = new Map();
  shownEdges().forEach((at) => {
    const ends = [groupOf[edges[at].source], groupOf[edges[at].target]].sort((a, b) => a - b);
    if (!ends.every((end) => drawnGroups.has(end))) return;
    if (ends[0] === ends[1]) {
      drawnGroups.get(ends[0]).inner += 1;
      return;
    }
    const key = ends.join(" ");
    if (!lines.has(key)) lines.set(key, { from: ends[0], to: ends[1], count: 0, words: new Map() });
    const line = lines.get(key);
    line.count += 1;
    line.words.set(edges[at].label, (line.words.get(edges[at].label) ?? 0) + 1);
  });
  const found = [...lines.values()].sort((a, b) => b.count - a.count);
  return { ...NOTHING, listed: [], groups: all, lines: found, ...groupLayout(all, found) };
}

// ---- in words ------------------------------------------------------------------------------------------------------

function scopeWords() {
  const { nodeCount } = shown;
  if (state.mode === "overview") return `Showing all ${several(nodeCount, "node")} as dots`;
  if (state.mode === "sectors" && state.opened === null) {
    return `Showing ${several(nodeCount, "node")} in ${several(scope.groups.length, "group")}`;
  }
  if (state.mode === "all") return "";
  const around = state.mode === "sectors" ? groups[state.opened].label : centre() === null ? "" : nodes[centre()].label;
  return `Showing ${number(scope.nodes.length)} of ${number(nodeCount)} around ${around}`;
}
