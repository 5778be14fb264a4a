// The field desk in the page. Every text of an export is put in as text, never as markup.
const HEIGHT = 26, MARKS = ["undecided", "conflict", "decided", "found", "none"];

function render({ model, el }) {
  let rows = [], shown = [], words = {}, at = -1, mark = "", waiting = false, next = -1;
  const search = element("input", { type: "search", "data-lm-suppress-shortcuts": "true" });
  const marks = element("span", { role: "group" });
  const count = element("span", { "aria-live": "polite" });
  const hint = element("p");
  const grid = element("div", { className: "grid", role: "grid", tabIndex: 0, "data-lm-suppress-shortcuts": "true" });
  const head = element("div", { className: "row head", role: "row" });
  const space = element("div");
  const about = element("div", { className: "about" });
  const category = element("select", { "data-lm-suppress-shortcuts": "true", name: "category", required: true });
  const by = element("input", { name: "by", required: true, autocomplete: "off", "data-lm-suppress-shortcuts": "true" });
  const why = element("input", { name: "why", required: true, autocomplete: "off", "data-lm-suppress-shortcuts": "true" });
  const exactly = element("input", { type: "checkbox", name: "exactly", "data-lm-suppress-shortcuts": "true" });
  const button = element("button", { type: "submit", "data-lm-suppress-shortcuts": "true" });
  const holds = element("span");
  const form = element("form", { hidden: true });
  const said = element("p", { className: "said", role: "status" });
  const desk = element("div", { className: "igmap-desk" }, hint,
    element("div", { className: "bar" }, search, marks, count), grid, about, form, said);
  grid.append(head, space);
  el.append(desk);

  function labelled(name, field, more = {}) {
    return element("label", more, words[name], field);
  }

  function dress() {
    hint.textContent = words.hint;
    search.placeholder = words.search;
    search.setAttribute("aria-label", words.search);
    grid.setAttribute("aria-label", words.fields);
    button.textContent = words.write;
    head.replaceChildren(...["dataset", "field", "verdict", "category", "confidence"]
      .map((name) => element("span", { role: "columnheader" }, words[name])));
    form.replaceChildren(labelled("decision", category), labelled("by", by), labelled("why", why, { className: "why" }),
      element("label", { className: "tick" }, exactly, words.exactly), button, holds);
  }

  function counts() {
    const buttons = ["", ...MARKS].map((name) => {
      const many = name ? rows.filter((row) => row[2] === name).length : rows.length;
      const one = element("button", { type: "button", "data-lm-suppress-shortcuts": "true" }, `${words[name || "all"]} ${many}`);
      one.setAttribute("aria-pressed", String(mark === name));
      one.onclick = () => { mark = name; counts(); filter(); };
      return one;
    });
    marks.replaceChildren(...buttons);
  }

  function filter() {
    const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    shown = [...rows.keys()].filter((i) => {
      const text = `${rows[i][0]} ${rows[i][1]} ${rows[i][3]}`.toLowerCase();
      return (!mark || rows[i][2] === mark) && wanted.every((word) => text.includes(word));
    });
    count.textContent = `${shown.length} ${words.fields}`;
    grid.setAttribute("aria-rowcount", String(shown.length + 1));
    space.style.height = `${shown.length * HEIGHT}px`;
    draw();
  }

  function draw() {
    const first = Math.max(0, Math.floor(grid.scrollTop / HEIGHT) - 5);
    const lines = shown.slice(first, first + Math.ceil(grid.clientHeight / HEIGHT) + 12).map((row, i) => {
      const [place, field, verdict, kind, sure] = rows[row];
      const cells = [place, field, words[verdict], kind, sure].map((text) => element("span", { role: "gridcell", title: text.slice(0, 300) }, text.slice(0, 300)));
      const line = element("div", { className: `row ${verdict}`, role: "row", id: `${grid.dataset.id}-${row}` }, ...cells);
      line.style.top = `${(first + i + 1) * HEIGHT}px`;
      line.setAttribute("aria-selected", String(row === at));
      line.setAttribute("aria-rowindex", String(first + i + 2));
      line.onclick = () => choose(row);
      return line;
    });
    space.replaceChildren(...lines);
  }

  function choose(row) {
    at = row;
    said.textContent = "";
    grid.setAttribute("aria-activedescendant", `${grid.dataset.id}-${row}`);
    const top = shown.indexOf(row) * HEIGHT;
    if (top < grid.scrollTop) grid.scrollTop = top;
    if (top + 2 * HEIGHT > grid.scrollTop + grid.clientHeight) grid.scrollTop = top + 2 * HEIGHT - grid.clientHeight;
    draw();
    ask(row);
  }

  function ask(row) { // one message on its way, and only the newest after it
    if (waiting) { next = row; return; }
    waiting = true;
    model.send({ kind: "evidence", at: row });
  }

  function listed(name, texts) {
    return element("div", {}, element("h4", {}, words[name]), element("ul", {}, ...texts.map((text) => element("li", {}, text))));
  }

  function tell(seen) {
    const [place, field, , kind] = rows[seen.at];
    about.replaceChildren(element("div", { className: "title" }, `${place}: ${field.slice(0, 300)}`),
      listed("verdict", [`${kind}: ${seen.verdict}`]), listed("runner_up", [seen.runner_up]),
      listed("reasons", seen.reasons), listed("change", seen.change));
    if (seen.fired.length) about.append(listed("fired", seen.fired.map(([what, n, share]) => `${what}: ${n} (${share})`)));
    holds.textContent = `${words.holds} ${seen.written.slice(0, 300)}`;
    category.value = seen.held ? seen.held[0] : "";
    why.value = seen.held ? seen.held[2] : "";
    if (!by.value && seen.held) by.value = seen.held[1];
    form.hidden = false;
  }

  function take(message) {
    if (message.kind === "rows" || message.kind === "decide") {
      rows = message.rows; words = message.words;
      dress(); counts();
      if (!category.options.length) category.append(element("option", { value: "" }, words.choose),
        ...message.categories.map(([id, name]) => element("option", { value: id }, name)));
      filter();
    }
    if (message.kind === "evidence") {
      waiting = false;
      if (next >= 0) { const row = next; next = -1; ask(row); } else if (message.at === at) tell(message);
    }
    if (message.kind === "decide") { ask(message.at); }
    if (message.kind === "decide" || message.kind === "problem") {
      if (message.kind === "problem") waiting = false;
      button.disabled = false;
      said.className = message.kind === "problem" ? "said problem" : "said";
      said.textContent = message.text;
    }
  }

  const keys = { ArrowDown: 1, ArrowUp: -1, PageDown: 9, PageUp: -9, Home: -1e9, End: 1e9 };
  grid.onkeydown = (event) => {
    if (event.key === "/") { event.preventDefault(); search.focus(); }
    if (event.key === "Enter" && !form.hidden) { event.preventDefault(); category.focus(); }
    if (!(event.key in keys) || !shown.length) return;
    event.preventDefault();
    const to = Math.max(0, Math.min(shown.length - 1, shown.indexOf(at) + keys[event.key]));
    choose(shown[to]);
  };
  search.onkeydown = (event) => { if (event.key === "ArrowDown" || event.key === "Enter") { event.preventDefault(); grid.focus(); if (shown.length) choose(shown[0]); } };
  desk.addEventListener("keydown", (event) => event.stopPropagation());
  search.oninput = () => { grid.scrollTop = 0; filter(); };
  grid.onscroll = draw;
  form.onsubmit = (event) => {
    event.preventDefault();
    button.disabled = true;
    model.send({ kind: "decide", at, category: category.value, by: by.value, why: why.value, exactly: exactly.checked });
  };
  grid.dataset.id = `igmap-${Math.random().toString(36).slice(2)}`;
  model.on("msg:custom", take);
  model.send({ kind: "rows" });
  return () => model.off("msg:custom", take);
}

export default { render };
