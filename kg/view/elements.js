// Building the document: elements, links, symbols, quotations.

// A frame made from srcdoc has no address of its own and may neither save files nor open windows.
const framed = location.protocol === "about:";
const narrow = matchMedia("(max-width: 900px), (max-height: 500px)");
const AT_ONCE = 50;
const LONG = 40;

function make(tag, properties, ...children) {
  const element = document.createElement(tag);
  const { className, on, ...attributes } = properties || {};
  if (className) element.className = className;
  if (on) element.addEventListener("click", on);
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

function button(words, on, className) {
  return make("button", { type: "button", className, on }, words);
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
  symbol.querySelector("line").setAttribute("class", lookOf(edges[at]));
  return symbol;
}

function facts(entries) {
  const list = make("dl", { className: "facts" });
  entries.filter(([, value]) => value !== "" && value !== null).forEach(([name, value]) => {
    list.append(make("div", null, make("dt", null, name), make("dd", null, value)));
  });
  return list.childElementCount ? list : null;
}

function quotation(quote) {
  const line = (...parts) => parts.filter(Boolean).join(", ");
  const where = line(quote.document, quote.place);
  const named = ![quote.url, quote.document, ""].includes(quote.source);
  const who = named ? quote.source : address(quote) ?? where;
  const span = quote.span ? `characters ${quote.span[0]} to ${quote.span[1]}` : "";
  return make("figure", { className: "quote" },
    make("blockquote", null, quote.text),
    make("figcaption", null,
      make("span", { className: "said" }, who, quote.date ? `, ${quote.date}` : ""),
      who === where ? null : make("span", null, where),
      make("span", null, line(quote.certainty, quote.basis)),
      named ? address(quote) : null,
      make("details", null, make("summary", null, "How it was read"),
        facts([["Place", span], ["Read by", quote.extractor], ["Confidence", quote.confidence],
          ["Claim", quote.claim]]) || "")));
}

function evidence(at) {
  const found = edges[at].quotes.map((quote) => quotation(quoteAt(quote)));
  return found.length ? found : [make("p", { className: "help" }, "No quote is recorded for this relation.")];
}

// A relation that carries no exposure is not marked "confirmed", however sure its source is of it: only doubt is told there.
function tags(edge) {
  const doubt = edge.certainty === "confirmed" ? "" : edge.certainty;
  const words = [edge.exposure ? `${edge.exposure} exposure` : doubt, edge.status, edge.date,
    edge.disputed && "disputed"].filter(Boolean);
  return make("span", { className: "tags" }, ...words.map((word) => make("span", { className: "tag" }, word)));
}

function sentence(at) {
  const edge = edges[at];
  return `${nodes[edge.source].label} ${edge.label} ${nodes[edge.target].label}`;
}

// On the panel of a thing with a long name, its relations need not repeat it.
function short(at, about, word) {
  return at === about && nodes[at].label.length > LONG ? `${word} ${nodeKinds[nodes[at].kind].label}` : nodes[at].label;
}

function relation(at, about = null) {
  const edge = edges[at];
  const open = button("", () => choose({ edge: at }, { camera: true, focus: true }), "relation");
  open.dataset.edge = at;
  open.append(edgeSymbol(at), make("span", { className: "words" },
    short(edge.source, about, "This"), " ", make("b", null, edge.label), " ", short(edge.target, about, "this")), tags(edge));
  return open;
}

// From node to node without a stop at the relation between them.
function goTo(at) {
  return make("button", { type: "button", className: "go", title: `Go to ${nodes[at].label}`,
    on: () => choose({ node: at }, { camera: true, focus: true }) },
  make("span", { "aria-hidden": "true" }, "→"), make("span", { className: "unseen" }, `Go to ${nodes[at].label}`));
}

function nodeButton(at) {
  const open = button("", () => choose({ node: at }, { camera: true, focus: true }), "end");
  open.append(nodeSymbol(at), make("span", { className: "words" }, nodes[at].label));
  return open;
}

// A long list grows on demand: the page stays quick at a node with thousands of relations.
function growing(items, show) {
  const list = make("ul", { className: "relations" });
  let end = 0;
  const more = button("", () => {
    const first = end;
    add();
    list.children[first].querySelector("button")?.focus();
  });
  const add = () => {
    list.append(...items.slice(end, end + AT_ONCE).map((item) => make("li", null, ...show(item))));
    end = Math.min(items.length, end + AT_ONCE);
    more.textContent = `Show ${Math.min(AT_ONCE, items.length - end)} more of ${number(items.length - end)}`;
    more.hidden = end === items.length;
  };
  add();
  return [list, more];
}
