// The panel beside the drawing: what is known about the choice, where it stands, and who says so.

function heading(words, kind, symbol) {
  return make("div", { className: "heading" },
    make("h2", { id: "panel-heading", tabindex: "-1" }, words),
    kind ? make("p", { className: "kind" }, symbol, kind) : null);
}

function help(words) {
  return words ? make("p", { className: "help" }, words) : null;
}

function lasting({ since, until }) {
  return since && until && since !== until ? `${since} to ${until}` : since || until;
}

function nodeFacts(at) {
  const node = nodes[at];
  const told = new Set(node.properties.map(([name]) => name));
  return facts([
    ...node.properties,
    ["Sector", node.sector],
    ["Tier", node.tier ? String(node.tier) : ""],
    ["Date", told.has("date") || told.has("earliest") ? "" : lasting(node)],
    ["Sole way for", node.sole_for > 0 ? `${number(node.sole_for)} (a single point of failure)` : ""],
    ["Portfolio", node.portfolio],
  ]);
}

function nodePanel(at) {
  const node = nodes[at];
  const visible = edgesOf[at].filter((edge) => shown.edges[edge]);
  const hidden = edgesOf[at].length - visible.length;
  const waiting = neighbours(at).filter((other) => !scope.set.has(other)).length;
  const canGrow = waiting > 0 && scope.set.has(at);
  return [
    heading(node.label, nodeKinds[node.kind].label, nodeSymbol(at)),
    node.aliases.length ? make("p", { className: "aliases" }, `Also known as ${node.aliases.join(", ")}`) : null,
    nodeFacts(at),
    address(node),
    make("div", { className: "buttons" },
      canGrow ? button(`Expand (${number(waiting)} more)`, () => grow(at), "expand") : null,
      at !== centre() || state.mode !== "near" ? button("Centre here", () => centreOn(at)) : null,
      button("Path from here", () => choosePathEnd("from", at)),
      button("Path to here", () => choosePathEnd("to", at))),
    make("h3", null, `Relations (${number(visible.length)})`),
    help(hidden ? `${number(hidden)} more hidden by the filter.` : ""),
    ...growing(visible, (edge) => [make("div", { className: "step" }, relation(edge, at),
      otherEnd(edge, at) === at ? null : goTo(otherEnd(edge, at))), ...evidence(edge)]),
  ];
}

function edgePanel(at) {
  const edge = edges[at];
  const beside = [...new Set([...between(edge.source, edge.target), at])].filter((other) => other !== at);
  return [
    heading(sentence(at), edgeKinds[edge.kind].label, edgeSymbol(at)),
    make("div", { className: "ends" },
      nodeButton(edge.source), make("span", { "aria-hidden": "true" }, "→"), nodeButton(edge.target)),
    facts([["Exposure", edge.exposure], ["Certainty", edge.certainty], ["Basis", edge.basis],
      ["Status", edge.status], ["Date", edge.date || lasting(edge)], ["Disputed", edge.disputed]]),
    make("h3", null, `Evidence (${edge.quotes.length})`),
    ...evidence(at),
    ...(beside.length ? [make("h3", null, "Between the same two"),
      make("ul", { className: "relations" }, ...beside.map((other) => make("li", null, relation(other))))] : []),
  ];
}

function pathPanel() {
  const title = `From ${nodes[state.from].label} to ${nodes[state.to].label}`;
  if (!path) return [heading(title), make("p", null, "No path through what is shown. The filter may hide one.")];
  const hops = hopsOf(path);
  return [
    heading(title, several(hops.length, "hop"), ""),
    make("ol", { className: "hops" }, ...hops.map((hop) => make("li", null,
      make("p", { className: "hop" }, `${nodes[hop.from].label} – ${nodes[hop.to].label}`),
      make("ul", { className: "relations" },
        ...hop.edges.map((at) => make("li", null, relation(at), ...evidence(at))))))),
  ];
}

// ---- groups --------------------------------------------------------------------------------------------------------

function groupButton(at, count) {
  const open = button("", () => openGroup(at), "end");
  open.dataset.group = at;
  open.append(nodeSymbol(groups[at].members[0]), make("span", { className: "words" }, groups[at].label),
    make("span", { className: "tag" }, number(count)));
  return open;
}

function sectorsPanel() {
  return [
    heading("Sectors and kinds", `${several(shown.nodeCount, "node")} in ${several(scope.groups.length, "group")}`, ""),
    help("Organizations are drawn together by sector, everything else by kind; a line is as thick as its relations " +
      "are many. Open a group to see who is in it."),
    ...growing(scope.groups, ({ at, count }) => [groupButton(at, count)]),
  ];
}

function groupPanel() {
  const group = groups[state.opened];
  const members = group.members.filter((at) => shown.nodes[at]).sort(byRelations);
  const left = members.filter((at) => !scope.set.has(at)).length;
  return [
    heading(group.label, several(members.length, "node"), ""),
    help(left ? `${number(left)} of them did not fit into the drawing; they are in this list.` : ""),
    make("div", { className: "buttons" }, button("All sectors", closeGroup)),
    make("h3", null, "In this group"),
    ...growing(members, (at) => [nodeButton(at)]),
  ];
}

// ---- nothing chosen ------------------------------------------------------------------------------------------------

function pagePanel() {
  // Everybody's question is through whom: vendors come before what half of the page is linked to anyhow.
  const ranked = byDegree.filter((at) => shown.nodes[at]);
  const vendors = ranked.filter((at) => kindOf(at) === "vendor");
  const starts = [...new Set([...(data.focus === null ? [] : [data.focus]), ...vendors, ...ranked])].slice(0, 6);
  const names = data.documents.slice(0, 8).join(", ");
  const rest = data.documents.length - 8;
  return [
    heading("On this page"),
    data.note ? make("p", null, data.note) : null,
    facts([["Nodes", number(nodes.length)], ["Relations", number(edges.length)], ["Quotes", number(quoteCount)],
      ["Made from", rest > 0 ? `${names} and ${number(rest)} more` : names]]),
    help("Choose a node or a line to see what is said about it, where, and by whom."),
    make("h3", null, "Start with"),
    make("ul", { className: "relations" }, ...starts.map((at) => make("li", null, nodeButton(at)))),
    help(data.hidden ? `${several(data.hidden, "hidden control or direction character was", "hidden control or direction characters were")} ` +
      "taken out of the texts on this page." : ""),
  ];
}

function panelContent() {
  if (state.node !== null) return nodePanel(state.node);
  if (state.edge !== null) return edgePanel(state.edge);
  if (pathAsked()) return pathPanel();
  if (state.mode !== "sectors") return pagePanel();
  return state.opened === null ? sectorsPanel() : groupPanel();
}

function drawPanel() {
  const chosen = state.node !== null || state.edge !== null;
  const back = chosen ? button(pathAsked() ? "Back to the path" : "Close", clearChoice, "back") : null;
  byId("panel-body").replaceChildren(...[back, ...panelContent()].filter(Boolean));
  byId("panel-body").scrollTop = 0;
  nameSheet();
}

function nameSheet() {
  const open = byId("panel").classList.contains("open");
  byId("sheet").textContent = open ? "Hide evidence" : byId("panel-heading").textContent;
}

function openSheet(open) {
  const held = document.activeElement;
  byId("panel").classList.toggle("open", open);
  byId("sheet").setAttribute("aria-expanded", String(open));
  nameSheet();
  keepFocus(held);
  // The sheet covers the lower half of a phone: what it tells about has to be in the upper half.
  if (open && narrow.matches && state.tab === "graph") byId("graph").scrollIntoView({ block: "start" });
}
