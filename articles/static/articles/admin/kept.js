// What this browser keeps of an article until the server has it: the text, the title and every detail.
// Each open page keeps its own copy, so that no other tab overwrites it or throws it away.

const SECRET = ["csrfmiddlewaretoken", "expected_head"];
const shelfOf = (form) => `chelate:article:${form.dataset.article}:`;

function fields(form) {
  return [...form.elements].filter((field) => field.id && field.name && !SECRET.includes(field.name));
}

function valueOf(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked;
  if (field.type !== "select-multiple" && field.type !== "select-one") return field.value;
  return [...field.selectedOptions].map((option) => [option.value, option.text]);
}

const isSame = (field, value) => JSON.stringify(valueOf(field)) === JSON.stringify(value);

export function startKeeping(form) {
  const key = `${shelfOf(form)}${crypto.getRandomValues(new Uint32Array(2)).join("")}`;

  function keep() {
    try {
      const values = Object.fromEntries(fields(form).map((field) => [field.id, valueOf(field)]));
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), values }));
      return true;
    } catch {
      return false; // private mode, or the disk is full
    }
  }

  return { keep, drop: () => forget(key) };
}

export function forget(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // nothing was kept
  }
}

// The copies that say something else than the form, the newest first. Copies that say the same are thrown away.
export function keptCopies(form) {
  const found = [];
  for (const key of keys().filter((name) => name.startsWith(shelfOf(form)))) {
    const copy = read(key);
    const changed = fields(form).filter((field) => field.id in copy.values && !isSame(field, copy.values[field.id]));
    if (changed.length) found.push({ key, changed, ...copy });
    else forget(key);
  }
  return found.sort((one, other) => other.at - one.at);
}

function keys() {
  try {
    return Object.keys(localStorage);
  } catch {
    return []; // the browser keeps nothing for this site
  }
}

function read(key) {
  try {
    const { at, values } = JSON.parse(localStorage.getItem(key));
    return { at, values: values ?? {} };
  } catch {
    return { at: 0, values: {} };
  }
}

export function inWords(value) {
  if (typeof value === "boolean") return value ? "yes" : "no";
  return (Array.isArray(value) ? value.map(([, label]) => label).join(", ") : value) || "nothing";
}

// Put a kept value back. A chooser draws its chips again when its list says "restored".
export function putBack(field, value) {
  if (typeof value === "boolean") field.checked = value;
  else if (!Array.isArray(value)) field.value = value;
  else if (field.closest("[data-chooser]")) field.replaceChildren(...value.map(([name, label]) => new Option(label, name, true, true)));
  else for (const option of field.options) option.selected = value.some(([name]) => name === option.value);
  field.dispatchEvent(new Event("restored"));
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
