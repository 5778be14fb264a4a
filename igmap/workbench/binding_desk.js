// The binding desk in the page: what each dataset is for, as igmap proposes it and as a person says it.
const PARTS = ["purposes", "role", "data_subjects", "person_key", "start_columns", "recipients", "collected_under"];

function render({ model, el }) {
  let rows = [], words = {}, offered = {}, seen = null, at = -1, shown = "";
  const marks = element("span", { role: "group" });
  const list = element("div", { className: "list", role: "listbox", tabIndex: 0, ...QUIET });
  const about = element("div", { className: "about" });
  const form = element("form", { hidden: true });
  const said = element("p", { className: "said", role: "status" });
  const by = element("input", { name: "by", required: true, autocomplete: "off", ...QUIET });
  const why = element("input", { name: "why", required: true, autocomplete: "off", ...QUIET });
  const desk = element("div", { className: "igmap-desk igmap-binding" },
    element("div", { className: "bar" }, marks), list, about, form, said);
  el.append(desk);
  list.dataset.id = `igmap-${Math.random().toString(36).slice(2)}`;

  function draw() {
    const states = ["", ...new Set(rows.map((row) => row[1]))];
    marks.replaceChildren(...states.map((state) => {
      const many = state ? rows.filter((row) => row[1] === state).length : rows.length;
      const one = element("button", { type: "button", ...QUIET }, `${words[state || "all"]} ${many}`);
      one.setAttribute("aria-pressed", String(shown === state));
      one.onclick = () => { shown = state; draw(); };
      return one;
    }));
    list.setAttribute("aria-label", words.datasets);
    list.replaceChildren(...[...rows.keys()].filter((i) => !shown || rows[i][1] === shown).map((i) => {
      const [place, state, purposes] = rows[i];
      const line = element("div", { className: `line ${state}`, role: "option", id: `${list.dataset.id}-${i}` },
        element("span", { title: place }, place), element("span", {}, words[state]), element("span", {}, purposes));
      line.setAttribute("aria-selected", String(i === at));
      line.onclick = () => choose(i);
      return line;
    }));
  }

  function choose(i) {
    at = i; said.textContent = "";
    list.setAttribute("aria-activedescendant", `${list.dataset.id}-${i}`);
    draw();
    document.getElementById(`${list.dataset.id}-${i}`)?.scrollIntoView({ block: "nearest" });
    model.send({ kind: "evidence", at: i });
  }

  function ticks(name, chosen) { // one box per word of the register
    const boxes = offered[name].map(([id, label]) => element("label", { className: "tick" },
      element("input", { type: "checkbox", name, value: id, checked: chosen.includes(id), ...QUIET }), `${label} (${id})`));
    return element("fieldset", {}, element("legend", {}, words[name]), ...boxes);
  }

  function choice(name, label, options, value) {
    const select = filled(element("select", { name, ...QUIET }), [["", "–"], ...options], value);
    return element("label", {}, label, select);
  }

  function fill(values) {
    const fields = seen.fields.map((name) => [name, name.slice(0, 200)]);
    const starts = offered.start_columns.map((event) =>
      choice(`start:${event}`, event, fields, (values.start_columns || {})[event] || ""));
    const none = element("label", { className: "tick none" },
      element("input", { type: "checkbox", name: "none", checked: values.none === true, ...QUIET }), words.none);
    const purposes = ticks("purposes", values.purposes || []);
    purposes.append(none);
    const take = element("button", { type: "button", name: "take", hidden: !seen.proposed, ...QUIET }, words.take);
    take.onclick = () => fill(seen.proposed);
    form.replaceChildren(take, purposes, choice("role", words.role, offered.role, values.role || ""),
      choice("person_key", words.person_key, fields, values.person_key || ""),
      element("fieldset", {}, element("legend", {}, words.start_columns), ...starts),
      ticks("data_subjects", values.data_subjects || []), ticks("recipients", values.recipients || []),
      choice("collected_under", words.collected_under, offered.collected_under, values.collected_under || ""),
      element("label", {}, words.by, by), element("label", { className: "why" }, words.why, why),
      element("button", { type: "submit", name: "confirm", ...QUIET }, words.confirm),
      element("span", {}, `${words.holds} ${seen.written.slice(0, 300)}`));
    form.hidden = false;
  }

  function tell() {
    const parts = PARTS.filter((name) => (seen.reasons[name] || []).length).map((name) => element("div", {},
      element("h4", {}, words[name]), element("ul", {}, ...seen.reasons[name].map((text) => element("li", {}, text)))));
    about.replaceChildren(element("div", { className: "title" }, `${rows[seen.at][0]}: ${words[rows[seen.at][1]]}`), ...parts);
    if (seen.held.by) { if (!by.value) by.value = seen.held.by; }
    why.value = seen.held.why || "";
    fill(seen.held);
  }

  function take(message) {
    if (message.kind === "rows" || message.kind === "confirm") {
      ({ rows, words, offered } = message);
      draw();
    }
    if (message.kind === "evidence" && message.at === at) { seen = message; tell(); }
    if (message.kind === "confirm") model.send({ kind: "evidence", at });
    if (message.kind === "confirm" || message.kind === "problem") {
      said.className = message.kind === "problem" ? "said problem" : "said";
      said.textContent = message.text;
    }
  }

  list.onkeydown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !rows.length) return;
    event.preventDefault();
    const those = [...rows.keys()].filter((i) => !shown || rows[i][1] === shown);
    choose(those[Math.max(0, Math.min(those.length - 1, those.indexOf(at) + step))]);
  };
  desk.addEventListener("keydown", (event) => event.stopPropagation());
  form.onsubmit = (event) => {
    event.preventDefault();
    const told = new FormData(form);
    const starts = Object.fromEntries(offered.start_columns.map((e) => [e, told.get(`start:${e}`)]).filter(([, field]) => field));
    model.send({ kind: "confirm", at, none: told.has("none"), by: by.value, why: why.value, start_columns: starts,
      ...Object.fromEntries(["purposes", "data_subjects", "recipients"].map((name) => [name, told.getAll(name)])),
      ...Object.fromEntries(["role", "person_key", "collected_under"].map((name) => [name, told.get(name)])) });
  };
  model.on("msg:custom", take);
  model.send({ kind: "rows" });
  return () => model.off("msg:custom", take);
}

export default { render };
