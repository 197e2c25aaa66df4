// The panel, the lists, and what the reader does with them.

// A frame made from srcdoc has no address of its own and may neither save files nor open windows.
const framed = location.protocol === "about:";
const narrow = matchMedia("(max-width: 760px)");

// ---- building the document ----------------------------------------------------------------------------------------

function make(tag, properties, ...children) {
  const element = document.createElement(tag);
  const { className, on, ...attributes } = properties || {};
  if (className) element.className = className;
  if (on) element.addEventListener("click", on);
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

function button(text, on, className) {
  return make("button", { type: "button", className, on }, text);
}

function isWeb(address) {
  try {
    return ["http:", "https:"].includes(new URL(address).protocol);
  } catch {
    return false;
  }
}

function address(item) {
  if (!item.url) return null;
  if (!item.link || !isWeb(item.link) || framed) return make("span", { className: "plain-address" }, item.url);
  const rel = "noopener noreferrer nofollow";
  return make("a", { href: item.link, target: "_blank", rel, title: item.link }, `${new URL(item.link).host} ↗`);
}

function symbolOf(selector) {
  return byId("legend").querySelector(selector).closest("label").querySelector("svg").cloneNode(true);
}

function nodeSymbol(at) {
  return symbolOf(`[data-node-kind="${nodes[at].kind}"]`);
}

function edgeSymbol(at) {
  const symbol = symbolOf(`[data-edge-kind="${edges[at].kind}"]`);
  if (edges[at].exposure === "potential") symbol.querySelector("line").setAttribute("stroke-dasharray", "5 4");
  return symbol;
}

function facts(pairs) {
  const list = make("dl", { className: "facts" });
  pairs.filter(([, value]) => value !== "" && value !== null).forEach(([name, value]) => {
    list.append(make("div", null, make("dt", null, name), make("dd", null, value)));
  });
  return list.childElementCount ? list : null;
}

function quotation(quote) {
  const line = (...parts) => parts.filter(Boolean).join(", ");
  const span = quote.span ? `characters ${quote.span[0]} to ${quote.span[1]}` : "";
  return make("figure", { className: "quote" },
    make("blockquote", null, quote.text),
    make("figcaption", null,
      make("span", { className: "said" }, line(quote.source === quote.url ? "" : quote.source, quote.date)),
      make("span", null, line(quote.document, quote.place)),
      make("span", null, line(quote.certainty, quote.basis)),
      address(quote),
      make("details", null, make("summary", null, "How it was read"),
        facts([["Place", span], ["Read by", quote.extractor], ["Confidence", quote.confidence],
          ["Claim", quote.claim]]) || "")));
}

function tags(edge) {
  const words = [edge.exposure || edge.certainty, edge.status, edge.date].filter(Boolean);
  return make("span", { className: "tags" }, ...words.map((word) => make("span", { className: "tag" }, word)));
}

function relation(at, className) {
  const edge = edges[at];
  const open = button("", () => choose({ edge: at }, { camera: true, focus: true }), `relation ${className || ""}`);
  open.dataset.edge = at;
  open.append(edgeSymbol(at), make("span", { className: "words" },
    nodes[edge.source].label, " ", make("b", null, edge.label), " ", nodes[edge.target].label), tags(edge));
  return open;
}

function evidence(at) {
  const found = edges[at].quotes.map((number) => quotation(quotes[number]));
  return found.length ? found : [make("p", { className: "help" }, "No quote is recorded for this relation.")];
}

// ---- the panel ----------------------------------------------------------------------------------------------------

function panelHeading(text, kind, symbol) {
  return make("div", { className: "heading" },
    make("h2", { id: "panel-heading", tabindex: "-1" }, text),
    kind ? make("p", { className: "kind" }, symbol, kind) : null);
}

function nodePanel(at) {
  const node = nodes[at];
  const visible = edgesOf[at].filter((edge) => shown.edges[edge]);
  const hidden = edgesOf[at].length - visible.length;
  const list = make("ul", { className: "relations" },
    ...visible.map((edge) => make("li", null, relation(edge), ...evidence(edge))));
  return [
    panelHeading(node.label, nodeKinds[node.kind].label, nodeSymbol(at)),
    node.aliases.length ? make("p", { className: "aliases" }, `Also known as ${node.aliases.join(", ")}`) : null,
    facts([...node.properties, ["Tier", node.tier ? String(node.tier) : ""]]),
    address(node),
    make("div", { className: "buttons" },
      button("Path from here", () => choosePathEnd("from", at)),
      button("Path to here", () => choosePathEnd("to", at))),
    make("h3", null, `Relations (${visible.length})`),
    hidden ? make("p", { className: "help" }, `${hidden} more hidden by the filter.`) : null,
    list,
  ];
}

function edgePanel(at) {
  const edge = edges[at];
  const beside = [...new Set([...between(edge.source, edge.target), at])].filter((other) => other !== at);
  const end = (node) => button("", () => choose({ node }, { camera: true, focus: true }), "end");
  const ends = [edge.source, edge.target].map((node) => {
    const open = end(node);
    open.append(nodeSymbol(node), make("span", { className: "words" }, nodes[node].label));
    return open;
  });
  return [
    panelHeading(`${nodes[edge.source].label} ${edge.label} ${nodes[edge.target].label}`,
      edgeKinds[edge.kind].label, edgeSymbol(at)),
    make("div", { className: "ends" }, ends[0], make("span", { "aria-hidden": "true" }, "→"), ends[1]),
    facts([["Exposure", edge.exposure], ["Certainty", edge.certainty], ["Basis", edge.basis],
      ["Status", edge.status], ["Date", edge.date]]),
    make("h3", null, `Evidence (${edge.quotes.length})`),
    ...evidence(at),
    ...(beside.length ? [make("h3", null, "Between the same two"),
      make("ul", { className: "relations" }, ...beside.map((other) => make("li", null, relation(other))))] : []),
  ];
}

function pathPanel() {
  const path = shortestPath();
  const title = `From ${nodes[state.from].label} to ${nodes[state.to].label}`;
  if (!path) return [panelHeading(title), make("p", null, "No path through what is shown. The filter may hide one.")];
  const hops = hopsOf(path);
  return [
    panelHeading(title, hops.length === 1 ? "1 hop" : `${hops.length} hops`, ""),
    make("ol", { className: "hops" }, ...hops.map((hop) => make("li", null,
      make("p", { className: "hop" }, `${nodes[hop.from].label} – ${nodes[hop.to].label}`),
      make("ul", { className: "relations" },
        ...hop.edges.map((at) => make("li", null, relation(at), ...evidence(at))))))),
  ];
}

function overviewPanel() {
  const ranked = byDegree.filter((at) => shown.nodes[at]).slice(0, 5);
  const starts = data.focus === null ? ranked : [data.focus, ...ranked.filter((at) => at !== data.focus)];
  return [
    panelHeading("On this page"),
    data.note ? make("p", null, data.note) : null,
    facts([["Nodes", String(nodes.length)], ["Relations", String(edges.length)],
      ["Quotes", String(quotes.length)], ["Made from", data.documents.join(", ")]]),
    make("p", { className: "help" }, "Choose a node or a line to see what is said about it, where, and by whom."),
    make("h3", null, "Start with"),
    make("ul", { className: "relations" }, ...starts.map((at) => {
      const open = button("", () => choose({ node: at }, { camera: true, focus: true }), "end");
      open.append(nodeSymbol(at), make("span", { className: "words" }, nodes[at].label));
      return make("li", null, open);
    })),
    data.hidden ? make("p", { className: "help" },
      `${data.hidden} hidden control or direction characters were taken out of the texts on this page.`) : null,
  ];
}

function pathAsked() {
  return state.from !== null && state.to !== null && state.from !== state.to;
}

function drawPanel() {
  const chosen = state.node !== null || state.edge !== null;
  let content = overviewPanel;
  if (pathAsked()) content = pathPanel;
  if (state.edge !== null) content = () => edgePanel(state.edge);
  if (state.node !== null) content = () => nodePanel(state.node);
  const back = chosen ? button(pathAsked() ? "Back to the path" : "Close", clearChoice, "back") : null;
  byId("panel-body").replaceChildren(...[back, ...content()].filter(Boolean));
  byId("panel-body").scrollTop = 0;
  nameSheet();
}

function nameSheet() {
  const open = byId("panel").classList.contains("open");
  byId("sheet").textContent = open ? "Hide evidence" : byId("panel-heading").textContent;
}

function openSheet(open) {
  byId("panel").classList.toggle("open", open);
  byId("sheet").setAttribute("aria-expanded", String(open));
  nameSheet();
  // The sheet covers the lower half of a phone: what it tells about has to be in the upper half.
  if (open && narrow.matches && state.tab === "graph") byId("canvas").scrollIntoView({ block: "start" });
}

// ---- the rest of the page -----------------------------------------------------------------------------------------

function drawLegend() {
  const tally = (records, flags, key, value) => count(records.map((record, at) => flags[at] && record[key] === value));
  const put = (selector, on, total) => {
    byId("legend").querySelector(selector).textContent = on === total ? String(total) : `${on} of ${total}`;
  };
  nodeKinds.forEach((kind, at) => put(`[data-node-count="${at}"]`, tally(nodes, shown.nodes, "kind", at), kind.count));
  edgeKinds.forEach((kind, at) => put(`[data-edge-count="${at}"]`, tally(edges, shown.edges, "kind", at), kind.count));
  const all = edges.map(() => true);
  EXPOSURES.forEach((word) => put(`[data-exposure-count="${word}"]`,
    tally(edges, shown.edges, "exposure", word), tally(edges, all, "exposure", word)));
  const checks = [["nodeKind", state.offNodes], ["edgeKind", state.offEdges]];
  document.querySelectorAll("#legend input").forEach((box) => {
    const hit = checks.find(([name]) => name in box.dataset);
    box.checked = hit ? !hit[1].has(Number(box.dataset[hit[0]])) : !state.offExposure.has(box.dataset.exposure);
  });
  byId("shown").textContent = `${count(shown.nodes)} of ${nodes.length} nodes, ` +
    `${count(shown.edges)} of ${edges.length} relations`;
  byId("only").setAttribute("aria-pressed", String(state.only !== null));
  byId("only").disabled = state.only === null && state.node === null;
  byId("path-from").value = state.from === null ? "" : String(state.from);
  byId("path-to").value = state.to === null ? "" : String(state.to);
}

function drawTable() {
  document.querySelectorAll("tr[data-edge]").forEach((row) => { row.hidden = !shown.edges[row.dataset.edge]; });
  document.querySelectorAll("tr[data-node]").forEach((row) => { row.hidden = !shown.nodes[row.dataset.node]; });
  byId("table-shown").textContent = `${count(shown.edges)} of ${edges.length} relations shown.`;
}

function drawList() {
  const list = byId("list");
  list.replaceChildren(...nodes.map((_, at) => at).filter((at) => shown.nodes[at]).map((at) =>
    make("li", { role: "option", id: `node-${at}`, "data-node": at, "aria-selected": String(at === state.node) },
      nodeSymbol(at), make("span", { className: "words" }, nodes[at].label),
      make("span", { className: "unseen" }, `, ${nodeKinds[nodes[at].kind].label}`))));
  const active = state.node !== null && shown.nodes[state.node] ? byId(`node-${state.node}`) : null;
  if (active) {
    list.setAttribute("aria-activedescendant", active.id);
    // Only the list may scroll: on a phone the page itself would jump.
    const below = active.offsetTop + active.offsetHeight - list.clientHeight;
    list.scrollTop = Math.min(active.offsetTop, Math.max(list.scrollTop, below));
  } else {
    list.removeAttribute("aria-activedescendant");
  }
}

function drawTabs() {
  ["graph", "table"].forEach((name) => {
    byId(name).hidden = state.tab !== name;
    byId(`tab-${name}`).setAttribute("aria-selected", String(state.tab === name));
    byId(`tab-${name}`).tabIndex = state.tab === name ? 0 : -1;
  });
  byId("fit").hidden = state.tab === "table";
}

function say(text) {
  byId("status").textContent = text;
}

function update() {
  shown = compute();
  drawTabs();
  drawGraph();
  drawLegend();
  drawTable();
  drawList();
  drawPanel();
  keepAddress();
}

function keepAddress() {
  if (!framed) history.replaceState(null, "", fragment());
}

// ---- what the reader does -----------------------------------------------------------------------------------------

function reveal(at) {
  state.offNodes.delete(nodes[at].kind);
  if (state.only !== null && !compute().nodes[at]) state.only = null;
}

function choose({ node = null, edge = null }, { camera = false, focus = false, keepAnchor = false } = {}) {
  state.node = node;
  state.edge = edge;
  if (node !== null) reveal(node);
  if (!keepAnchor) anchor = node;
  update();
  openSheet(true);
  if (camera && state.tab === "graph") look();
  if (focus) byId("panel-heading").focus();
  if (node !== null) {
    say(`${nodes[node].label}, ${nodeKinds[nodes[node].kind].label}, ${neighbours(node).length} neighbours`);
  } else {
    say(`${nodes[edges[edge].source].label} ${edges[edge].label} ${nodes[edges[edge].target].label}`);
  }
}

function clearChoice() {
  state.node = null;
  state.edge = null;
  update();
  openSheet(pathAsked());
}

function choosePathEnd(end, at) {
  state[end] = at;
  if (!pathAsked()) {
    update();
    say(`Path ${end} ${nodes[at].label}. Choose the other end.`);
    if (!narrow.matches) byId(end === "from" ? "path-to" : "path-from").focus();
    return;
  }
  showPath();
}

function showPath() {
  state.node = null;
  state.edge = null;
  update();
  openSheet(true);
  look();
  const path = shortestPath();
  say(path ? `Path of ${path.length - 1} hops` : "No path through what is shown");
  byId("panel-heading").focus();
}

function startPath() {
  const pick = (id) => (byId(id).value === "" ? null : Number(byId(id).value));
  state.from = pick("path-from");
  state.to = pick("path-to");
  if (pathAsked()) showPath();
  else say("Choose two different nodes");
}

function toggleOnly() {
  state.only = state.only === null ? state.node : null;
  update();
  fit();
  say(byId("shown").textContent);
}

function reset() {
  const { tab } = state;
  Object.assign(state, blank(), { tab });
  anchor = null;
  update();
  firstLook();
  openSheet(false);
  say("Everything is shown");
}

function filter(box) {
  const [set, value] = "nodeKind" in box.dataset ? [state.offNodes, Number(box.dataset.nodeKind)]
    : "edgeKind" in box.dataset ? [state.offEdges, Number(box.dataset.edgeKind)]
      : [state.offExposure, box.dataset.exposure];
  if (box.checked) set.delete(value);
  else set.add(value);
  shown = compute();
  if (state.node !== null && !shown.nodes[state.node]) state.node = null;
  if (state.edge !== null && !shown.edges[state.edge]) state.edge = null;
  update();
  say(byId("shown").textContent);
}

function showTab(name) {
  state.tab = name;
  drawTabs();
  keepAddress();
  if (name === "graph") {
    network.setSize("100%", "100%");
    network.redraw();
  }
}

function tabKeys(event) {
  if (!["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) return;
  event.preventDefault();
  showTab(state.tab === "graph" ? "table" : "graph");
  byId(`tab-${state.tab}`).focus();
}

function listKeys(event) {
  const order = nodes.map((_, at) => at).filter((at) => shown.nodes[at]);
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

// ---- search -------------------------------------------------------------------------------------------------------

let matches = [];
let active = 0;

function drawMatches() {
  const box = byId("search");
  const open = matches.length > 0;
  byId("matches").hidden = !open;
  box.setAttribute("aria-expanded", String(open));
  byId("matches").replaceChildren(...matches.map((at, place) => {
    const alias = matchingAlias(at, box.value);
    const item = make("li", { role: "option", id: `match-${place}`, "aria-selected": String(place === active) },
      nodeSymbol(at), make("span", { className: "words" }, nodes[at].label),
      alias ? make("span", { className: "alias" }, `also ${alias}`) : null,
      shown.nodes[at] ? null : make("span", { className: "alias" }, "hidden by the filter"));
    // The box would lose focus, and the list close, before a click arrives.
    item.addEventListener("mousedown", (event) => event.preventDefault());
    item.addEventListener("click", () => takeMatch(at));
    return item;
  }));
  if (open) box.setAttribute("aria-activedescendant", `match-${active}`);
  else box.removeAttribute("aria-activedescendant");
}

function search() {
  matches = matchesOf(byId("search").value);
  active = 0;
  drawMatches();
  if (byId("search").value.trim()) say(matches.length === 1 ? "1 match" : `${matches.length} matches`);
}

function closeMatches() {
  matches = [];
  drawMatches();
}

function takeMatch(at) {
  byId("search").value = "";
  closeMatches();
  choose({ node: at }, { camera: true, focus: true });
}

function searchKeys(event) {
  if (event.key === "Escape") {
    byId("search").value = "";
    closeMatches();
  } else if (event.key === "Enter" && matches.length) {
    event.preventDefault();
    takeMatch(matches[active]);
  } else if (matches.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    active = (active + (event.key === "ArrowDown" ? 1 : -1) + matches.length) % matches.length;
    drawMatches();
  }
}

// ---- saving -------------------------------------------------------------------------------------------------------

function save(content, type, ending) {
  const name = plain(data.title).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 60) || "page";
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  make("a", { href: url, download: `${name}.${ending}` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
  say(`Saved ${name}.${ending}`);
}

async function copyLink() {
  try {
    await navigator.clipboard.writeText(location.href);
    say("The link is copied");
    byId("copy-link").textContent = "Copied";
  } catch {
    say("The browser did not allow copying; the address bar has the link");
    byId("copy-link").textContent = "See address bar";
  }
  setTimeout(() => { byId("copy-link").textContent = "Copy link"; }, 2000);
}

function savePng() {
  const picture = byId("canvas").querySelector("canvas");
  const copy = make("canvas", { width: picture.width, height: picture.height });
  const pen = copy.getContext("2d");
  pen.fillStyle = color("--canvas");
  pen.fillRect(0, 0, copy.width, copy.height);
  pen.drawImage(picture, 0, 0);
  copy.toBlob((blob) => blob && save(blob, "image/png", "png"));
}

// ---- light and dark -----------------------------------------------------------------------------------------------

const prefersDark = matchMedia("(prefers-color-scheme: dark)");

function setTheme(dark) {
  root.dataset.theme = dark ? "dark" : "light";
  byId("theme").setAttribute("aria-pressed", String(dark));
  if (network) drawGraph();
}

// ---- start --------------------------------------------------------------------------------------------------------

function listen() {
  const click = (id, action) => byId(id).addEventListener("click", action);
  click("fit", fit);
  click("only", toggleOnly);
  click("reset", reset);
  click("save-csv", () => save(csvText(), "text/csv;charset=utf-8", "csv"));
  click("save-json", () => save(jsonText(), "application/json", "json"));
  click("save-png", savePng);
  click("copy-link", copyLink);
  click("theme", () => setTheme(root.dataset.theme !== "dark"));
  click("tab-graph", () => showTab("graph"));
  click("tab-table", () => showTab("table"));
  click("sheet", () => openSheet(!byId("panel").classList.contains("open")));
  click("path-clear", () => { state.from = null; state.to = null; update(); openSheet(false); });
  click("list", (event) => {
    const item = event.target.closest("[data-node]");
    if (item) choose({ node: Number(item.dataset.node) }, { camera: true });
  });
  byId("path-form").addEventListener("submit", (event) => { event.preventDefault(); startPath(); });
  byId("legend").addEventListener("change", (event) => filter(event.target));
  byId("list").addEventListener("keydown", listKeys);
  document.querySelectorAll("[role=tab]").forEach((tab) => tab.addEventListener("keydown", tabKeys));
  document.querySelectorAll("[data-show-edge]").forEach((show) => show.addEventListener("click", () =>
    choose({ edge: Number(show.dataset.showEdge) }, { focus: true })));
  byId("search").addEventListener("input", search);
  byId("search").addEventListener("keydown", searchKeys);
  byId("search").addEventListener("blur", closeMatches);
  document.addEventListener("keydown", pageKeys);
  addEventListener("hashchange", () => { takeFragment(framed ? "" : location.hash); update(); firstLook(); });
  prefersDark.addEventListener("change", (event) => setTheme(event.matches));
}

function pageKeys(event) {
  const typing = event.target.closest("input[type=text]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    byId("search").focus();
  } else if (event.key === "Escape" && !typing) {
    clearChoice();
    openSheet(false);
  }
}

function start() {
  root.classList.add("js");
  setTheme(prefersDark.matches);
  ["save-csv", "save-json", "save-png", "copy-link"].forEach((id) => { byId(id).hidden = framed; });
  ["legend", "path", "all-nodes"].forEach((id) => { byId(id).open = !narrow.matches; });
  takeFragment(framed ? "" : location.hash);
  startDrawing();
  listen();
  update();
  firstLook();
}

try {
  start();
  // What a test, or a reader at the console, needs to point at things on the drawing.
  window.breachkg = Object.freeze({ network });
} catch (error) {
  root.classList.remove("js");
  throw error;
}
