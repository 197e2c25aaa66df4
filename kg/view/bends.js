// How drawn lines bend: apart where they have the same two ends, and around what they only pass.

const CURVE = 0.36;
const SHIFTS = [0, 0.06, 0.12, 0.2, 0.3, 0.42, 0.56].flatMap((shift) => (shift ? [shift, -shift] : [0]));
const CLEAR = 5;
const PIECES = 16;
// With more lines than these nobody follows one of them by eye, and bending all would take long.
const FOLLOWED = 600;

// A line of vis-network that bends clockwise where `bend` is above 0; the control is where vis-network has it.
function curveBetween(source, target, bend) {
  const [from, to] = [scope.spots.get(source), scope.spots.get(target)];
  const far = ((Math.abs(bend) + 1) / 2) * Math.hypot(to.x - from.x, to.y - from.y);
  const turned = Math.atan2(from.y - to.y, to.x - from.x) + ((bend + 1) / 2) * Math.PI;
  const control = { x: from.x + far * Math.sin(turned), y: from.y + far * Math.cos(turned) };
  const points = Array.from({ length: PIECES + 1 }, (_, piece) => pointOn(from, control, to, piece / PIECES));
  return { source, target, bend, points };
}

function pointOn(from, control, to, share) {
  const [a, b, c] = [(1 - share) ** 2, 2 * share * (1 - share), share ** 2];
  return { x: a * from.x + b * control.x + c * to.x, y: a * from.y + b * control.y + c * to.y };
}

function distanceTo(spot, start, stop) {
  const [dx, dy] = [stop.x - start.x, stop.y - start.y];
  const share = ((spot.x - start.x) * dx + (spot.y - start.y) * dy) / (dx * dx + dy * dy || 1);
  const held = Math.max(0, Math.min(1, share));
  return Math.hypot(spot.x - start.x - held * dx, spot.y - start.y - held * dy);
}

// How much room a line leaves to the rim of the nearest body that is not its end, at most what it should.
function roomBeside({ source, target, points }, bodies) {
  const [xs, ys] = [points.map((one) => one.x), points.map((one) => one.y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  let room = CLEAR;
  bodies.forEach(({ at, x, y, size }) => {
    const far = size + room;
    if (at === source || at === target || x < left - far || x > right + far || y < top - far || y > bottom + far) return;
    for (let piece = 0; piece < PIECES; piece += 1) {
      room = Math.min(room, distanceTo({ x, y }, points[piece], points[piece + 1]) - size);
    }
  });
  return room;
}

// Of lines that shift together, those with the least shift that run over no body, or else keep farthest from them.
function clearest(curvesAt, bodies, shifts) {
  const best = { room: -Infinity, curves: [] };
  for (const shift of shifts) {
    const curves = curvesAt(shift);
    const room = Math.min(...curves.map((curve) => roomBeside(curve, bodies)));
    if (room > best.room) Object.assign(best, { room, curves });
    if (room >= CLEAR) break;
  }
  return best.curves;
}

// What vis-network is told of a line, and where its middle is.
function bendOf({ bend, points }) {
  const type = bend > 0 ? "curvedCW" : "curvedCCW";
  const smooth = Math.abs(bend) > 0.01 && { enabled: true, type, roundness: Math.abs(bend) };
  return { look: { smooth }, middle: points[PIECES / 2] };
}

function bundles() {
  const beside = new Map();
  scope.edges.forEach((at) => {
    const key = [edges[at].source, edges[at].target].sort((a, b) => a - b).join(" ");
    beside.set(key, [...(beside.get(key) ?? []), at]);
  });
  return [...beside.values()];
}

let lastBends = { drawn: "" };

// Of every drawn edge, and of every line between groups; what is drawn as before is not asked again.
function bends() {
  const drawn = JSON.stringify([[...scope.spots], scope.edges, scope.groups.map(({ at, count }) => [at, count]), scope.lines]);
  if (drawn !== lastBends.drawn) lastBends = { drawn, ...bendsOf(scope) };
  return lastBends;
}

function bendsOf({ nodes: shownAt, groups: together, edges: between, lines, spots }) {
  const bodies = [
    ...shownAt.map((at) => ({ at, size: sizeOf(at), ...spots.get(at) })),
    ...together.map(({ at, count }) => ({ at, size: groupSize(count), ...spots.get(at) })),
  ];
  const shifts = between.length + lines.length > FOLLOWED ? [0] : SHIFTS;
  const found = new Map();
  bundles().forEach((bundle) => {
    const { source, target } = edges[bundle[0]];
    if (source === target) {
      const middle = spots.get(source);
      bundle.forEach((at, place) => found.set(at, { look: { selfReference: { size: 18 + 8 * place, angle: 0.8 } }, middle }));
      return;
    }
    // Seen from the other end, clockwise is the other side.
    const curvesAt = (shift) => bundle.map((at, place) => {
      const bend = (place - (bundle.length - 1) / 2) * CURVE + shift;
      return curveBetween(edges[at].source, edges[at].target, edges[at].source < edges[at].target ? bend : -bend);
    });
    clearest(curvesAt, bodies, shifts).forEach((curve, place) => found.set(bundle[place], bendOf(curve)));
  });
  const alone = ({ from, to }) => bendOf(clearest((shift) => [curveBetween(from, to, shift)], bodies, shifts)[0]);
  return { edges: found, lines: lines.map(alone) };
}
