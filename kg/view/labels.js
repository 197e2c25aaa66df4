// Which names are written on the drawing, and how.

const LABELS = 30;
const ENOUGH = 12;
const COUNTED = 12;
const FAR = 0.6;
const LINE = { length: 16, count: 3 };

// A few short lines; of an address, the host says most.
function wrapped(label) {
  const whole = isWeb(label) ? new URL(label).host : label;
  const lines = [];
  whole.split(/\s+/).filter(Boolean).forEach((word) => {
    const last = lines.length - 1;
    if (last >= 0 && lines[last].length + word.length < LINE.length) lines[last] += ` ${word}`;
    else for (let at = 0; at < word.length && lines.length <= LINE.count; at += LINE.length) lines.push(word.slice(at, at + LINE.length));
  });
  if (lines.length > LINE.count) {
    lines.length = LINE.count;
    lines[LINE.count - 1] = `${lines[LINE.count - 1].slice(0, LINE.length - 2)} …`;
  }
  return lines.join("\n") || "…";
}

function sizeOf(at) {
  return 13 + Math.min(9, 2 * Math.sqrt(edgesOf[at].length)) + (at === data.focus ? 3 : 0);
}

function groupSize(count) {
  return 20 + 26 * Math.sqrt(count / Math.max(1, ...scope.groups.map((group) => group.count)));
}

function groupLabel({ at, count }) {
  return `${wrapped(groups[at].label)}\n${number(count)}`;
}

// The box that words need, their middle at x and their upper end at top, in the drawing's own units.
function wordsBox(words, { x, top, size }) {
  const lines = words.split("\n");
  const wide = 0.56 * size * Math.max(...lines.map((line) => line.length));
  return { left: x - wide / 2, right: x + wide / 2, top, bottom: top + 1.2 * size * lines.length };
}

function labelBox(at, size) {
  const { x, y } = scope.spots.get(at);
  return wordsBox(wrapped(nodes[at].label), { x, top: y + sizeOf(at) + 4, size });
}

function bodyBox(at, size) {
  const { x, y } = scope.spots.get(at);
  return { left: x - size, right: x + size, top: y - size, bottom: y + size };
}

function inView() {
  const box = byId("canvas");
  const [from, to] = [{ x: 0, y: 0 }, { x: box.clientWidth, y: box.clientHeight }].map((spot) => network.DOMtoCanvas(spot));
  return (at) => {
    const { x, y } = scope.spots.get(at);
    return x > from.x && x < to.x && y > from.y && y < to.y;
  };
}

function apart(one, other) {
  return one.right < other.left || other.right < one.left || one.bottom < other.top || other.bottom < one.top;
}

// Whether a box is clear of those that are taken; if so, it is one of them from then on.
function claimed(box, taken) {
  const free = taken.every((other) => apart(box, other));
  if (free) taken.push(box);
  return free;
}

// All names where there is room for all; else those of the most important nodes in sight, clear of names and of nodes.
function labelling(strong) {
  const scale = network.getScale();
  if ((state.mode === "all" || scope.nodes.length <= LABELS) && scale >= FAR) {
    return { size: 15, named: () => true, taken: scope.nodes.map((at) => labelBox(at, 15)) };
  }
  const size = Math.max(15, 11.5 / scale);
  const first = new Set([state.node, pointed, ...(path || []), centre(), ...strong.nodes]);
  const order = [...new Set([...first, ...[...scope.nodes].sort(byRelations)])].filter((at) => scope.set.has(at));
  const bodies = new Map(scope.nodes.map((at) => [at, bodyBox(at, sizeOf(at))]));
  const taken = [];
  const named = new Set();
  const sighted = inView();
  const add = (most, clear) => order.forEach((at) => {
    if (named.has(at) || named.size >= most) return;
    const box = labelBox(at, size);
    const free = sighted(at) && taken.every((other) => apart(box, other)) && (first.has(at) || clear(at, box));
    if (!free && at !== state.node && at !== pointed) return;
    named.add(at);
    taken.push(box);
  });
  add(LABELS, (at, box) => [...bodies].every(([other, body]) => other === at || apart(box, body)));
  // Where nodes stand too close for that, a few names over nodes are better than none.
  add(ENOUGH, () => true);
  return { size, named: (at) => named.has(at), taken };
}

// The words of a line stand at its middle, where no name is.
function clearLine({ x, y }, words, { size, taken }) {
  return claimed(wordsBox(words, { x, top: y - size / 2, size }), taken);
}

// The names of groups, the biggest first, then the counts of the thickest lines, each clear of all before it.
function groupLabelling() {
  const scale = network.getScale();
  const [size, small] = [Math.max(17, 12 / scale), Math.max(14, 10.5 / scale)];
  const taken = scope.groups.map(({ at, count }) => bodyBox(at, groupSize(count)));
  const name = (group) => {
    const { x, y } = scope.spots.get(group.at);
    const box = wordsBox(groupLabel(group), { x, top: y + groupSize(group.count) + 4, size });
    return claimed(box, taken) || pointed === `group ${group.at}`;
  };
  const tally = (line, place) => hovered === `line ${place}` || (place < COUNTED &&
    clearLine(scope.bends.lines[place].middle, number(line.count), { size: small, taken }));
  return { size, small, groups: new Set(scope.groups.filter(name)), lines: new Set(scope.lines.filter(tally)) };
}
