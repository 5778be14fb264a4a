// The findings desk in the page: filters, the finding that was chosen, and a form that accepts it for a while.
const FILTERS = ["outcome", "severity", "rule", "dataset"], MOST = 400;

function render({ model, el }) {
  let rows = [], shown = [], words = {}, named = {}, writes = false, at = -1;
  const search = element("input", { type: "search", ...QUIET });
  const selects = Object.fromEntries(FILTERS.map((name) => [name, element("select", { name, ...QUIET })]));
  const count = element("span", { "aria-live": "polite" });
  const hint = element("p");
  const list = element("div", { className: "list", role: "listbox", tabIndex: 0, ...QUIET });
  const about = element("div", { className: "about" });
  const by = element("input", { name: "by", required: true, autocomplete: "off", ...QUIET });
  const why = element("input", { name: "why", required: true, autocomplete: "off", ...QUIET });
  const until = element("input", { name: "until", type: "date", required: true, ...QUIET });
  const whatever = element("input", { name: "whatever", type: "checkbox", ...QUIET });
  const button = element("button", { type: "submit", ...QUIET });
  const form = element("form", { hidden: true });
  const said = element("p", { className: "said", role: "status" });
  const bar = element("div", { className: "bar" }, search, ...Object.values(selects), count);
  const desk = element("div", { className: "igmap-desk igmap-findings" }, hint, bar, list, about, form, said);
  el.append(desk);
  list.dataset.id = `igmap-${Math.random().toString(36).slice(2)}`;

  function dress() {
    hint.textContent = writes ? words.hint : words.read_only;
    search.placeholder = words.search;
    search.setAttribute("aria-label", words.search);
    list.setAttribute("aria-label", words.findings);
    button.textContent = words.accept;
    const label = (name, field, more = {}) => element("label", more, words[name], field);
    form.replaceChildren(label("by", by), label("why", why, { className: "why" }), label("until", until),
      element("label", { className: "tick" }, whatever, words.whatever), button);
  }

  function offer() { // what there is to filter by, each with how many rows it has
    const many = (name, value) => rows.filter((row) => of(row, name).includes(value)).length;
    const rules = [...new Map(rows.map((row) => [row.rule, row.asks]))];
    const datasets = [...new Set(rows.flatMap((row) => row.datasets))].sort().map((name) => [name, name.slice(0, 120)]);
    const options = { outcome: named.outcomes, severity: named.severities, rule: rules, dataset: datasets };
    for (const name of FILTERS) {
      const there = options[name].filter(([value]) => many(name, value));
      filled(selects[name], [["", words[name]], ...there.map(([value, told]) => [value, `${told} (${many(name, value)})`])],
        selects[name].value);
      selects[name].setAttribute("aria-label", words[name]);
    }
  }

  function of(row, name) {
    return name === "dataset" ? row.datasets : [row[name]];
  }

  function filter() {
    const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    shown = [...rows.keys()].filter((i) => {
      const text = [rows[i].asks, ...rows[i].datasets, ...rows[i].lines, ...rows[i].other, ...rows[i].ids].join(" ").toLowerCase();
      return FILTERS.every((name) => !selects[name].value || of(rows[i], name).includes(selects[name].value))
        && wanted.every((word) => text.includes(word));
    });
    const findings = shown.reduce((sum, i) => sum + rows[i].ids.length, 0);
    count.textContent = `${shown.length} ${words.rows} (${findings} ${words.findings})`;
    draw();
  }

  function draw() {
    const outcomes = Object.fromEntries(named.outcomes);
    list.replaceChildren(...shown.slice(0, MOST).map((i) => {
      const row = rows[i], place = row.datasets.length > 1 ? `${row.datasets[0]} +${row.datasets.length - 1}` : row.datasets[0] || "–";
      const line = element("div", { className: `line ${row.outcome}`, role: "option", id: `${list.dataset.id}-${i}` },
        element("span", {}, outcomes[row.outcome]), element("span", {}, row.rule),
        element("span", { title: row.datasets.join("\n").slice(0, 500) }, place.slice(0, 200)),
        element("span", { title: row.lines.join("\n").slice(0, 500) }, row.lines.join(" · ").slice(0, 300)));
      line.setAttribute("aria-selected", String(i === at));
      line.onclick = () => choose(i);
      return line;
    }));
    if (shown.length > MOST) list.append(element("p", {}, words.more));
  }

  function choose(i) {
    at = i; said.textContent = "";
    list.setAttribute("aria-activedescendant", `${list.dataset.id}-${i}`);
    draw();
    document.getElementById(`${list.dataset.id}-${i}`)?.scrollIntoView({ block: "nearest" });
    tell(rows[i]);
  }

  function tell(row) {
    const listed = (name, texts) => texts.length
      ? [element("div", {}, element("h4", {}, words[name]), element("ul", {}, ...texts.map((one) => element("li", {}, one))))] : [];
    const severity = Object.fromEntries(named.severities)[row.severity];
    about.replaceChildren(element("div", { className: "title" }, `${row.asks} (${severity})`),
      ...listed("finding", row.lines), ...listed("files", row.datasets), ...listed("basis", [row.quote, ...row.law].filter(Boolean)),
      ...listed("remedy", [row.remedy].filter(Boolean)), ...listed("beside", row.beside), ...listed("stood", row.stood),
      ...listed("ids", [row.ids.slice(0, 12).join(", ") + (row.ids.length > 12 ? " …" : "")]));
    form.hidden = !writes || row.outcome === "pass";
  }

  function take(message) {
    button.disabled = false;
    if (message.kind === "rows" || message.kind === "accept") {
      const kept = at >= 0 ? rows[at].ids[0] : "";
      ({ rows, words, writes } = message);
      named = message;
      dress(); offer();
      at = kept ? rows.findIndex((row) => row.ids.includes(kept)) : -1;
      filter();
      if (at >= 0) tell(rows[at]);
    }
    if (message.kind === "accept" || message.kind === "problem") {
      said.className = message.kind === "problem" ? "said problem" : "said";
      said.textContent = message.text;
    }
  }

  const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 9, PageUp: -9, Home: -1e9, End: 1e9 };
  list.onkeydown = (event) => {
    if (event.key === "/") { event.preventDefault(); search.focus(); }
    if (event.key === "Enter" && !form.hidden) { event.preventDefault(); by.focus(); }
    const there = shown.slice(0, MOST);
    if (!(event.key in steps) || !there.length) return;
    event.preventDefault();
    choose(there[Math.max(0, Math.min(there.length - 1, there.indexOf(at) + steps[event.key]))]);
  };
  search.onkeydown = (event) => {
    if (event.key !== "ArrowDown" && event.key !== "Enter") return;
    event.preventDefault(); list.focus();
    if (shown.length) choose(shown[0]);
  };
  desk.addEventListener("keydown", (event) => event.stopPropagation());
  search.oninput = filter;
  for (const select of Object.values(selects)) select.onchange = filter;
  form.onsubmit = (event) => {
    event.preventDefault();
    button.disabled = true;
    model.send({ kind: "accept", at, by: by.value, why: why.value, until: until.value, whatever: whatever.checked });
  };
  model.on("msg:custom", take);
  model.send({ kind: "rows" });
  return () => model.off("msg:custom", take);
}

export default { render };
