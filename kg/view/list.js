// The list of what is drawn: the way through the drawing by keyboard and for a screen reader.

let cursor = 0;

function option(id, selected, symbol, words, unseen) {
  return make("li", { role: "option", id, "aria-selected": String(selected) }, symbol,
    make("span", { className: "words" }, words), make("span", { className: "unseen" }, unseen));
}

function drawList() {
  const list = byId("list");
  const grouped = scope.groups.length > 0;
  cursor = Math.max(0, Math.min(cursor, scope.groups.length - 1));
  const entries = grouped
    ? scope.groups.map(({ at, count }, place) => option(`group-${at}`, place === cursor, nodeSymbol(groups[at].members[0]),
      `${groups[at].label} (${number(count)})`, ", group, Enter opens it"))
    : [...scope.listed].sort((a, b) => a - b).map((at) => option(`node-${at}`, at === state.node, nodeSymbol(at),
      nodes[at].label, [``, nodeKinds[nodes[at].kind].label, ...marksOf(at).map((mark) => mark.words)].join(", ")));
  list.replaceChildren(...entries);
  const active = list.querySelector("[aria-selected=true]");
  if (!active) {
    list.removeAttribute("aria-activedescendant");
    return;
  }
  list.setAttribute("aria-activedescendant", active.id);
  // Only the list may scroll: on a phone the page itself would jump.
  const below = active.offsetTop + active.offsetHeight - list.clientHeight;
  list.scrollTop = Math.min(active.offsetTop, Math.max(list.scrollTop, below));
}

function take(item) {
  const [what, at] = item.id.split("-");
  if (what === "group") openGroup(Number(at));
  else choose({ node: Number(at) }, { camera: true });
}

function groupKeys(event) {
  const last = scope.groups.length - 1;
  const moves = { ArrowDown: cursor + 1, ArrowUp: cursor - 1, Home: 0, End: last };
  if (event.key === "Enter") {
    event.preventDefault();
    openGroup(scope.groups[cursor].at);
  } else if (Object.hasOwn(moves, event.key)) {
    event.preventDefault();
    cursor = Math.max(0, Math.min(moves[event.key], last));
    drawList();
  }
}

function listKeys(event) {
  if (scope.groups.length) {
    groupKeys(event);
    return;
  }
  const order = [...scope.listed].sort((a, b) => a - b);
  const start = anchor !== null && shown.nodes[anchor] ? anchor : state.node;
  const around = start === null ? [] : neighbours(start);
  const step = (from, by) => from[(from.indexOf(state.node) + by + from.length) % from.length];
  const last = order[order.length - 1];
  const moves = {
    ArrowDown: () => (state.node === null ? order[0] : step(order, 1)),
    ArrowUp: () => (state.node === null ? last : step(order, -1)),
    ArrowRight: () => (around.includes(state.node) ? step(around, 1) : around[0]),
    ArrowLeft: () => (around.includes(state.node) ? step(around, -1) : around[around.length - 1]),
    Home: () => order[0],
    End: () => last,
    Enter: () => state.node,
  };
  if (!Object.hasOwn(moves, event.key)) return;
  event.preventDefault();
  const node = moves[event.key]();
  if (node === undefined || node === null) return;
  choose({ node }, { camera: true, keepAnchor: event.key === "ArrowRight" || event.key === "ArrowLeft" });
}

function startList() {
  byId("list").addEventListener("keydown", listKeys);
  byId("list").addEventListener("click", (event) => {
    const item = event.target.closest("[role=option]");
    if (item) take(item);
  });
}
