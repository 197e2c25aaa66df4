// A text box that finds things: arrow keys walk the matches, Enter takes one, Escape leaves.

function combobox(id, find, take, empty = () => {}) {
  const box = byId(id);
  const list = byId(`${id}-matches`);
  let matches = [];
  let active = 0;

  function item(match, place) {
    const selected = String(place === active);
    const element = make("li", { role: "option", id: `${id}-match-${place}`, "aria-selected": selected },
      ...(match.node === undefined ? relationMatch(match, box.value) : nodeMatch(match.node, box.value)));
    // The box would lose focus, and the list close, before a click arrives.
    element.addEventListener("mousedown", (event) => event.preventDefault());
    element.addEventListener("click", () => choice(match));
    return element;
  }

  function draw() {
    const open = matches.length > 0;
    list.hidden = !open;
    box.setAttribute("aria-expanded", String(open));
    list.replaceChildren(...matches.map(item));
    if (open) {
      box.setAttribute("aria-activedescendant", `${id}-match-${active}`);
      byId(`${id}-match-${active}`).scrollIntoView({ block: "nearest" });
    } else {
      box.removeAttribute("aria-activedescendant");
    }
  }

  function close() {
    matches = [];
    draw();
  }

  function choice(match) {
    close();
    take(match);
  }

  function search() {
    matches = find(box.value);
    active = 0;
    draw();
    drawOverview();
    if (box.value.trim()) say(matches.length === 1 ? "1 match" : `${matches.length} matches`);
    else empty();
  }

  box.addEventListener("input", search);
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      box.value = "";
      close();
      empty();
    } else if (event.key === "Enter" && matches.length) {
      event.preventDefault();
      choice(matches[active]);
    } else if (matches.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      active = (active + (event.key === "ArrowDown" ? 1 : -1) + matches.length) % matches.length;
      draw();
    }
  });
  // A name typed in full and never taken from the list is meant all the same.
  function node(taken) {
    if (taken !== null && nodes[taken].label === box.value) return taken;
    return find(box.value)[0]?.node ?? null;
  }

  return { matches: () => matches, set: (words) => { box.value = words; }, node };
}

function nodeMatch(at, typed) {
  const why = reason(at, typed);
  return [nodeSymbol(at), make("span", { className: "words" }, nodes[at].label),
    why ? make("span", { className: "alias" }, why) : null,
    shown.nodes[at] ? null : make("span", { className: "alias" }, "hidden by the filter")];
}

function relationMatch({ edge, quote }, typed) {
  return [edgeSymbol(edge), make("span", { className: "said" },
    make("span", { className: "words" }, sentence(edge)),
    make("q", { className: "alias" }, excerpt(quoteAt(quote).text, typed)))];
}
