// The marking desk in the page: one text, put in as text and never as markup, and what somebody counts in it.
function render({ model, el }) {
  let words = {}, shown = null, waiting = true;
  const hint = element("p");
  const told = element("ul", { "aria-live": "polite" });
  const kind = element("p", { className: "kind" });
  const text = element("pre", { className: "text", tabIndex: 0, ...QUIET });
  const by = element("input", { name: "by", autocomplete: "off", ...QUIET });
  const count = element("input", { name: "left", type: "number", min: 1, step: 1, value: 1, ...QUIET });
  const nothing = element("button", { type: "button", name: "nothing", ...QUIET });
  const some = element("button", { type: "button", name: "some", ...QUIET });
  const unsure = element("button", { type: "button", name: "unsure", ...QUIET });
  const undo = element("button", { type: "button", name: "undo", ...QUIET });
  const said = element("p", { className: "said", role: "status" });
  const form = element("form");
  const desk = element("div", { className: "igmap-desk igmap-marking" }, hint, told, kind, text, form, said);
  el.append(desk);

  function dress() {
    hint.textContent = words.hint;
    text.setAttribute("aria-label", words.text);
    nothing.textContent = words.nothing; some.textContent = words.some; unsure.textContent = words.unsure; undo.textContent = words.undo;
    form.replaceChildren(element("label", {}, words.by, by), nothing, element("label", {}, words.left, count), some, unsure, undo);
  }

  function show(message) {
    ({ words, shown } = message);
    dress();
    if (!by.value) by.value = message.by;
    told.replaceChildren(...message.progress.map((line) => element("li", {}, line)));
    text.textContent = shown ? shown.text : words.done;
    kind.textContent = shown ? words[shown.stratum] : "";
    for (const button of [nothing, some, unsure]) button.disabled = !shown;
    text.scrollTop = 0;
    text.focus({ preventScroll: true });
  }

  function mark(left) { // one message on its way
    if (waiting || !shown) return;
    waiting = true;
    model.send({ kind: "mark", text: shown.hash, left, by: by.value });
  }

  function back() {
    if (waiting) return;
    waiting = true;
    model.send({ kind: "undo" });
  }

  function take(message) {
    waiting = false;
    said.className = message.kind === "problem" ? "said problem" : "said";
    said.textContent = message.kind === "problem" ? message.text : "";
    if (message.kind !== "problem") show(message); else if (!by.value) by.focus();
  }

  text.onkeydown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^[0-9]$/.test(event.key)) { event.preventDefault(); mark(Number(event.key)); }
    if (event.key === "?") { event.preventDefault(); mark(null); }
    if (event.key === "Backspace") { event.preventDefault(); back(); }
  };
  desk.addEventListener("keydown", (event) => event.stopPropagation());
  nothing.onclick = () => mark(0);
  some.onclick = () => mark(Math.max(1, Math.floor(count.valueAsNumber) || 1));
  unsure.onclick = () => mark(null);
  undo.onclick = back;
  form.onsubmit = (event) => event.preventDefault();
  model.on("msg:custom", take);
  model.send({ kind: "next" });
  return () => model.off("msg:custom", take);
}

export default { render };
