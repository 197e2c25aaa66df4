// The table of relations, a hundred rows at a time, with the evidence in the row.

const ROWS = 100;

function tableCell(...children) {
  return make("td", { role: "cell" }, ...children);
}

function rowEvidence(edge) {
  const [first, ...rest] = edge.quotes.map(quoteAt);
  if (!first) return ["No quote."];
  if (!rest.length) return [quotation(first)];
  return [quotation(first), make("details", { className: "rest" },
    make("summary", null, several(rest.length, "more quote")), ...rest.map(quotation))];
}

function tableRow(at) {
  const edge = edges[at];
  const show = button("Show", () => choose({ edge: at }, { focus: true }), "small");
  show.dataset.showEdge = at;
  show.setAttribute("aria-label", `Show ${sentence(at).slice(0, 120)}`);
  const standing = ["exposure", "certainty", "basis", "status", "date", "disputed"].filter((name) => edge[name])
    .map((name) => make("li", null, `${name}: ${edge[name]}`));
  return make("tr", { role: "row", "data-edge": at },
    tableCell(nodes[edge.source].label),
    tableCell(make("strong", null, edge.label), show),
    tableCell(nodes[edge.target].label),
    tableCell(make("ul", { className: "facts" }, ...standing)),
    tableCell(...rowEvidence(edge)));
}

function drawTable() {
  if (state.tab !== "table") return;
  const found = rowsMatching(shownEdges(), state.words);
  // A page that is no longer there, because a filter took its rows, becomes the last one that is.
  const last = Math.max(0, Math.ceil(found.length / ROWS) - 1);
  state.row = Math.min(Math.floor(state.row / ROWS), last) * ROWS;
  const rows = found.slice(state.row, state.row + ROWS);
  byId("rows").replaceChildren(...rows.map(tableRow));
  byId("relations").hidden = !rows.length;
  byId("table-shown").textContent = rows.length
    ? `Rows ${number(state.row + 1)} to ${number(state.row + rows.length)} of ${number(found.length)}` +
      `${found.length < edges.length ? ` (${several(edges.length, "relation")} in all)` : ""}.`
    : "No relation matches.";
  byId("rows-before").disabled = state.row === 0;
  byId("rows-after").disabled = state.row + ROWS >= found.length;
  if (byId("words").value !== state.words) byId("words").value = state.words;
}

function turnTable(by) {
  state.row = Math.max(0, state.row + by * ROWS);
  drawTable();
  keepAddress();
  byId("table").scrollIntoView({ block: "start" });
  say(byId("table-shown").textContent);
}

function startTable() {
  byId("rows-before").addEventListener("click", () => turnTable(-1));
  byId("rows-after").addEventListener("click", () => turnTable(1));
  byId("words").addEventListener("input", () => {
    state.words = byId("words").value.slice(0, WORDS);
    state.row = 0;
    drawTable();
    keepAddress();
    say(byId("table-shown").textContent);
  });
  // What is printed is the table, whatever is on the screen.
  addEventListener("beforeprint", () => {
    const { tab } = state;
    state.tab = "table";
    drawTable();
    state.tab = tab;
  });
}
