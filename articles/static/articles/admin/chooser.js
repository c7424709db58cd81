// Turns a plain list into chips and a search field. The <select> stays what is sent, in the order of choosing.
import { fetchRows, startListbox } from "./listbox.js";

let count = 0;

export function startChooser(root) {
  const select = root.querySelector("select");
  const many = "many" in root.dataset;
  const free = "free" in root.dataset;
  const chips = document.createElement("ul");
  const input = document.createElement("input");
  const list = document.createElement("ul");
  let offered = [];
  const none = document.createElement("p");
  build();

  const box = startListbox(input, list, {
    async search(query, signal) {
      const rows = await fetchRows(root.dataset.url, { kind: root.dataset.kind, q: query }, signal);
      const chosen = new Set(values());
      const fresh = rows.filter((row) => !chosen.has(row.value));
      const known = rows.some((row) => row.label.toLowerCase() === query.toLowerCase());
      if (free && query && !known) fresh.push({ value: query, label: query, detail: "new" });
      offered = fresh;
      list.hidden = !fresh.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      none.textContent = fresh.length || !query ? "" : "Nothing found.";
      return fresh;
    },
    choose: (row) => add(row.value, row.label),
  });

  function build() {
    chips.className = "chooser__chips";
    input.className = "chooser__input";
    list.className = "chooser__list";
    list.id = `chooser-${++count}`;
    list.role = "listbox";
    list.hidden = true;
    Object.assign(none, { className: "chooser__none", role: "status" });
    const name = document.getElementById(`${select.id}-label`)?.textContent ?? select.name;
    list.setAttribute("aria-label", name);
    Object.assign(input, { type: "text", role: "combobox", autocomplete: "off", id: `${select.id}-search` });
    for (const [key, value] of [["controls", list.id], ["expanded", "false"], ["autocomplete", "list"], ["label", name]]) {
      input.setAttribute(`aria-${key}`, value);
    }
    document.querySelector(`label[for="${select.id}"]`)?.setAttribute("for", input.id);
    select.hidden = true;
    root.append(chips, input, list, none);
  }

  const values = () => [...select.options].map((option) => option.value);

  function draw() {
    chips.replaceChildren(...[...select.options].map(chip));
    input.hidden = !many && select.options.length > 0;
    input.placeholder = select.options.length ? "" : "Type to search";
  }

  function chip(option) {
    const item = document.createElement("li");
    item.append(option.text);
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-label", `Remove ${option.text}`);
    button.textContent = "×";
    button.addEventListener("click", () => {
      option.remove();
      draw();
      tell();
      input.focus();
    });
    item.append(button);
    return item;
  }

  function add(value, label) {
    if (!many) select.replaceChildren();
    select.append(new Option(label, value, true, true));
    input.value = "";
    close();
    draw();
    tell();
  }

  function close() {
    box.clear();
    list.hidden = true;
    none.textContent = "";
    offered = [];
    input.setAttribute("aria-expanded", "false");
  }

  // Words that were typed and not chosen must not look as if they had been: new ones are taken, others go.
  function settle() {
    const typed = input.value.trim();
    const row = offered.find((one) => one.label.toLowerCase() === typed.toLowerCase());
    if (row) add(row.value, row.label);
    else if (free && typed && !values().includes(typed)) add(typed, typed);
    input.value = "";
    close();
  }

  const tell = () => select.dispatchEvent(new Event("change", { bubbles: true }));

  input.addEventListener("focus", () => box.run());
  input.addEventListener("blur", settle);
  input.addEventListener("input", (event) => event.stopPropagation()); // a search is no change of the article
  input.addEventListener("change", (event) => event.stopPropagation());
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (event.key === "Enter") event.preventDefault();
    if (event.key.toLowerCase() === "s" && (event.ctrlKey || event.metaKey)) settle();
    if (event.key === "," && free && input.value.trim()) {
      event.preventDefault();
      add(input.value.trim(), input.value.trim());
    }
    if (event.key === "Backspace" && !input.value && select.options.length) {
      select.options[select.options.length - 1].remove();
      draw();
      tell();
    }
  });
  select.addEventListener("restored", draw);
  draw();
}
