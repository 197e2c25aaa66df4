"use strict";
// Asks the endpoint that the page comes from, and shows rows. Nothing that an answer holds becomes markup.
(() => {
  const SHOWN = 1000;
  const XSD = "http://www.w3.org/2001/XMLSchema#";
  const ROWS = "application/sparql-results+json", GRAPH = "text/turtle";
  const $ = (id) => document.getElementById(id);
  const given = JSON.parse($("given").textContent);
  let running = null, asked = "";

  const element = (name, text, className) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (className) made.className = className;
    return made;
  };

  const compact = (iri) => {
    for (const [prefix, start] of Object.entries(given.prefixes)) {
      const rest = iri.slice(start.length);
      if (iri.startsWith(start) && !rest.includes("/")) return `${prefix}:${rest}`;
    }
    return iri;
  };

  const isNumber = (term) => term.type === "literal" && (term.datatype || "").startsWith(XSD)
    && /^[-+]?[0-9.]+(e[-+]?[0-9]+)?$/i.test(term.value);

  const cell = (term) => {
    const made = element("td");
    if (!term) return made;
    if (term.type === "uri") {
      const button = element("button", compact(term.value));
      button.type = "button";
      button.title = `What the graph says of ${term.value}`;
      button.addEventListener("click", () => {
        $("text").value = `DESCRIBE <${term.value}>`;
        ask();
      });
      made.append(button);
    } else {
      made.textContent = term.type === "triple" ? JSON.stringify(term.value) : term.value;
      if (isNumber(term)) made.className = "number";
      if (term["xml:lang"]) made.append(element("span", ` @${term["xml:lang"]}`, "kind"));
    }
    return made;
  };

  const showRows = (told, cut) => {
    const columns = told.head.vars || ["answer"];
    const rows = "boolean" in told
      ? [{ answer: { type: "literal", value: String(told.boolean) } }] : told.results.bindings;
    const table = element("table"), head = element("tr"), body = element("tbody");
    for (const name of columns) {
      const th = element("th", name);
      th.scope = "col";
      head.append(th);
    }
    for (const row of rows) {
      const tr = element("tr");
      tr.append(...columns.map((name) => cell(row[name])));
      body.append(tr);
    }
    const top = element("thead");
    top.append(head);
    table.append(top, body);
    $("rows").replaceChildren(table);
    $("rows").hidden = false;
    $("save").hidden = false;
    return cut ? `the first ${rows.length} rows (there are ${cut}); what is saved is whole`
      : `${rows.length} ${rows.length === 1 ? "row" : "rows"}`;
  };

  const showGraph = (text, cut) => {
    $("graph").textContent = text;
    $("graph").hidden = false;
    return cut ? `the beginning of a graph (it has ${cut})` : "a graph";
  };

  const request = async (accept, more) => {
    const response = await fetch(`/sparql${more}`, {
      method: "POST",
      headers: { "Content-Type": "application/sparql-query", Accept: accept },
      body: asked,
      signal: running && running.signal,
    });
    if (!response.ok) throw new Error((await response.text()).trim() || `status ${response.status}`);
    return response;
  };

  const fail = (error) => {
    $("problem").textContent = error.message;
    $("problem").hidden = false;
  };

  const ask = async () => {
    if (running) running.abort();
    const mine = running = new AbortController();
    asked = $("text").value;
    for (const id of ["problem", "rows", "graph", "save"]) $(id).hidden = true;
    $("cancel").hidden = false;
    $("link").href = `/?query=${encodeURIComponent(asked)}`;
    $("link").hidden = false;
    $("status").textContent = "asking";
    const begun = performance.now();
    try {
      const response = await request(`${ROWS}, ${GRAPH}`, `?max-rows=${SHOWN}`);
      const cut = response.headers.get("Kg-Cut") || "";
      const rows = response.headers.get("Content-Type").startsWith(ROWS);
      const told = rows ? showRows(await response.json(), cut) : showGraph(await response.text(), cut);
      $("status").textContent = `${told}, ${((performance.now() - begun) / 1000).toFixed(2)} s`;
    } catch (error) {
      if (running !== mine) return;
      $("status").textContent = error.name === "AbortError" ? "stopped" : "";
      if (error.name !== "AbortError") fail(error);
    }
    if (running === mine) {
      $("cancel").hidden = true;
      running = null;
    }
  };

  const save = (text, type, name) => {
    const link = element("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };

  // A spreadsheet takes a cell that begins like this for a formula; a number stays one.
  const guarded = (term) => (/^[=+\-@\t\r\n]/.test(term.value) && !isNumber(term) ? `'${term.value}` : term.value);
  const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

  const csv = (told) => {
    const columns = told.head.vars || ["answer"];
    const rows = "boolean" in told ? [[String(told.boolean)]]
      : told.results.bindings.map((row) => columns.map((name) => (row[name] ? guarded(row[name]) : "")));
    return [columns, ...rows].map((row) => `${row.map(quoted).join(",")}\r\n`).join("");
  };

  const saving = (type, name, made) => async () => {
    try {
      save(made(await (await request(ROWS, "")).text()), type, name);
    } catch (error) {
      fail(error);
    }
  };

  $("save-csv").addEventListener("click", saving("text/csv", "rows.csv", (text) => csv(JSON.parse(text))));
  $("save-json").addEventListener("click", saving(ROWS, "rows.json", (text) => text));
  $("cancel").addEventListener("click", () => running && running.abort());
  $("ask").addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  $("text").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      ask();
    }
  });
  $("example").addEventListener("change", () => {
    const chosen = given.examples[Number($("example").value)];
    if (!chosen || $("example").value === "") return;
    $("text").value = chosen.text.replace(/^(#.*\n)+\n*/, "");
    $("about").textContent = chosen.description;
  });
  const linked = new URLSearchParams(location.search).get("query");
  if (linked !== null) $("text").value = linked;
})();
