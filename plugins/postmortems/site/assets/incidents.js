// Narrows down and sorts the table of incidents. Without it the whole table is there, by year.
(() => {
  const listing = document.querySelector("[data-listing]");
  const form = listing?.querySelector("form");
  if (!form) return;
  const table = listing.querySelector("table");
  const said = (text, values = {}) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const state = listing.querySelector("[role=status]");
  const years = listing.querySelector(".pm-years");
  const boxes = [...form.querySelectorAll("[type=checkbox]")];
  let rows = [];
  let sorting = { by: "date", down: true };

  const shownAs = (count) => count.toLocaleString(document.documentElement.lang);
  const number = (text) => (text === undefined ? null : Number(text));
  // A row as it is compared: its words, the places of its values in the facets, and its place by date.
  const read = (element) => ({
    element,
    body: element.parentElement,
    words: element.textContent.toLowerCase(),
    places: new Set(element.dataset.facets.split(" ")),
    rank: number(element.dataset.rank),
    seconds: number(element.dataset.seconds),
    place: rows.length,
  });
  const take = (root) => {
    for (const element of root.querySelectorAll("tr[data-facets]")) rows.push(read(element));
  };

  // The rows of earlier years, from their own pages, once they are asked for.
  let complete = !years;
  const fetchAll = async () => {
    if (complete) return;
    complete = true;
    state.textContent = listing.dataset.fetching;
    for (const link of years.querySelectorAll("a[data-rows]")) {
      const answer = await fetch(link.href);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const anchor of page.querySelectorAll("table.pm-table a[href]")) {
        anchor.href = new URL(anchor.getAttribute("href"), link.href).href;
      }
      for (const body of page.querySelectorAll("table.pm-table tbody")) {
        table.append(document.importNode(body, true));
        take(table.tBodies[table.tBodies.length - 1]);
      }
    }
    years.hidden = true;
  };

  // What is chosen, facet by facet: places such as 3.0, the first value of the fourth facet.
  const facetOf = (place) => place.slice(0, place.indexOf("."));
  const chosen = () => {
    const found = new Map();
    for (const box of boxes.filter((each) => each.checked)) {
      const facet = facetOf(box.dataset.place);
      found.set(facet, [...(found.get(facet) ?? []), box.dataset.place]);
    }
    return found;
  };

  const compare = {
    date: (a, b) => b.place - a.place,
    severity: (a, b) => b.rank - a.rank,
    recovery: (a, b) => a.seconds - b.seconds,
  };

  // By date the rows stand in their years; else all in one run, what is not known last.
  const arrange = () => {
    const { by, down } = sorting;
    const straight = by === "date" && down;
    const known = (row) => by === "date" || (by === "recovery" ? row.seconds : row.rank) !== null;
    const sorted = rows.filter(known).sort(compare[by]);
    if (down) sorted.reverse();
    const all = straight ? rows : [...sorted, ...rows.filter((row) => !known(row))];
    if (straight) for (const row of all) row.body.append(row.element);
    else table.tBodies[0].append(...all.map((row) => row.element));
    table.classList.toggle("pm-sorted", !straight);
    for (const head of table.querySelectorAll("th[data-sort]")) {
      if (head.dataset.sort === by) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
  };

  const narrow = () => {
    const choice = chosen();
    const words = form.elements.words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const counts = new Map();
    let shown = 0;
    for (const row of rows) {
      const misses = [...choice.keys()].filter((facet) => !choice.get(facet).some((place) => row.places.has(place)));
      const spoken = words.every((word) => row.words.includes(word));
      const visible = spoken && !misses.length;
      row.element.hidden = !visible;
      shown += visible;
      if (!spoken || misses.length > 1) continue;
      // A value counts the rows that would be shown with it, whatever else of its own facet is chosen.
      for (const place of row.places) {
        if (!misses.length || facetOf(place) === misses[0]) counts.set(place, (counts.get(place) ?? 0) + 1);
      }
    }
    const narrowed = choice.size || words.length;
    // Where the earlier years are on pages of their own, the page itself tells how many there are of each, at first.
    const newest = !complete && !narrowed;
    for (const box of newest ? [] : boxes) {
      const count = counts.get(box.dataset.place) ?? 0;
      const label = box.closest("label");
      label.querySelector("data").textContent = shownAs(count);
      label.classList.toggle("pm-none", !count && !box.checked);
    }
    for (const body of table.tBodies) {
      body.hidden = !table.classList.contains("pm-sorted") && !body.querySelector("tr[data-facets]:not([hidden])");
    }
    const text = newest ? listing.dataset.newest : narrowed ? listing.dataset.some : listing.dataset.all;
    const count = newest ? Number(listing.dataset.count) : rows.length;
    state.textContent = said(text, { shown: shownAs(shown), count: shownAs(count) });
    clear.hidden = !narrowed;
    if (narrowed && !shown) state.textContent += `. ${listing.dataset.none}`;
  };

  const address = () => {
    const query = new URLSearchParams(new FormData(form));
    if (!query.get("words")) query.delete("words");
    if (sorting.by !== "date" || !sorting.down) query.set("sort", `${sorting.down ? "-" : ""}${sorting.by}`);
    history.replaceState(null, "", `${location.pathname}${query.size ? `?${query}` : ""}${location.hash}`);
  };

  const restore = () => {
    const query = new URLSearchParams(location.search);
    form.elements.words.value = query.get("words") ?? "";
    for (const box of boxes) {
      box.checked = query.getAll(box.name).includes(box.value);
      if (box.checked) for (let at = box.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
    }
    const sort = query.get("sort");
    if (sort && Object.hasOwn(compare, sort.replace("-", ""))) sorting = { by: sort.replace("-", ""), down: sort.startsWith("-") };
    return query.size > 0;
  };

  const clear = document.createElement("button");
  clear.type = "button";
  clear.className = "pm-clear";
  clear.textContent = listing.dataset.clear;
  clear.hidden = true;
  clear.addEventListener("click", () => {
    form.reset();
    for (const box of boxes) box.checked = false;
    form.elements.words.value = "";
    narrow();
    address();
    form.elements.words.focus();
  });
  state.after(clear);

  for (const head of table.querySelectorAll("th[data-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "pm-sort";
    button.textContent = head.textContent;
    button.addEventListener("click", async () => {
      const by = head.dataset.sort;
      sorting = { by, down: sorting.by === by ? !sorting.down : true };
      await fetchAll();
      arrange();
      narrow();
      address();
    });
    head.replaceChildren(button);
  }

  const change = async () => {
    await fetchAll();
    narrow();
    address();
  };
  form.addEventListener("change", change);
  form.addEventListener("input", (event) => event.target.name === "words" && change());
  form.addEventListener("submit", (event) => event.preventDefault());

  if (matchMedia("(max-width: 59.9em)").matches) form.querySelector(".pm-facets-all").open = false;
  form.hidden = false;
  listing.classList.add("pm-active");
  take(table);
  const asked = restore();
  (async () => {
    if (asked) await fetchAll();
    arrange();
    narrow();
  })();
})();
