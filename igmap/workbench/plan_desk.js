// The plan desk in the page: what becomes of each column, changed by a person, and what that would cost.
function render({ model, el }) {
  let rows = [], words = {}, offered = {}, at = -1;
  const told = element("ul", {});
  const list = element("div", { className: "list", role: "listbox", tabIndex: 0, ...QUIET });
  const form = element("form", { hidden: true, name: "column" });
  const aims = element("form", { name: "targets" });
  const cost = element("button", { type: "button", name: "cost", ...QUIET });
  const save = element("button", { type: "button", name: "save", ...QUIET });
  const said = element("p", { className: "said", role: "status" });
  const desk = element("div", { className: "igmap-desk igmap-plan" }, told, list, form, aims,
    element("div", { className: "bar" }, cost, save), said);
  el.append(desk);
  list.dataset.id = `igmap-${Math.random().toString(36).slice(2)}`;

  function draw() {
    const head = element("div", { className: "line head", role: "presentation" },
      ...["field", "category", "role", "becomes"].map((key) => element("span", {}, words[key])));
    list.setAttribute("aria-label", words.columns);
    list.replaceChildren(head, ...rows.map(([field, category, role, treatment, becomes], i) => {
      const line = element("div", { className: `line ${treatment}`, role: "option", id: `${list.dataset.id}-${i}` },
        ...[field, category, role, becomes].map((text) => element("span", { title: text }, text.slice(0, 400))));
      line.setAttribute("aria-selected", String(i === at));
      line.onclick = () => choose(i);
      return line;
    }));
    cost.textContent = words.cost;
    save.textContent = words.save;
  }

  function choose(i) {
    at = i; say("");
    list.setAttribute("aria-activedescendant", `${list.dataset.id}-${i}`);
    draw();
    document.getElementById(`${list.dataset.id}-${i}`)?.scrollIntoView({ block: "nearest" });
    model.send({ kind: "evidence", at: i });
  }

  function say(text, problem = false) {
    said.className = problem ? "said problem" : "said";
    said.textContent = text;
  }

  function choice(name, options, value) {
    return element("label", {}, words[name], filled(element("select", { name, ...QUIET }), options, value));
  }

  function figure(name, value, step, least) {
    return element("label", {}, words[name],
      element("input", { type: "number", name, value: String(value), step, min: least, required: true, ...QUIET }));
  }

  function lines(name, value) {
    return element("label", {}, words[name], element("textarea", { name, rows: 2, spellcheck: false, value, ...QUIET }));
  }

  function submit(name) {
    return element("button", { type: "submit", name, ...QUIET }, words[name]);
  }

  function fill({ values, hierarchies, becomes }) {
    form.replaceChildren(element("div", { className: "title" }, `${rows[at][0]}: ${becomes}`),
      choice("role", offered.role, values.role), choice("treatment", offered.treatment, values.treatment),
      choice("hierarchy", [["", "–"], ...hierarchies], values.hierarchy), figure("least", values.least, "1", "0"),
      figure("weight", values.weight, "any", "0"), lines("transform", values.transform), submit("change"));
    form.hidden = false;
  }

  function aim(targets) {
    aims.replaceChildren(figure("k", targets.k, "1", "2"), figure("limit", targets.limit, "any", "0"),
      choice("search", offered.search, targets.search), lines("models", targets.models), submit("targets"));
  }

  function take(message) {
    if (["rows", "change", "targets"].includes(message.kind)) {
      ({ rows, words, offered } = message);
      told.replaceChildren(...message.sentences.map((text) => element("li", {}, text)));
      draw();
      aim(message.targets);
    }
    if (message.kind === "evidence" && message.at === at) fill(message);
    if (message.kind === "change") model.send({ kind: "evidence", at });
    if (message.kind === "problem") say(message.text, true); else if (message.text) say(message.text);
  }

  list.onkeydown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !rows.length) return;
    event.preventDefault();
    choose(Math.max(0, Math.min(rows.length - 1, at + step)));
  };
  desk.addEventListener("keydown", (event) => event.stopPropagation());
  for (const [one, kind] of [[form, "change"], [aims, "targets"]]) {
    one.onsubmit = (event) => {
      event.preventDefault();
      model.send({ kind, at, ...Object.fromEntries(new FormData(one)) });
    };
  }
  cost.onclick = () => { say(words.counting); model.send({ kind: "cost" }); };
  save.onclick = () => model.send({ kind: "save" });
  model.on("msg:custom", take);
  model.send({ kind: "rows" });
  return () => model.off("msg:custom", take);
}

export default { render };
