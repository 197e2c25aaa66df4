// What vis-network draws, and where one looks at it from.

const READABLE = 0.75;
const MARGIN = 70;
const MANY = 120;
const DASHES = { potential: [7, 6], doubted: [7, 6], denied: [2, 5] };
const FACE = "system-ui, sans-serif";
const OPTIONS = {
  physics: { enabled: false },
  layout: { improvedLayout: false, randomSeed: 1 },
  interaction: { hover: true, hoverConnectedEdges: false, selectConnectedEdges: false, zoomSpeed: 0.6 },
  // vis-network's own hover and selection colours would paint over a path that is being shown.
  nodes: { chosen: false },
  edges: { chosen: false, smooth: false },
};
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const drawn = { nodes: new vis.DataSet(), edges: new vis.DataSet() };
let network;
let hovered = null;
let pointed = null;

function color(name) {
  return getComputedStyle(root).getPropertyValue(name).trim();
}

function inks() {
  return { ink: color("--ink"), ground: color("--canvas"), faint: color("--faint") };
}

// Mixed with the ground rather than transparent: a line must not show through the node it ends at.
function washed(hex, ground) {
  const parts = (code) => [1, 3, 5].map((at) => parseInt(code.slice(at, at + 2), 16));
  const [ink, paper] = [parts(hex), parts(ground)];
  return `rgb(${ink.map((part, at) => Math.round(part * 0.35 + paper[at] * 0.65)).join(",")})`;
}

// ---- nodes and edges -----------------------------------------------------------------------------------------------

function emphasis() {
  const strong = { nodes: new Set(path || []), edges: new Set() };
  if (path) hopsOf(path).forEach((hop) => hop.edges.forEach((at) => strong.edges.add(at)));
  if (state.edge !== null) {
    strong.edges.add(state.edge);
    strong.nodes.add(edges[state.edge].source).add(edges[state.edge].target);
  }
  if (state.node !== null) {
    strong.nodes.add(state.node);
    neighbours(state.node).forEach((at) => strong.nodes.add(at));
    if (!path) edgesOf[state.node].forEach((at) => strong.edges.add(at));
  }
  return { ...strong, any: strong.nodes.size > 0 };
}

function nodeItem(at, strong, names, { ink, ground, faint }) {
  const node = nodes[at];
  const kind = nodeKinds[node.kind];
  const weak = strong.any && !strong.nodes.has(at);
  const chosen = at === state.node;
  const fill = weak ? washed(kind.color, ground) : kind.color;
  const outline = weak ? washed(ink, ground) : ink;
  return {
    id: at,
    ...scope.spots.get(at),
    shape: kind.shape,
    size: sizeOf(at),
    label: names.named(at) ? wrapped(node.label) : " ",
    borderWidth: chosen ? 4 : kind.hollow ? 2.5 : at === centre() ? 3 : 1.2,
    color: { background: kind.hollow ? ground : fill, border: chosen || !kind.hollow ? outline : fill },
    shapeProperties: { borderDashes: kind.hollow && !chosen ? [4, 8] : false },
    font: { color: weak ? faint : ink, size: names.size + (chosen ? 2 : 0), strokeWidth: 4, strokeColor: ground, face: FACE },
  };
}

function edgeItem(at, { strong, names }, { ink, ground }) {
  const edge = edges[at];
  const look = lookOf(edge);
  const { look: bent, middle } = scope.bends.edges.get(at);
  const weak = strong.any && !strong.edges.has(at);
  const many = scope.edges.length > MANY;
  const scale = network.getScale();
  const words = edge.label.slice(0, 40);
  const named = at === state.edge || at === hovered || (strong.edges.has(at) && state.node === null &&
    clearLine(middle, words, { size: 13, taken: names.taken }));
  return {
    id: at,
    from: edge.source,
    to: edge.target,
    dashes: DASHES[look] ?? false,
    arrows: { to: { enabled: true, type: edgeKinds[edge.kind].head } },
    ...bent,
    // What is chosen is thicker than all else, and among it too what carries exposure.
    width: (at === state.edge ? Math.max(5, 3.5 / scale) : strong.edges.has(at) ? Math.max(3.5, 2.4 / scale) :
      many ? 1.2 : 1.8) * (EXPOSURES.includes(look) ? 1 : 0.6),
    color: { color: edgeKinds[edge.kind].color, opacity: weak ? (many ? 0.15 : 0.3) : many && !strong.any ? 0.6 : 1, inherit: false },
    label: named ? words : " ",
    font: { color: ink, size: 13, strokeWidth: 4, strokeColor: ground, face: FACE },
  };
}

function groupItems(names, { ink, ground }) {
  return scope.groups.map((group) => {
    const { at, count } = group;
    const kind = nodeKinds[nodes[groups[at].members[0]].kind];
    return {
      id: `group ${at}`,
      ...scope.spots.get(at),
      shape: groups[at].sector ? "dot" : kind.shape,
      size: groupSize(count),
      label: names.groups.has(group) ? groupLabel(group) : " ",
      borderWidth: 4,
      color: { background: kind.color, border: ink },
      shapeProperties: { borderDashes: false },
      font: { color: ink, size: names.size, strokeWidth: 4, strokeColor: ground, face: FACE },
    };
  });
}

function lineItems(names, { ink, ground, faint }) {
  const most = Math.max(1, ...scope.lines.map((line) => line.count));
  return scope.lines.map((line, place) => ({
    id: `line ${place}`,
    from: `group ${line.from}`,
    to: `group ${line.to}`,
    dashes: false,
    arrows: { to: { enabled: false } },
    ...scope.bends.lines[place].look,
    width: 1 + 9 * Math.sqrt(line.count / most),
    color: { color: faint, opacity: 0.6, inherit: false },
    label: names.lines.has(line) ? number(line.count) : " ",
    font: { color: ink, size: names.small, strokeWidth: 4, strokeColor: ground, face: FACE },
  }));
}

function put(set, items) {
  const kept = new Set(items.map((item) => item.id));
  set.remove(set.getIds().filter((id) => !kept.has(id)));
  set.update(items);
}

function drawGraph() {
  const strong = emphasis();
  const look = inks();
  const names = labelling(strong);
  const words = groupLabelling();
  // An edge must never be left without its ends.
  const kept = new Set(scope.edges);
  drawn.edges.remove(drawn.edges.getIds().filter((id) => !kept.has(id)));
  put(drawn.nodes, [...scope.nodes.map((at) => nodeItem(at, strong, names, look)), ...groupItems(words, look)]);
  put(drawn.edges, [...scope.edges.map((at) => edgeItem(at, { strong, names }, look)), ...lineItems(words, look)]);
}

// ---- where one looks from ------------------------------------------------------------------------------------------

// The part of the drawing that can be seen: on a phone, the sheet covers the rest.
function sight() {
  const box = byId("canvas").getBoundingClientRect();
  const top = Math.max(box.top, 0);
  const bottom = narrow.matches ? Math.min(box.bottom, byId("panel").getBoundingClientRect().top) : box.bottom;
  if (bottom - top < MARGIN) return { share: 1, shift: 0, shows: () => true };
  const shows = (at) => {
    const y = box.top + network.canvasToDOM(network.getPosition(at)).y;
    return y > top && y < bottom;
  };
  return { share: (bottom - top) / box.height, shift: (top + bottom - box.top - box.bottom) / 2, shows };
}

function fitInSight({ animation, ...options }) {
  const { share, shift } = sight();
  network.fit({ ...options, animation: share === 1 && animation });
  if (share < 1) network.moveTo({ scale: network.getScale() * share, offset: { x: 0, y: shift } });
}

function fit() {
  if (state.mode === "overview" || !drawn.nodes.length) return;
  fitInSight({ animation: false, maxZoomLevel: 1.25 });
  drawGraph();
}

// Fitting a wide graph into a small window makes every label unreadable: begin at the middle of it instead.
function firstLook() {
  fit();
  const middle = state.node ?? centre();
  const readable = state.mode === "all" || narrow.matches ? READABLE : READABLE / 2;
  // What is only a little smaller is better seen whole.
  if (scope.set.has(middle) && network.getScale() < 0.8 * readable) {
    const { share, shift } = sight();
    network.moveTo({ position: beside(middle, readable, share), scale: readable, offset: { x: 0, y: shift }, animation: false });
    drawGraph();
  }
}

// A place to look at from which a node is in sight, and no more of the window empty than must be.
function beside(middle, scale, share) {
  const box = byId("canvas");
  const spots = [...reach(middle).keys()].filter((at) => scope.set.has(at)).map((at) => scope.spots.get(at));
  const along = (axis, length) => {
    const places = spots.map((one) => one[axis]);
    const [low, high] = [Math.min(...places) - MARGIN, Math.max(...places) + MARGIN];
    const half = length / scale / 2;
    if (high - low < 2 * half) return (low + high) / 2;
    return Math.min(Math.max(scope.spots.get(middle)[axis], low + half), high - half);
  };
  return { x: along("x", box.clientWidth), y: along("y", box.clientHeight * share) };
}

function look() {
  const animation = calm.matches ? false : { duration: 300, easingFunction: "easeInOutQuad" };
  if (state.node !== null) {
    if (!scope.set.has(state.node)) return;
    const offset = { x: 0, y: sight().shift };
    network.moveTo({ position: network.getPosition(state.node), scale: Math.max(network.getScale(), 0.9), offset, animation });
  } else {
    const target = state.edge === null ? path || [] : [edges[state.edge].source, edges[state.edge].target];
    const visible = target.filter((at) => scope.set.has(at));
    if (visible.length) fitInSight({ nodes: visible, animation, maxZoomLevel: 1.1 });
  }
  if (calm.matches) drawGraph();
}

function pointAt(event) {
  const node = network.getNodeAt(event.pointer.DOM);
  const edge = node === undefined ? network.getEdgeAt(event.pointer.DOM) : undefined;
  if (typeof node === "string") openGroup(Number(node.split(" ")[1]));
  else if (node !== undefined) choose({ node });
  else if (typeof edge === "number") choose({ edge });
  else clearChoice();
}

function hover(at) {
  hovered = at;
  byId("canvas").classList.toggle("pointing", at !== null);
  drawGraph();
}

// The name of a node that the pointer is on is written, whatever the room.
function pointTo(at) {
  pointed = at;
  byId("canvas").classList.toggle("pointing", at !== null);
  drawGraph();
}

function startDrawing() {
  const box = byId("canvas");
  network = new vis.Network(box, drawn, OPTIONS);
  // The list of nodes is the way in by keyboard; the drawing's own frame would be a stop without a purpose.
  box.querySelectorAll("[tabindex]").forEach((element) => element.removeAttribute("tabindex"));
  network.on("click", pointAt);
  network.on("hoverNode", (event) => pointTo(event.node));
  network.on("blurNode", () => pointTo(null));
  network.on("hoverEdge", (event) => hover(event.edge));
  network.on("blurEdge", () => hover(null));
  // vis-network does not tell of a pointer that leaves the drawing.
  box.addEventListener("mouseleave", () => {
    pointed = null;
    hover(null);
  });
  ["animationFinished", "dragEnd", "zoom"].forEach((event) => network.on(event, drawGraph));
  network.on("beforeDrawing", drawShades);
  network.on("beforeDrawing", drawBadges);
}
