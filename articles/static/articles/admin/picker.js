// The dialog that searches what a syntax can insert: citations, affiliate links, articles, pictures.
import { fetchRows, startListbox } from "./listbox.js";
import { post } from "./post.js";
import { insert } from "./text.js";

const LONGEST_QUERY = 200;

export function startPicker(form, area) {
  const dialog = document.querySelector("[data-picker-dialog]");
  const input = dialog.querySelector("input");
  const title = dialog.querySelector("h2");
  const state = dialog.querySelector(".pick__state");
  let syntax = "";
  let selection = [0, 0];
  let asking = null;

  const box = startListbox(input, dialog.querySelector("ul"), {
    async search(query, signal) {
      asking?.abort();
      try {
        const found = await fetchRows(form.dataset.pickerUrl, { syntax, q: query.slice(0, LONGEST_QUERY) }, signal);
        state.textContent = found.length ? "" : "Nothing found.";
        return found;
      } catch (error) {
        if (error.name !== "AbortError") state.textContent = "The search does not answer. Try again.";
        throw error;
      }
    },
    choose(choice) {
      if (choice.href) open(choice.href, "_blank", "noopener");
      else if (choice.more) ask(choice.more);
      else take(choice.insert);
    },
  });

  function take(text) {
    dialog.close();
    area.setSelectionRange(...selection);
    insert(area, text);
  }

  // A row that leads on: its address is told what was typed and answers with rows, or with what to insert.
  async function ask(url) {
    asking?.abort();
    asking = new AbortController();
    state.textContent = "Asking…";
    const body = new URLSearchParams({ q: input.value });
    try {
      const reply = await post(form, url, body, asking.signal);
      if (!reply.ok) throw new Error(String(reply.status));
      const found = await reply.json();
      if (found.insert) return take(found.insert);
      box.show(found.choices);
      state.textContent = found.message;
    } catch (error) {
      if (error.name !== "AbortError") state.textContent = "This site does not answer. Your text is untouched; try again.";
    }
  }

  function pick(name, label, typed = 0) {
    syntax = name;
    selection = [area.selectionStart - typed, area.selectionEnd];
    title.textContent = `Insert: ${label.trim()}`;
    input.value = typed ? "" : area.value.slice(...selection).slice(0, 80).split("\n")[0];
    state.textContent = "";
    dialog.showModal();
    input.select();
    box.run();
  }

  const triggers = [...document.querySelectorAll("[data-trigger]")];
  area.addEventListener("input", (event) => {
    if (event.inputType !== "insertText" || area.selectionStart !== area.selectionEnd) return;
    const before = area.value.slice(0, area.selectionStart);
    const button = triggers.find((candidate) => before.endsWith(candidate.dataset.trigger));
    if (button) pick(button.dataset.picker, button.textContent, button.dataset.trigger.length);
  });
  dialog.addEventListener("close", () => asking?.abort());
  return pick;
}
