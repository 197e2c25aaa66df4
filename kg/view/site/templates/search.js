const data = JSON.parse(document.getElementById("data").textContent);
const field = document.getElementById("search");
const found = document.getElementById("found");
const list = document.getElementById("matches");
const MOST = 30;

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
// Rank of a name: the whole of it, its beginning, the beginning of a word, anywhere, nowhere.
const rank = (name, wanted) => {
  if (name === wanted) return 0;
  const at = name.indexOf(wanted);
  if (at === 0) return 1;
  if (at < 0) return 9;
  return name.includes(` ${wanted}`) ? 2 : 3;
};

const entries = [...document.querySelectorAll("[data-pages] a")].map((link, at) => ({
  label: link.textContent,
  href: link.getAttribute("href"),
  kind: link.closest("[data-pages]").dataset.pages.slice(0, -1),
  more: link.nextElementSibling ? link.nextElementSibling.textContent : "",
  others: data.also[at],
}));
for (const [label, kind, iri, ...others] of data.others) {
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(iri) ? iri : data.base + iri;
  entries.push({ label, href: data.graph + encodeURIComponent(whole), kind: data.kinds[kind], more: "", others });
}
for (const entry of entries) entry.names = [entry.label, ...entry.others].map(folded);

const matches = (wanted) => {
  const hits = [];
  entries.forEach((entry, at) => {
    const ranks = entry.names.map((name, place) => rank(name, wanted) + (place ? 0.5 : 0));
    const best = Math.min(...ranks);
    if (best < 9) hits.push({ entry, at, best, place: ranks.indexOf(best) });
  });
  return hits.sort((one, other) => one.best - other.best || one.at - other.at);
};

const shown = ({ entry, place }) => {
  const item = document.createElement("li");
  const link = document.createElement("a");
  const kind = document.createElement("span");
  link.href = entry.href;
  link.textContent = entry.label;
  kind.className = "quiet";
  kind.textContent = [entry.kind, entry.more, place ? entry.others[place - 1] : ""].filter(Boolean).join(", ");
  item.append(link, " ", kind);
  return item;
};

const search = () => {
  const wanted = folded(field.value.trim());
  const hits = wanted ? matches(wanted) : [];
  list.replaceChildren(...hits.slice(0, MOST).map(shown));
  if (!wanted) found.textContent = "";
  else if (hits.length > MOST) found.textContent = `${hits.length} found; the first ${MOST}:`;
  else found.textContent = hits.length ? `${hits.length} found` : "Nothing has such a name.";
};

field.addEventListener("input", search);
field.addEventListener("keydown", (event) => {
  if (event.key === "Enter") list.querySelector("a")?.click();
});
addEventListener("keydown", (event) => {
  if (event.key === "/" && document.activeElement !== field && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    field.focus();
  }
});
document.documentElement.classList.add("js");
if (field.value) search();
