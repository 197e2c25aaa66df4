// All nodes at once, each a dot at its place: what no drawing of labels and lines could show.

const DOT = 2.6;
const PICK = 24;
let plot = null;

// The data's places scaled into the canvas, a margin left free.
function plotOf(box) {
  const { x: xs, y: ys } = data.nodes;
  const bounds = (values) => values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity]);
  const [[left, right], [top, bottom]] = [bounds(xs), bounds(ys)];
  const [wide, high] = [box.clientWidth, box.clientHeight];
  const scale = Math.min((wide - 40) / Math.max(1, right - left), (high - 40) / Math.max(1, bottom - top));
  return { wide, high, place: (at) => ({
    x: wide / 2 + (xs[at] - (left + right) / 2) * scale,
    y: high / 2 + (ys[at] - (top + bottom) / 2) * scale,
  }) };
}

function drawOverview() {
  const box = byId("overview");
  if (box.hidden || !box.clientWidth) return;
  plot = plotOf(box);
  const sharp = window.devicePixelRatio || 1;
  box.width = Math.round(plot.wide * sharp);
  box.height = Math.round(plot.high * sharp);
  const pen = box.getContext("2d");
  pen.scale(sharp, sharp);
  const { ink, ground } = inks();
  pen.fillStyle = ground;
  pen.fillRect(0, 0, plot.wide, plot.high);
  // One path for each kind: setting a colour for each dot would cost more than the dots.
  nodeKinds.forEach((kind, number) => {
    pen.beginPath();
    nodes.forEach((node, at) => {
      if (node.kind !== number || !shown.nodes[at]) return;
      const { x, y } = plot.place(at);
      const size = DOT + Math.min(4, Math.sqrt(edgesOf[at].length) / 4);
      pen.moveTo(x + size, y);
      pen.arc(x, y, size, 0, FULL);
    });
    pen.fillStyle = kind.color;
    pen.fill();
  });
  ringed().forEach((at) => {
    const { x, y } = plot.place(at);
    pen.beginPath();
    pen.arc(x, y, 9, 0, FULL);
    pen.lineWidth = 2.5;
    pen.strokeStyle = ink;
    pen.stroke();
  });
}

function ringed() {
  const ends = state.edge === null ? [] : [edges[state.edge].source, edges[state.edge].target];
  const found = searchBox.matches().filter((match) => match.node !== undefined).map((match) => match.node);
  return [...new Set([state.node, ...ends, ...(path || []), ...found])].filter((at) => at !== null && shown.nodes[at]);
}

function nearestDot(event) {
  if (!plot) return null;
  const box = byId("overview").getBoundingClientRect();
  const [x, y] = [event.clientX - box.left, event.clientY - box.top];
  let best = null;
  let least = PICK;
  nodes.forEach((_, at) => {
    if (!shown.nodes[at]) return;
    const spot = plot.place(at);
    const distance = Math.hypot(spot.x - x, spot.y - y);
    if (distance < least) [best, least] = [at, distance];
  });
  return best;
}

function startOverview() {
  const box = byId("overview");
  box.addEventListener("click", (event) => {
    const at = nearestDot(event);
    if (at !== null) choose({ node: at }, { camera: true });
  });
  box.addEventListener("mousemove", (event) => {
    const at = nearestDot(event);
    box.classList.toggle("pointing", at !== null);
    byId("spot").textContent = at === null ? "" : `${nodes[at].label}, ${nodeKinds[nodes[at].kind].label}`;
  });
  box.addEventListener("mouseleave", () => { byId("spot").textContent = ""; });
  new ResizeObserver(drawOverview).observe(byId("graph"));
}
