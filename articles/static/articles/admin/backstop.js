// What this browser kept because it never reached the server: show it first, then let the editor decide.
import { forget, inWords, keptCopies, putBack } from "./kept.js";
import { replace } from "./text.js";

export function offerBackstop(form, area) {
  const notice = document.querySelector("[data-backstop]");
  const dialog = document.querySelector("[data-backstop-dialog]");
  const copies = keptCopies(form);
  let copy = null;

  function next() {
    copy = copies.shift();
    notice.hidden = !copy;
    if (!copy) return;
    notice.querySelector("[data-backstop-when]").textContent = new Date(copy.at).toLocaleString();
    dialog.querySelector("textarea").value = copy.values[area.id] ?? "";
    dialog.querySelector("[data-backstop-fields]").replaceChildren(...copy.changed.filter((field) => field !== area).flatMap(row));
  }

  function row(field) {
    const name = document.createElement("dt");
    const value = document.createElement("dd");
    name.textContent = form.querySelector(`label[for="${field.id}"], label[for="${field.id}-search"]`)?.textContent.trim() ?? field.name;
    value.textContent = inWords(copy.values[field.id]);
    return [name, value];
  }

  function drop() {
    forget(copy.key);
    next();
  }

  notice.querySelector("[data-backstop-show]").addEventListener("click", () => dialog.showModal());
  notice.querySelector("[data-backstop-drop]").addEventListener("click", drop);
  dialog.querySelector("[data-backstop-use]").addEventListener("click", () => {
    dialog.close();
    for (const field of copy.changed.filter((field) => field !== area)) putBack(field, copy.values[field.id]);
    if (copy.changed.includes(area)) replace(area, 0, area.value.length, copy.values[area.id]);
    drop();
  });
  next();
}
