// A text that this browser kept because it never reached the server: show it first, then let the editor decide.
import { replace } from "./text.js";

export function offerBackstop(shelf, area) {
  const notice = document.querySelector("[data-backstop]");
  const dialog = document.querySelector("[data-backstop-dialog]");
  const kept = read(shelf);
  if (!kept || kept.text === area.value) {
    drop();
    return;
  }
  notice.hidden = false;
  notice.querySelector("[data-backstop-when]").textContent = new Date(kept.at).toLocaleString();
  dialog.querySelector("textarea").value = kept.text;
  notice.querySelector("[data-backstop-show]").addEventListener("click", () => dialog.showModal());
  notice.querySelector("[data-backstop-drop]").addEventListener("click", drop);
  dialog.querySelector("[data-backstop-use]").addEventListener("click", () => {
    dialog.close();
    notice.hidden = true;
    replace(area, 0, area.value.length, kept.text);
  });

  function drop() {
    notice.hidden = true;
    localStorage.removeItem(shelf);
  }
}

function read(shelf) {
  try {
    const kept = JSON.parse(localStorage.getItem(shelf) ?? "null");
    return typeof kept?.text === "string" ? kept : null;
  } catch {
    return null;
  }
}
