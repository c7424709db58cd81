// The dialog that searches what a syntax can insert: citations, affiliate links, articles, pictures.
import { fetchRows, startListbox } from "./listbox.js";
import { insert } from "./text.js";

export function startPicker(form, area) {
  const dialog = document.querySelector("[data-picker-dialog]");
  const input = dialog.querySelector("input");
  const title = dialog.querySelector("h2");
  const state = dialog.querySelector(".pick__state");
  let syntax = "";
  let selection = [0, 0];

  const box = startListbox(input, dialog.querySelector("ul"), {
    async search(query, signal) {
      try {
        const found = await fetchRows(form.dataset.pickerUrl, { syntax, q: query }, signal);
        state.textContent = found.length ? "" : "Nothing found.";
        return found;
      } catch (error) {
        if (error.name !== "AbortError") state.textContent = "The search does not answer. Try again.";
        throw error;
      }
    },
    choose(choice) {
      dialog.close();
      area.setSelectionRange(...selection);
      insert(area, choice.insert);
    },
  });

  return function pick(name, label) {
    syntax = name;
    selection = [area.selectionStart, area.selectionEnd];
    title.textContent = `Insert: ${label.trim()}`;
    input.value = area.value.slice(...selection).slice(0, 80).split("\n")[0];
    dialog.showModal();
    input.select();
    box.run();
  };
}
