// What vis-network draws, and where one looks at it from.

const root = document.documentElement;
const byId = (id) => document.getElementById(id);
const READABLE = 0.62;
const FAR = 0.5;
const LANDMARKS = 12;
const calm = matchMedia("(prefers-reduced-motion: reduce)");
let network;
let hovered = null;
const drawn = { nodes: new vis.DataSet(data.drawing.nodes), edges: new vis.DataSet(data.drawing.edges) };
const filtered = {
  nodes: new vis.DataView(drawn.nodes, { filter: (item) => shown.nodes[item.id] }),
  edges: new vis.DataView(drawn.edges, { filter: (item) => shown.edges[item.id] }),
};

function color(name) {
  return getComputedStyle(root).getPropertyValue(name).trim();
}

const byDegree = nodes.map((_, at) => at).sort((a, b) => edgesOf[b].length - edgesOf[a].length || a - b);

// From afar labels would be specks: then only the best-connected nodes keep theirs, in a size that can be read.
function labelling(strong) {
  const scale = network.getScale();
  if (scale >= FAR) return { size: 15, named: () => true };
  const few = strong.nodes.size <= LANDMARKS ? strong.nodes : new Set();
  const landmarks = new Set([...byDegree.filter((at) => shown.nodes[at]).slice(0, LANDMARKS), data.focus, state.node]);
  return { size: 11.5 / scale, named: (at) => landmarks.has(at) || few.has(at) };
}

// Mixed with the ground rather than transparent: a line must not show through the node it ends at.
function washed(hex, ground) {
  const parts = (text) => [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16));
  const [ink, paper] = [parts(hex), parts(ground)];
  return `rgb(${ink.map((part, at) => Math.round(part * 0.35 + paper[at] * 0.65)).join(",")})`;
}

function emphasis() {
  const strong = { nodes: new Set(), edges: new Set() };
  const path = pathAsked() ? shortestPath() : null;
  if (path) {
    path.forEach((at) => strong.nodes.add(at));
    hopsOf(path).forEach((hop) => hop.edges.forEach((at) => strong.edges.add(at)));
  }
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

function drawGraph() {
  const strong = emphasis();
  const ink = color("--ink");
  const ground = color("--canvas");
  const faint = color("--faint");
  const text = labelling(strong);
  drawn.nodes.update(nodes.map((node, at) => {
    const kind = nodeKinds[node.kind];
    const weak = strong.any && !strong.nodes.has(at);
    const chosen = at === state.node;
    const fill = weak ? washed(kind.color, ground) : kind.color;
    const outline = weak ? washed(ink, ground) : ink;
    return {
      id: at,
      label: text.named(at) ? data.drawing.nodes[at].label : " ",
      borderWidth: chosen ? 4 : kind.hollow ? 2.5 : at === data.focus ? 3 : 1.2,
      color: { background: kind.hollow ? ground : fill, border: chosen || !kind.hollow ? outline : fill },
      shapeProperties: { borderDashes: kind.hollow && !chosen ? [4, 8] : false },
      font: { color: weak ? faint : ink, size: text.size + (chosen ? 2 : 0), strokeWidth: 4, strokeColor: ground,
        face: "system-ui, sans-serif" },
    };
  }));
  drawn.edges.update(edges.map((edge, at) => {
    const weak = strong.any && !strong.edges.has(at);
    const named = at === state.edge || at === hovered || (strong.edges.has(at) && state.node === null);
    return {
      id: at,
      width: at === state.edge ? 4.5 : strong.edges.has(at) ? 3 : 1.8,
      color: { color: edgeKinds[edge.kind].color, opacity: weak ? 0.3 : 1, inherit: false },
      label: named ? edge.label.slice(0, 40) : " ",
      font: { color: ink, size: 13, strokeWidth: 4, strokeColor: ground, face: "system-ui, sans-serif" },
    };
  }));
  filtered.edges.refresh();
  filtered.nodes.refresh();
}

function fit() {
  const visible = nodes.map((_, at) => at).filter((at) => shown.nodes[at]);
  if (!visible.length) return;
  network.fit({ nodes: visible, animation: false, maxZoomLevel: 1.25 });
  drawGraph();
}

// Fitting a wide graph into a small window makes every label unreadable: begin at the middle of it instead.
function firstLook() {
  fit();
  const middle = state.node ?? data.focus ?? nodes.findIndex((_, at) => shown.nodes[at]);
  if (network.getScale() < READABLE && middle >= 0) {
    network.moveTo({ position: network.getPosition(middle), scale: READABLE, animation: false });
    drawGraph();
  }
}

function look() {
  const animation = calm.matches ? false : { duration: 300, easingFunction: "easeInOutQuad" };
  if (state.node !== null) {
    network.moveTo({ position: network.getPosition(state.node), scale: Math.max(network.getScale(), 0.9), animation });
    return;
  }
  const target = state.edge === null ? shortestPath() || [] : [edges[state.edge].source, edges[state.edge].target];
  const visible = target.filter((at) => shown.nodes[at]);
  if (visible.length) network.fit({ nodes: visible, animation, maxZoomLevel: 1.1 });
}

function pointAt(event) {
  const node = network.getNodeAt(event.pointer.DOM);
  const edge = node === undefined ? network.getEdgeAt(event.pointer.DOM) : undefined;
  if (node !== undefined) choose({ node });
  else if (edge !== undefined) choose({ edge });
  else clearChoice();
}

function hover(at) {
  hovered = at;
  byId("canvas").classList.toggle("pointing", at !== null);
  drawGraph();
}

function startDrawing() {
  const box = byId("canvas");
  network = new vis.Network(box, { nodes: filtered.nodes, edges: filtered.edges }, data.drawing.options);
  // The list of nodes is the way in by keyboard; the drawing's own frame would be a stop without a purpose.
  box.querySelectorAll("[tabindex]").forEach((element) => element.removeAttribute("tabindex"));
  network.on("click", pointAt);
  network.on("hoverNode", () => box.classList.add("pointing"));
  network.on("blurNode", () => box.classList.remove("pointing"));
  network.on("hoverEdge", (event) => hover(event.edge));
  network.on("blurEdge", () => hover(null));
  network.on("animationFinished", drawGraph);
  let before = 1;
  network.on("zoom", ({ scale }) => {
    if (scale < FAR || before < FAR) drawGraph();
    before = scale;
  });
}
