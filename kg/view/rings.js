// Where drawn nodes stand: rings around the centre, children near their parent's angle; linear time, no chance in it.

const STRETCH = 1.45;
const TIGHT = { room: 64, gap: 104 };
const WIDE = { room: 104, gap: 122 };
const FULL = Math.PI * 2;

// Across and down: wider than high, as most windows are; a telephone is higher than wide.
function stretch() {
  const box = byId("canvas");
  return box.clientWidth < box.clientHeight ? [1, STRETCH] : [STRETCH, 1];
}

function layoutOf(found) {
  const tiers = state.overlay === "tiers" ? tiersOf(centre()) : new Map();
  const tiered = tiers.size > 1;
  if (state.mode === "all" && !tiered) {
    return { spots: new Map(found.nodes.map((at) => [at, { x: data.nodes.x[at], y: data.nodes.y[at] }])) };
  }
  const inside = (at) => neighbours(at).filter((other) => found.set.has(other));
  const opened = state.mode === "sectors" ? groups[state.opened].members.filter((at) => found.set.has(at)) : [];
  const seeds = state.mode === "sectors" ? opened.map((at) => [at, 1]) : found.nodes.includes(centre()) ? [[centre(), 0]] : [];
  // Between the rings of two tiers there is one for what has no tier: incidents, data, sources.
  const ringOf = (at, ring) => (tiered ? (tiers.has(at) ? 2 * tiers.get(at) : ring + 1 + (ring % 2)) : ring + 1);
  return ringLayout(found.nodes, inside, seeds, ringOf, found.nodes.length <= LABELS ? WIDE : TIGHT);
}

function groupLayout(all, lines) {
  const linked = new Map(all.map((group) => [group.at, []]));
  lines.forEach(({ from, to }) => {
    linked.get(from).push(to);
    linked.get(to).push(from);
  });
  const seeds = all.length ? [[all[0].at, 0]] : [];
  return ringLayout(all.map((group) => group.at), (at) => linked.get(at), seeds, (_, ring) => ring + 1,
    { room: 170, gap: 230 });
}

function ringLayout(members, linked, seeds, ringOf, space) {
  const tree = treeOf(members, linked, seeds, ringOf);
  const [across, down] = stretch();
  const spots = new Map();
  const radii = new Map();
  let radius = 0;
  wedges(tree).forEach(([ring, entries]) => {
    if (ring === 0) {
      entries.forEach(([node]) => spots.set(node, { x: 0, y: 0 }));
      return;
    }
    const bands = bandsOf(entries, radius + space.gap, space);
    radius = bands[bands.length - 1].radius;
    radii.set(ring, radius);
    bands.forEach((band) => spread(band.entries, space.room / band.radius).forEach(([node, angle]) => {
      const turned = angle - Math.PI / 2;
      spots.set(node, { x: Math.round(across * band.radius * Math.cos(turned)), y: Math.round(down * band.radius * Math.sin(turned)) });
    }));
  });
  return { spots, radii };
}

// Breadth first from the seeds; what they do not reach stands outside of everything else.
function treeOf(members, linked, seeds, ringOf) {
  const tree = new Map();
  const growFrom = (roots) => {
    roots.forEach(([node, ring]) => tree.set(node, { parent: null, ring }));
    const waiting = roots.map(([node]) => node);
    for (const node of waiting) {
      linked(node).forEach((other) => {
        if (tree.has(other)) return;
        tree.set(other, { parent: node, ring: ringOf(other, tree.get(node).ring) });
        waiting.push(other);
      });
    }
  };
  growFrom(seeds);
  const outside = Math.max(0, ...[...tree.values()].map(({ ring }) => ring)) + 1;
  members.forEach((node) => { if (!tree.has(node)) growFrom([[node, outside]]); });
  return tree;
}

// Each ring with its nodes at the middle of the wedge that their share of the leaves deserves.
function wedges(tree) {
  const leaves = new Map();
  const children = new Map([[null, []]]);
  [...tree.keys()].forEach((node) => {
    children.set(node, []);
    children.get(tree.get(node).parent).push(node);
  });
  [...tree.keys()].reverse().forEach((node) => {
    leaves.set(node, children.get(node).reduce((sum, child) => sum + leaves.get(child), 0) || 1);
  });
  const total = children.get(null).reduce((sum, node) => sum + leaves.get(node), 0);
  const rings = new Map();
  const lay = (parent, start) => children.get(parent).reduce((from, node) => {
    const { ring } = tree.get(node);
    if (!rings.has(ring)) rings.set(ring, []);
    rings.get(ring).push([node, (FULL * (from + leaves.get(node) / 2)) / total]);
    starts.set(node, from);
    return from + leaves.get(node);
  }, start);
  const starts = new Map();
  lay(null, 0);
  [...tree.keys()].forEach((node) => lay(node, starts.get(node)));
  return [...rings].sort((a, b) => a[0] - b[0]).map(([ring, entries]) => [ring, entries.sort((a, b) => a[1] - b[1])]);
}

// A ring as as many bands as its nodes need room for, the nodes dealt out by the room of each.
function bandsOf(entries, inner, { room, gap }) {
  const bands = [];
  let capacity = 0;
  for (let radius = inner; capacity < entries.length; radius += gap * 0.62) {
    bands.push({ radius, size: Math.max(1, Math.floor((FULL * radius) / room)), due: 0, entries: [] });
    capacity += bands[bands.length - 1].size;
  }
  entries.forEach((entry) => {
    bands.forEach((band) => { band.due += band.size / capacity; });
    const next = bands.reduce((best, band) => (band.due > best.due ? band : best));
    next.due -= 1;
    next.entries.push(entry);
  });
  return bands.filter((band) => band.entries.length);
}

// The nearest angles, in the sense of least squares, that keep neighbours apart; evenly where there is no room.
function spread(entries, apart) {
  if (entries.length * apart >= FULL * 0.92) {
    return entries.map(([node], at) => [node, entries[0][1] + (at * FULL) / entries.length]);
  }
  const pools = [];
  fromWidestHole(entries).forEach(([node, angle], at) => {
    let pool = { mean: angle - at * apart, nodes: [node] };
    while (pools.length && pools[pools.length - 1].mean >= pool.mean) {
      const before = pools.pop();
      const size = before.nodes.length + pool.nodes.length;
      pool = { mean: (before.mean * before.nodes.length + pool.mean * pool.nodes.length) / size,
        nodes: [...before.nodes, ...pool.nodes] };
    }
    pools.push(pool);
  });
  const placed = pools.flatMap((pool) => pool.nodes.map((node) => [node, pool.mean]))
    .map(([node, start], at) => [node, start + at * apart]);
  const wide = placed[placed.length - 1][1] - placed[0][1];
  if (wide <= FULL - apart) return placed;
  return entries.map(([node], at) => [node, entries[0][1] + (at * FULL) / entries.length]);
}

function fromWidestHole(entries) {
  const holes = entries.map(([, angle], at) =>
    (at + 1 < entries.length ? entries[at + 1][1] : entries[0][1] + FULL) - angle);
  const start = (holes.indexOf(Math.max(...holes)) + 1) % entries.length;
  return [...entries.slice(start), ...entries.slice(0, start).map(([node, angle]) => [node, angle + FULL])];
}
