// Buttons and keys that change the text.
import { prefix, wrap, wrapInBlock } from "./text.js";

export function startToolbar(root, area, pick) {
  const marks = [...root.querySelectorAll("[data-mark]")];
  const pickers = [...root.querySelectorAll("[data-picker]")];
  const opener = root.querySelector("[data-menu]");

  for (const button of marks) button.addEventListener("click", () => apply(button));
  for (const button of pickers) button.addEventListener("click", () => pick(button.dataset.picker, button.textContent));
  if (opener) startMenu(opener, area);

  function apply(button) {
    const { before, after, line } = button.dataset;
    if (line) prefix(area, line);
    else wrap(area, before, after);
  }

  area.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const name = nameOf(event);
    const button = [...marks, ...pickers].find((candidate) => candidate.dataset.keys === name);
    if (!button && name === "Ctrl+.") pickers[0]?.click();
    if (!button) return;
    event.preventDefault();
    button.click();
  });
  startRoving(root.querySelector("[role=toolbar]"));
}

// "Ctrl+Shift+8", by the place of the digit: with Shift the character differs from keyboard to keyboard.
function nameOf(event) {
  const key = event.code.startsWith("Digit") ? event.code.slice(5) : event.key.toUpperCase();
  return `Ctrl+${event.shiftKey ? "Shift+" : ""}${key}`;
}

function startMenu(opener, area) {
  const menu = opener.nextElementSibling;
  const show = (wanted) => {
    menu.hidden = !wanted;
    opener.setAttribute("aria-expanded", String(wanted));
  };
  opener.addEventListener("click", () => show(menu.hidden));
  menu.addEventListener("click", (event) => {
    const { block } = event.target.dataset;
    show(false);
    if (block) wrapInBlock(area, block);
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !menu.hidden) {
      show(false);
      opener.focus();
    }
  });
  addEventListener("click", (event) => {
    if (!opener.parentElement.contains(event.target)) show(false);
  });
}

// One stop of the Tab key for the whole toolbar; arrows move inside it.
function startRoving(toolbar) {
  const buttons = [...toolbar.querySelectorAll("button:not(.menu button)")];
  const focusable = (current) => buttons.forEach((button) => (button.tabIndex = button === current ? 0 : -1));
  focusable(buttons[0]);
  toolbar.addEventListener("focusin", (event) => buttons.includes(event.target) && focusable(event.target));
  toolbar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = buttons.indexOf(event.target);
    if (!step || at < 0) return;
    event.preventDefault();
    buttons[(at + step + buttons.length) % buttons.length].focus();
  });
}
