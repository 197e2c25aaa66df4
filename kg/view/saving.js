// What is shown as CSV and as JSON: all that the filters let through, and in the table its words too, each row with its quote
// and source.

// A spreadsheet runs a cell that begins like a formula, also after blanks and in full-width characters.
function cell(value) {
  const content = value === null || value === undefined ? "" : String(value);
  const safe = /^\s*[=+\-@|%\uFF0B\uFF0D\uFF1D\uFF20]|^[\t\r\n]/.test(content) ? `'${content}` : content;
  return `"${safe.replace(/"/g, '""')}"`;
}

const EDGE_COLUMNS = ["exposure", "certainty", "basis", "status", "date", "since", "until", "disputed"];
const QUOTE_COLUMNS = ["text", "document", "place", "source", "url", "date", "certainty", "basis", "extractor",
  "confidence", "claim"];

function onlyWords() {
  return state.tab === "table" && wordsOf(state.words).length > 0;
}

function savedEdges() {
  return onlyWords() ? rowsMatching(shownEdges(), state.words) : shownEdges();
}

function savedNodes() {
  if (!onlyWords()) return shownNodes();
  const ends = new Set(savedEdges().flatMap((at) => [edges[at].source, edges[at].target]));
  return shownNodes().filter((at) => ends.has(at));
}

function csvText() {
  const head = ["source", "source_id", "source_kind", "relation", "property", "target", "target_id", "target_kind",
    ...EDGE_COLUMNS, ...QUOTE_COLUMNS.map((name) => `quote_${name}`)];
  const rows = savedEdges().flatMap((at) => {
    const edge = edges[at];
    const [from, to] = [nodes[edge.source], nodes[edge.target]];
    const left = [from.label, from.id, kindOf(edge.source), edge.label, edgeKinds[edge.kind].kind,
      to.label, to.id, kindOf(edge.target), ...EDGE_COLUMNS.map((name) => edge[name])];
    const behind = edge.quotes.length ? edge.quotes.map(quoteAt) : [{}];
    return behind.map((quote) => [...left, ...QUOTE_COLUMNS.map((name) => quote[name])]);
  });
  // Without the mark in front, spreadsheets read UTF-8 as something else.
  return `\uFEFF${[head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

function jsonText() {
  const told = ({ link, ...record }) => record;
  const content = {
    title: data.title,
    note: data.note,
    documents: data.documents,
    nodes: savedNodes().map((at) => ({ ...told(nodes[at]), kind: kindOf(at) })),
    edges: savedEdges().map((at) => {
      const edge = edges[at];
      return { ...edge, kind: edgeKinds[edge.kind].kind, source: nodes[edge.source].id, target: nodes[edge.target].id,
        quotes: edge.quotes.map((number) => told(quoteAt(number))) };
    }),
  };
  return JSON.stringify(content, null, 1);
}
