// What can be laid over the drawing: tiers around the centre, the blast radius of a vendor, marks.

const USES = places.edgeKind.get("usesVendor");
const BREACHED = places.edgeKind.get("breached");
const TOLD = 3;
const AFFECTS = places.edgeKind.get("affectsDownstream");
const SPARED = places.edgeKind.get("customer_unaffected");

function leading(node, kind, end) {
  if (kind === undefined) return [];
  return edgesOf[node].map((at) => edges[at]).filter((edge, place) =>
    edge.kind === kind && edge[end] === node && shown.edges[edgesOf[node][place]]);
}

// Who uses whom, by the end that a node is; a relationship that is only denied leads nowhere.
function supplyOf(node, end) {
  return leading(node, USES, end).filter((edge) => edge.certainty !== "denied");
}

// No way leads on through an unnamed group: those of it who supply need not be those who are supplied.
function reachOf(start, next) {
  return reach(start, (node) => (node !== start && kindOf(node) === "group" ? [] : next(node)));
}

// Steps along who uses whom, in the shorter direction; around the focus, those the page was made with.
function tiersOf(start) {
  const found = new Map();
  if (start === null) return found;
  if (start === data.focus) {
    nodes.forEach((node, at) => { if (node.tier !== null) found.set(at, node.tier); });
    if (found.size > 1) return found;
  }
  const suppliers = (node) => supplyOf(node, "source").map((edge) => edge.target);
  const customers = (node) => supplyOf(node, "target").map((edge) => edge.source);
  [suppliers, customers].forEach((next) => reachOf(start, next).forEach(({ steps }, node) => {
    found.set(node, Math.min(steps, found.get(node) ?? Infinity));
  }));
  return found;
}

function harmedIn(incident, kind) {
  return leading(incident, kind, "source").filter((edge) => edge.exposure).map((edge) => [edge.target, edge]);
}

function spares(incident, node) {
  return leading(incident, SPARED, "source").some((edge) => edge.target === node);
}

// Who is a step away from harm at a node, and the relation that says so; what is denied is no harm.
function dependents(node) {
  return [
    ...supplyOf(node, "target").map((edge) => [edge.source, edge]),
    ...[AFFECTS, BREACHED].flatMap((kind) => harmedIn(node, kind)),
  ];
}

// Those who are confirmed to be harmed by what happened at a node, unless they are said to be spared by it.
function harmedThrough(start) {
  const hit = leading(start, BREACHED, "target").filter((edge) => edge.exposure).map((edge) => edge.source);
  return new Set([...dependents(start), ...hit.flatMap((incident) => harmedIn(incident, AFFECTS))]
    .filter(([node, edge]) => edge.exposure === "confirmed" && !spares(edge.source, node))
    .map(([node]) => node));
}

// Everybody who depends on a node, with the steps to it, but not whom what happened there left alone.
function blastOf(start) {
  const harmed = harmedThrough(start);
  const begun = [start, ...harmedIn(start, BREACHED).map(([node]) => node)];
  const alone = (node) => spares(start, node) || begun.some((one) => leftAloneBy[node].has(one));
  const found = reachOf(start, (node) => dependents(node).map(([other]) => other));
  return new Map([...found].filter(([node]) => node !== start && !alone(node))
    .map(([node, { steps }]) => [node, { steps, confirmed: harmed.has(node) }]));
}

// Whether any harm is told at a node: without, who depends on it is not exposed.
function hit(node) {
  return kindOf(node) === "incident" ||
    edgesOf[node].some((at) => shown.edges[at] && edges[at].target === node && edges[at].exposure);
}

// How many are said to have been left alone by an incident that did harm there, and are not exposed through another one.
function sparedBeside(blast, start) {
  const incidents = [start, ...[BREACHED, AFFECTS].flatMap((kind) => leading(start, kind, "target")).map((edge) => edge.source)];
  const spared = incidents.flatMap((incident) => leading(incident, SPARED, "source")).map((edge) => edge.target);
  return new Set(spared.filter((node) => !blast.has(node))).size;
}

function marksOf(at) {
  const { sole_for: soleFor, portfolio } = nodes[at];
  return [
    soleFor > 0 ? { letter: "S", words: `single point of failure, sole way for ${number(soleFor)}` } : null,
    portfolio ? { letter: "P", words: `in your portfolio: ${portfolio}` } : null,
  ].filter(Boolean);
}

// The browser's own formatting costs a tenth of the time to the first view.
function number(value) {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

function several(count, one, many = `${one}s`) {
  return `${number(count)} ${count === 1 ? one : many}`;
}

// ---- what the chosen overlay shows, and how it is told in words ----------------------------------------------------

function overlayOf() {
  const start = state.node ?? centre();
  if (state.overlay === "tiers") return tierOverlay();
  if (state.overlay === "blast" && start !== null && shown.nodes[start]) return blastOverlay(start);
  if (state.overlay === "marks") return markOverlay();
  return { tiers: new Map(), blast: new Map(), marks: false, words: "" };
}

// Where something is left out, by the filters or already by who made the page, numbers are only of what is here.
function partial() {
  return data.part || shown.nodeCount < nodes.length || shown.edgeCount < edges.length;
}

// How many are at each step; what is far away is told together.
function byStep(counts, one, many) {
  const near = counts.length > TOLD + 1 ? counts.slice(0, TOLD) : counts;
  const far = counts.slice(near.length).reduce((sum, count) => sum + count, 0);
  const told = near.map((count, at) => `${number(count)} ${one(at + 1)}`);
  return [...told, ...(far ? [`${number(far)} ${many(near.length + 1, counts.length)}`] : [])].join(", ");
}

function tierOverlay() {
  const tiers = tiersOf(centre());
  const most = Math.max(0, ...tiers.values());
  const name = centre() === null ? "" : nodes[centre()].label;
  const counts = Array.from({ length: most }, (_, at) => [...tiers.values()].filter((tier) => tier === at + 1).length);
  const steps = byStep(counts, (at) => `in tier ${at}`, (from, to) => `in tiers ${from} to ${to}`);
  const words = most === 0 ? `No supply chain is known around ${name}.`
    : `Supply chain of ${name}${partial() ? ", of what is shown here" : ""}: ${steps}.`;
  return { tiers: most === 0 ? new Map() : tiers, blast: new Map(), marks: false, words };
}

function blastOverlay(start) {
  const blast = blastOf(start);
  // What is unnamed may be one of those that are named: it is drawn with them, and counted apart.
  const all = [...blast].filter(([node]) => kindOf(node) !== "group").map(([, one]) => one);
  const groups = blast.size - all.length;
  const confirmed = all.filter((one) => one.confirmed).length;
  const most = Math.max(0, ...all.map((one) => one.steps));
  const counts = Array.from({ length: most }, (_, at) => all.filter((one) => one.steps === at + 1).length);
  const steps = byStep(counts, (at) => `after ${several(at, "step")}`, (from, to) => `after ${from} to ${to} steps`);
  const { label } = nodes[start];
  const words = blast.size === 0 ? `Nobody shown depends on ${label}.`
    : (partial() ? "Of those shown here, " : "") +
      `${several(all.length, "organization depends", "organizations depend")} on ${label}: ` +
      `${hit(start) ? `${number(confirmed)} confirmed, ${number(all.length - confirmed)} potential` : "no incident"}${steps && `; ${steps}`}.`;
  const spared = sparedBeside(blast, start);
  const beside = (groups ? ` Unnamed groups: ${number(groups)}.` : "") +
    (spared ? ` Said not to be affected: ${number(spared)}.` : "");
  return { tiers: new Map(), blast, marks: false, words: words + beside };
}

function markOverlay() {
  const on = shownNodes();
  const sole = on.filter((at) => nodes[at].sole_for > 0).length;
  const own = on.filter((at) => nodes[at].portfolio).length;
  const words = `${several(sole, "single point", "single points")} of failure, ${several(own, "node")} of your portfolio.`;
  return { tiers: new Map(), blast: new Map(), marks: true, words };
}
