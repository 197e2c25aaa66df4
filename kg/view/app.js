// The controls of the page, and what the reader does with them.

let searchBox;
const pathBoxes = {};

function say(words) {
  byId("status").textContent = words;
}

function refresh() {
  shown = compute();
  path = shortestPath();
  scope = scopeOf();
  scope.bends = bends();
  scope.overlay = overlayOf();
}

// What is drawn anew may have had the keyboard: it goes on from what is told now.
function keepFocus(held) {
  const lost = (one) => one.disabled || one.getClientRects().length === 0;
  if (!held || !lost(held)) return;
  const heading = byId("panel-heading");
  (lost(heading) ? byId("sheet") : heading).focus();
}

function update() {
  const held = document.activeElement;
  refresh();
  drawTabs();
  drawGraph();
  drawOverview();
  drawLegend();
  drawControls();
  drawTable();
  drawList();
  drawPanel();
  keepAddress();
  keepFocus(held);
}

// A drawing of other nodes is looked at from where it can be seen.
function updateAndLook() {
  update();
  if (state.tab === "graph") firstLook();
}

function keepAddress() {
  if (!framed) history.replaceState(null, "", fragment());
}

// ---- drawing the controls ------------------------------------------------------------------------------------------

function drawLegend() {
  const put = (selector, on, total) => {
    byId("legend").querySelector(selector).textContent =
      on === total ? number(total) : `${number(on)} of ${number(total)}`;
  };
  nodeKinds.forEach((kind, at) => put(`[data-node-count="${at}"]`, shown.nodeKinds[at], kind.count));
  edgeKinds.forEach((kind, at) => put(`[data-edge-count="${at}"]`, shown.edgeKinds[at], kind.count));
  EXPOSURES.forEach((word) => put(`[data-exposure-count="${word}"]`, shown.exposures[word], data.exposures[word]));
  const checks = [["nodeKind", state.offNodes], ["edgeKind", state.offEdges]];
  document.querySelectorAll("#legend input").forEach((box) => {
    const hit = checks.find(([name]) => name in box.dataset);
    box.checked = hit ? !hit[1].has(Number(box.dataset[hit[0]])) : !state.offExposure.has(box.dataset.exposure);
  });
}

function drawControls() {
  document.querySelectorAll("[data-mode]").forEach((one) => {
    one.setAttribute("aria-pressed", String(one.dataset.mode === state.mode));
  });
  byId("shown").textContent = `${number(shown.nodeCount)} of ${several(nodes.length, "node")}, ` +
    `${number(shown.edgeCount)} of ${several(edges.length, "relation")}`;
  byId("drawn").textContent = scopeWords();
  byId("only").setAttribute("aria-pressed", String(state.only !== null));
  byId("only").disabled = state.only === null && state.node === null;
  byId("back-to-sectors").hidden = state.mode !== "sectors" || state.opened === null;
  byId("path-words").textContent = "";
  ["from", "to"].forEach((end) => pathBoxes[end].set(state[end] === null ? "" : nodes[state[end]].label));
  byId("least").value = String(state.least);
  byId("overlay").value = state.overlay;
  byId("overlay-words").textContent = scope.overlay.words;
  OVERLAYS.slice(1).forEach((name) => { byId(`key-${name}`).hidden = state.overlay !== name; });
  drawTime();
}

function drawTime() {
  if (!dated) return;
  ["since", "until"].forEach((end) => {
    const month = state[end] ?? months[end === "since" ? "first" : "last"];
    byId(end).value = String(month);
    byId(end).setAttribute("aria-valuetext", monthText(month));
    byId(`${end}-month`).textContent = monthText(month);
  });
  byId("undated").checked = state.undated;
}

function drawTabs() {
  ["graph", "table"].forEach((name) => {
    byId(name).hidden = state.tab !== name;
    byId(`tab-${name}`).setAttribute("aria-selected", String(state.tab === name));
    byId(`tab-${name}`).tabIndex = state.tab === name ? 0 : -1;
  });
  document.querySelectorAll(".graph-only").forEach((one) => { one.hidden = state.tab === "table"; });
  byId("canvas").hidden = state.mode === "overview";
  byId("overview").hidden = state.mode !== "overview";
  byId("save-png").disabled = state.tab === "table";
}

// ---- choosing ------------------------------------------------------------------------------------------------------

// What is chosen has to be let through: the filters that hide it give way, the last first.
function reveal(ends, edge) {
  ends.forEach((at) => state.offNodes.delete(nodes[at].kind));
  if (edge !== null) {
    state.offEdges.delete(edges[edge].kind);
    state.offExposure.delete(edges[edge].exposure);
  }
  const hidden = () => {
    const on = compute();
    return !ends.every((at) => on.nodes[at]) || (edge !== null && !on.edges[edge]);
  };
  if (hidden()) state.only = null;
  if (hidden()) Object.assign(state, { since: null, until: null, undated: true });
}

// What is not drawn becomes the centre of the drawing.
function bringIn(ends) {
  if (ends.every((at) => scope.set.has(at))) return false;
  Object.assign(state, { mode: "near", centre: ends[0], grown: [], opened: null });
  return true;
}

function choose({ node = null, edge = null }, { camera = false, focus = false, keepAnchor = false } = {}) {
  const ends = node !== null ? [node] : [edges[edge].source, edges[edge].target];
  state.node = node;
  state.edge = edge;
  reveal(ends, edge);
  refresh();
  const moved = bringIn(ends);
  if (!keepAnchor) anchor = node;
  update();
  openSheet(true);
  if (state.tab === "graph") {
    if (moved) firstLook();
    if (camera || (narrow.matches && !ends.some(sight().shows))) look();
  }
  if (focus) byId("panel-heading").focus();
  say(node === null ? sentence(edge)
    : [nodes[node].label, nodeKinds[nodes[node].kind].label, `${several(neighbours(node).length, "neighbour")}`,
      ...marksOf(node).map((mark) => mark.words)].join(", "));
}

function clearChoice() {
  state.node = null;
  state.edge = null;
  update();
  openSheet(pathAsked());
}

function choosePathEnd(end, at) {
  state[end] = at;
  if (pathAsked()) {
    showPath();
    return;
  }
  update();
  say(`Path ${end} ${nodes[at].label}. Choose the other end.`);
  if (!narrow.matches) byId(end === "from" ? "path-to" : "path-from").focus();
}

function showPath() {
  state.node = null;
  state.edge = null;
  refresh();
  const moved = path !== null && bringIn(path);
  if (path !== null && !moved && state.mode === "near") [state.centre] = path;
  update();
  openSheet(true);
  if (state.tab === "graph") {
    if (moved) firstLook();
    look();
  }
  say(path ? `Path of ${several(path.length - 1, "hop")}` : "No path through what is shown");
  byId("panel-heading").focus();
}

// ---- what is drawn -------------------------------------------------------------------------------------------------

function setMode(mode) {
  if (mode === "near" && state.mode !== "near") state.centre = state.node ?? path?.[0] ?? state.centre;
  if (mode === "sectors") Object.assign(state, { node: null, edge: null, opened: null });
  state.mode = mode;
  updateAndLook();
  say(byId("drawn").textContent);
}

function centreOn(at) {
  Object.assign(state, { mode: "near", centre: at, node: at, edge: null, grown: [], opened: null });
  updateAndLook();
  say(byId("drawn").textContent);
}

function grow(at) {
  const before = scope.set;
  state.grown = [...state.grown.filter((other) => other !== at), at];
  update();
  fit();
  const added = neighbours(at).filter((other) => scope.set.has(other) && !before.has(other)).length;
  const left = neighbours(at).filter((other) => !scope.set.has(other)).length;
  const gone = [...before].filter((other) => !scope.set.has(other)).length;
  const words = [`${several(added, "neighbour")} added`, left ? `${number(left)} did not fit` : "",
    gone ? `${number(gone)} farther ones made room` : ""].filter(Boolean).join(", ");
  byId("drawn").textContent = `${scopeWords()}: ${words}`;
  say(words);
}

function openGroup(at) {
  Object.assign(state, { mode: "sectors", opened: at, node: null, edge: null });
  openSheet(true);
  updateAndLook();
  say(`${groups[at].label}: ${byId("drawn").textContent}`);
}

function closeGroup() {
  setMode("sectors");
}

function toggleOnly() {
  state.only = state.only === null ? state.node : null;
  if (state.only !== null) state.centre = state.only;
  refresh();
  if (state.only !== null) bringIn([state.only]);
  update();
  fit();
  say(byId("shown").textContent);
}

function reset() {
  const { tab } = state;
  Object.assign(state, blank(), { tab });
  anchor = null;
  openSheet(false);
  updateAndLook();
  say("Everything is shown");
}

// ---- filters -------------------------------------------------------------------------------------------------------

function filtered() {
  shown = compute();
  if (state.node !== null && !shown.nodes[state.node]) state.node = null;
  if (state.edge !== null && !shown.edges[state.edge]) state.edge = null;
  state.row = 0;
  update();
  say(byId("shown").textContent);
}

function filter(box) {
  const [set, value] = "nodeKind" in box.dataset ? [state.offNodes, Number(box.dataset.nodeKind)]
    : "edgeKind" in box.dataset ? [state.offEdges, Number(box.dataset.edgeKind)]
      : [state.offExposure, box.dataset.exposure];
  if (box.checked) set.delete(value);
  else set.add(value);
  filtered();
}

// The two ends push each other along, so that they never cross.
function setTime(end) {
  const value = Number(byId(end).value);
  const other = end === "since" ? "until" : "since";
  const bound = (name, month) => (month === months[name === "since" ? "first" : "last"] ? null : month);
  state[end] = bound(end, value);
  const opposite = state[other] ?? months[other === "since" ? "first" : "last"];
  if (end === "since" ? opposite < value : opposite > value) state[other] = bound(other, value);
  filtered();
}

function startFilters() {
  byId("legend").addEventListener("change", (event) => filter(event.target));
  byId("least").addEventListener("input", () => {
    state.least = wholeNumber(byId("least").value, nodes.length);
    filtered();
  });
  byId("time").hidden = !dated;
  if (!dated) return;
  ["since", "until"].forEach((end) => {
    byId(end).min = String(months.first);
    byId(end).max = String(months.last);
    byId(end).addEventListener("input", () => setTime(end));
  });
  byId("undated").addEventListener("change", () => {
    state.undated = byId("undated").checked;
    filtered();
  });
}
