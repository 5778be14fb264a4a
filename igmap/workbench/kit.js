// What the desks in the page are made of. Every text of an export is put in as text, never as markup.
const QUIET = { "data-lm-suppress-shortcuts": "true" }; // JupyterLab's own keys keep out

function element(kind, more = {}, ...inside) {
  const made = document.createElement(kind);
  for (const [name, value] of Object.entries(more)) {
    if (name in made && name !== "list") made[name] = value; else made.setAttribute(name, value);
  }
  made.append(...inside);
  return made;
}

function filled(select, options, value = "") { // [value, text] pairs, the empty one first
  select.replaceChildren(...options.map(([id, name]) => element("option", { value: id }, name)));
  select.value = value;
  return select;
}
