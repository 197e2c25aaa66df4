// Saving, light and dark, the keys of the page; and the start of it all.

const prefersDark = matchMedia("(prefers-color-scheme: dark)");

function save(content, type, ending) {
  const words = plain(data.title).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 60) || "page";
  // Pages of two days must not be taken for one another.
  const name = [words, ...data.note.match(/\b\d{4}-\d{2}-\d{2}\b/g) ?? []].join("-");
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
  const picture = state.mode === "overview" ? byId("overview") : byId("canvas").querySelector("canvas");
  const copy = make("canvas", { width: picture.width, height: picture.height });
  const pen = copy.getContext("2d");
  pen.fillStyle = color("--canvas");
  pen.fillRect(0, 0, copy.width, copy.height);
  pen.drawImage(picture, 0, 0);
  copy.toBlob((blob) => blob && save(blob, "image/png", "png"));
}

function setTheme(dark) {
  root.dataset.theme = dark ? "dark" : "light";
  byId("theme").setAttribute("aria-pressed", String(dark));
  if (!network) return;
  drawGraph();
  drawOverview();
}

function showTab(name) {
  state.tab = name;
  drawTabs();
  drawTable();
  drawOverview();
  keepAddress();
  if (name === "graph") {
    network.setSize("100%", "100%");
    network.redraw();
  }
}

// On a phone the picture has the screen; all buttons but the search wait behind one, and go when one is chosen.
function openMenu(open) {
  if (root.classList.contains("menu") === open) return;
  root.classList.toggle("menu", open);
  byId("menu").setAttribute("aria-expanded", String(open));
  if (!open) byId("menu").focus();
}

function tabKeys(event) {
  if (!["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) return;
  event.preventDefault();
  showTab(state.tab === "graph" ? "table" : "graph");
  byId(`tab-${state.tab}`).focus();
}

function pageKeys(event) {
  const typing = event.target.closest("input:not([type=checkbox], [type=range])");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    byId("search").focus();
  } else if (event.key === "Escape" && root.classList.contains("menu")) {
    openMenu(false);
  } else if (event.key === "Escape" && !typing) {
    clearChoice();
    openSheet(false);
  }
}

// Why there is no path to look for, "" where there is.
function pathTrouble(ends) {
  const typed = ["from", "to"].map((end) => byId(`path-${end}`).value.trim());
  if (!typed.every(Boolean)) return "Say where the path begins and where it ends.";
  const unknown = typed.filter((_, place) => ends[place] === null);
  if (unknown.length) return `Nothing on this page is called ${unknown.map((name) => `“${name}”`).join(" or ")}.`;
  return ends[0] === ends[1] ? `Both ends are ${nodes[ends[0]].label}: choose two different ones.` : "";
}

function listen() {
  const click = (id, action) => byId(id).addEventListener("click", action);
  click("menu", () => openMenu(!root.classList.contains("menu")));
  document.querySelectorAll(".tabs button, .toolbar button").forEach((one) => {
    one.addEventListener("click", () => openMenu(false));
  });
  click("fit", fit);
  click("only", toggleOnly);
  click("reset", reset);
  click("back-to-sectors", closeGroup);
  click("save-csv", () => save(csvText(), "text/csv;charset=utf-8", "csv"));
  click("save-json", () => save(jsonText(), "application/json", "json"));
  click("save-png", savePng);
  click("copy-link", copyLink);
  click("theme", () => setTheme(root.dataset.theme !== "dark"));
  click("tab-graph", () => showTab("graph"));
  click("tab-table", () => showTab("table"));
  click("sheet", () => openSheet(!byId("panel").classList.contains("open")));
  click("path-clear", () => { Object.assign(state, { from: null, to: null }); update(); openSheet(false); });
  document.querySelectorAll("[data-mode]").forEach((one) => {
    one.hidden = !MODES.includes(one.dataset.mode);
    one.addEventListener("click", () => setMode(one.dataset.mode));
  });
  byId("overlay").addEventListener("change", () => {
    state.overlay = oneOf(OVERLAYS, byId("overlay").value);
    updateAndLook();
    say(byId("overlay-words").textContent);
  });
  byId("path-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const ends = ["from", "to"].map((end) => pathBoxes[end].node(state[end]));
    const words = pathTrouble(ends);
    byId("path-words").textContent = words;
    if (words) say(words);
    else {
      [state.from, state.to] = ends;
      showPath();
    }
  });
  document.querySelectorAll("[role=tab]").forEach((tab) => tab.addEventListener("keydown", tabKeys));
  document.addEventListener("keydown", pageKeys);
  addEventListener("hashchange", () => { takeFragment(framed ? "" : location.hash); updateAndLook(); });
  prefersDark.addEventListener("change", (event) => setTheme(event.matches));
}

function startBoxes() {
  searchBox = combobox("search", matchesOf, (match) => {
    searchBox.set("");
    choose(match.node === undefined ? { edge: match.edge } : match, { camera: true, focus: true });
  });
  ["from", "to"].forEach((end) => {
    pathBoxes[end] = combobox(`path-${end}`, nodesMatching,
      ({ node }) => { state[end] = node; pathBoxes[end].set(nodes[node].label); keepAddress(); },
      () => { state[end] = null; });
  });
}

function start() {
  setTheme(prefersDark.matches);
  root.classList.add("js");
  ["save-csv", "save-json", "save-png", "copy-link"].forEach((id) => { byId(id).hidden = framed; });
  ["legend", "narrow", "path", "all-nodes"].forEach((id) => { byId(id).open = !narrow.matches; });
  takeFragment(framed ? "" : location.hash);
  startDrawing();
  startOverview();
  startBoxes();
  startFilters();
  startTable();
  startList();
  listen();
  updateAndLook();
  // Texts are made ready to be searched when there is nothing else to do.
  setTimeout(searchIndex, 400);
}

try {
  start();
  // What a test, or a reader at the console, needs to point at things on the drawing.
  window.breachkg = Object.freeze({ network, nodes, edges, groups, get scope() { return scope; } });
} catch (error) {
  root.classList.remove("js");
  byId("starting").textContent = `This page could not start (${error.message}). Turn JavaScript off for it to read ` +
    "its evidence as a table.";
  throw error;
}
