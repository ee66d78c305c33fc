// Searches all pages by Pagefind, whose index comes in small parts, and narrows incidents down by their facets.
// What is looked for is in the address, so that it can be sent.
const place = document.querySelector("[data-pagefind]");
const form = place.querySelector("form");
const state = place.querySelector("[role=status]");
const list = place.querySelector(".pm-found");
const boxes = [...form.querySelectorAll("[type=checkbox]")];
const field = form.elements.find;
const words = place.dataset;
const said = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const AT_ONCE = 10;

const address = (relative) => new URL(relative, document.baseURI).pathname;
const loading = (async () => {
  const pagefind = await import(`${address(place.dataset.pagefind)}pagefind.js`);
  // Without a worker, whose script is a tenth of what a first search fetches: a search takes a few milliseconds.
  await pagefind.options({ baseUrl: address(place.dataset.base), excerptLength: 30, noWorker: true });
  return pagefind;
})();
// What counts by facets is as much again as what finds, so it is fetched when someone turns to the facets.
let counting;
const counted = () => (counting ??= loading.then((pagefind) => pagefind.filters()));

// An excerpt is text with marks around what was looked for; nothing else of it is taken over.
const excerpt = (html) => {
  const into = document.createElement("p");
  const from = new DOMParser().parseFromString(html, "text/html").body;
  for (const node of from.childNodes) {
    if (node.nodeName === "MARK") {
      const mark = document.createElement("mark");
      mark.textContent = node.textContent;
      into.append(mark);
    } else into.append(node.textContent);
  }
  return into;
};
const anchor = (href, text) => {
  const made = document.createElement("a");
  made.href = href;
  made.textContent = text;
  return made;
};
const entry = (page) => {
  const item = document.createElement("li");
  const title = document.createElement("h3");
  title.append(anchor(page.url, page.meta.title ?? page.url));
  item.append(title, excerpt(page.excerpt));
  const parts = page.sub_results.filter((part) => part.url !== page.url && part.title !== page.meta.title).slice(0, 3);
  if (parts.length) {
    const inside = document.createElement("p");
    inside.className = "pm-meta";
    parts.forEach((part, at) => inside.append(at ? " · " : `${words.inside} `, anchor(part.url, part.title)));
    item.append(inside);
  }
  return item;
};

const more = document.createElement("button");
more.type = "button";
more.className = "pm-clear";
more.textContent = words.next;
more.hidden = true;
list.after(more);

let results = [];
let turn = 0;
const show = async () => {
  const mine = turn;
  const next = results.slice(list.children.length, list.children.length + AT_ONCE);
  const pages = await Promise.all(next.map((result) => result.data()));
  if (mine !== turn) return;
  list.append(...pages.map(entry));
  more.hidden = list.children.length >= results.length;
};
more.addEventListener("click", async () => {
  const first = list.children.length;
  await show();
  list.children[first]?.querySelector("a").focus();
});

const shown = (count) => count.toLocaleString(document.documentElement.lang);
const tally = (box) => box.closest("label").querySelector("data");
const told = (box, count) => {
  tally(box).textContent = count;
  box.closest("label").classList.toggle("pm-none", count === "0" && !box.checked);
};
const whole = boxes.map((box) => [box, tally(box).textContent]);

const filters = () => {
  const chosen = {};
  for (const box of boxes.filter((each) => each.checked)) {
    (chosen[box.dataset.filter] ??= { any: [] }).any.push(box.dataset.label);
  }
  return chosen;
};
const search = async () => {
  turn += 1;
  const mine = turn;
  const term = field.value.trim();
  const chosen = filters();
  const narrowed = Object.keys(chosen).length > 0;
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  history.replaceState(null, "", query.size ? `?${query}` : location.pathname);
  if (!term && !narrowed) {
    results = [];
    list.replaceChildren();
    more.hidden = true;
    state.textContent = "";
    for (const [box, count] of whole) told(box, count);
    place.classList.remove("pm-uncounted");
    return;
  }
  state.textContent = words.searching;
  const pagefind = await loading;
  if (narrowed) counted();
  if (counting) await counting;
  if (mine !== turn) return;
  const found = await pagefind.search(term || null, { filters: chosen });
  if (mine !== turn) return;
  results = found.results;
  list.replaceChildren();
  // A value of a facet in which something is chosen counts what it would add, so that choice is left out there.
  const counts = {};
  for (const facet of Object.keys(chosen)) {
    const { [facet]: _, ...others } = chosen;
    counts[facet] = (await pagefind.search(term || null, { filters: others })).filters[facet];
  }
  if (mine !== turn) return;
  place.classList.toggle("pm-uncounted", !counting);
  for (const box of counting ? boxes : []) {
    const facet = box.dataset.filter;
    told(box, shown((counts[facet] ?? found.filters[facet])?.[box.dataset.label] ?? 0));
  }
  const many = results.length !== 1;
  const text = term ? (many ? words.moreFor : words.oneFor) : many ? words.more : words.one;
  state.textContent = said(text, { count: shown(results.length), words: term });
  if (!results.length) state.textContent += `. ${words.none}`;
  await show();
};

let waiting;
field.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(search, 150);
});
form.addEventListener("change", (event) => event.target !== field && search());
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  search();
});

for (const turnedTo of ["pointerover", "focusin"]) {
  form.querySelector(".pm-facets-all").addEventListener(turnedTo, () => {
    if (counting) return;
    counted();
    if (field.value.trim()) search();
  });
}

const asked = new URLSearchParams(location.search);
field.value = asked.get("find") ?? "";
for (const box of boxes) {
  box.checked = asked.getAll(box.name).includes(box.value);
  if (box.checked) for (let at = box.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
}
if (matchMedia("(max-width: 59.9em)").matches) form.querySelector(".pm-facets-all").open = false;
field.focus();
search();
