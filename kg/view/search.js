// Finding nodes by name, alias, identifier and property, then relations by the words of their quotes.

const MATCHES = 12;
let index = null;

function plain(words) {
  // Most texts are ASCII, and for them this is the whole of it.
  if (/^[\x00-\x7f]*$/.test(words)) return words.toLowerCase();
  return words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function searchIndex() {
  index ??= {
    names: nodes.map((node) => [node.label, ...node.aliases].map(plain)),
    facts: nodes.map((node) => plain([node.id, node.sector, node.portfolio,
      ...node.properties.map(([, value]) => value)].join("\n"))),
    quotes: data.quotes.text.map((words) => plain(text(words))),
  };
  return index;
}

function wordsOf(typed) {
  return plain(typed.trim()).split(/\s+/).filter(Boolean);
}

// The better the match the lower: a whole name, its beginning, a word of it, a part of it; then words in any order.
function rank(names, facts, wanted, words) {
  let best = Infinity;
  names.forEach((name, place) => {
    const where = name.indexOf(wanted);
    if (where < 0) return;
    const score = (name === wanted ? 0 : where === 0 ? 2 : name[where - 1] === " " ? 4 : 6) + (place ? 1 : 0);
    best = Math.min(best, score);
  });
  if (best < Infinity) return best;
  if (words.length > 1 && words.every((word) => names.some((name) => name.includes(word)))) return 8;
  if (facts.includes(wanted)) return 9;
  return words.every((word) => facts.includes(word) || names.some((name) => name.includes(word))) ? 10 : Infinity;
}

function nodesMatching(typed) {
  const wanted = plain(typed.trim());
  if (!wanted) return [];
  const words = wordsOf(typed);
  const { names, facts } = searchIndex();
  const found = [];
  nodes.forEach((_, at) => {
    const score = rank(names[at], facts[at], wanted, words);
    if (score < Infinity) found.push([score, at]);
  });
  found.sort((a, b) => a[0] - b[0] || edgesOf[b[1]].length - edgesOf[a[1]].length || a[1] - b[1]);
  return found.slice(0, MATCHES).map(([, node]) => ({ node }));
}

// Whether words say enough to be looked for in quotes: a letter of a script without capitals says more than others.
function telling(words) {
  const letters = words.join("");
  return letters.length + (letters.match(/\p{Lo}/gu) ?? []).length >= 3;
}

// Relations whose quote holds all the words.
function edgesMatching(typed, most) {
  const words = wordsOf(typed);
  if (!telling(words)) return [];
  const quoted = searchIndex().quotes.map((quote) => words.every((word) => quote.includes(word)));
  const found = [];
  for (let at = 0; at < edges.length && found.length < most; at += 1) {
    const number = edges[at].quotes.find((quote) => quoted[quote]);
    if (number !== undefined) found.push({ edge: at, quote: number });
  }
  return found;
}

function matchesOf(typed) {
  const named = nodesMatching(typed);
  return [...named, ...edgesMatching(typed, MATCHES - Math.min(named.length, MATCHES - 4))];
}

// What of a node matched when its name did not.
function reason(at, typed) {
  const wanted = plain(typed.trim());
  const { names } = searchIndex();
  const place = names[at].findIndex((name) => name.includes(wanted));
  if (place > 0) return `also ${nodes[at].aliases[place - 1]}`;
  if (place === 0) return "";
  const hit = nodes[at].properties.find(([, value]) => plain(value).includes(wanted));
  if (hit) return `${hit[0]}: ${hit[1]}`;
  return plain(nodes[at].id).includes(wanted) ? nodes[at].id : "";
}

// A line of a quote around the first word that was looked for.
function excerpt(quote, typed) {
  const where = Math.max(0, plain(quote).indexOf(wordsOf(typed)[0] ?? ""));
  const start = where > 40 ? quote.indexOf(" ", where - 30) + 1 || where - 30 : 0;
  return `${start ? "… " : ""}${quote.slice(start, start + 110)}${quote.length > start + 110 ? " …" : ""}`;
}

// Rows of the table: every word stands in an end, the relation or a quote.
function rowsMatching(found, typed) {
  const words = wordsOf(typed);
  if (!words.length) return found;
  const { names, quotes: said } = searchIndex();
  return found.filter((at) => {
    const edge = edges[at];
    const own = [names[edge.source][0], names[edge.target][0], plain(edge.label), ...edge.quotes.map((quote) => said[quote])];
    return words.every((word) => own.some((one) => one.includes(word)));
  });
}
