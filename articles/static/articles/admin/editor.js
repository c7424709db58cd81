// The article page: finds the pieces and ties them together.
import { offerBackstop } from "./backstop.js";
import { startChooser } from "./chooser.js";
import { startMeter, startSnippet, startTabs } from "./details.js";
import { startFindings } from "./findings.js";
import { startPicker } from "./picker.js";
import { startPreview } from "./preview.js";
import { startSaving } from "./saving.js";
import { goToLine } from "./text.js";
import { startToolbar } from "./toolbar.js";
import { startUpload } from "./upload.js";

const form = document.getElementById("article-form");
const area = form.querySelector("[data-text]");
const editor = form.querySelector("[data-editor]");
const panes = editor.querySelector("[data-panes]");
const NARROW = matchMedia("(max-width: 52rem)");

document.querySelectorAll("[data-chooser]").forEach(startChooser);
document.querySelectorAll("[data-meter]").forEach(startMeter);
const tabs = startTabs(document.querySelector("[role=tablist]"));
startSnippet(document.querySelector("[data-snippet]"), form);

function show(view) {
  panes.dataset.show = view;
  for (const button of editor.querySelectorAll("[data-view]")) {
    button.setAttribute("aria-pressed", String(button.dataset.view === view));
  }
}

function showText() {
  tabs.showText();
  if (panes.dataset.show === "preview") show(NARROW.matches ? "write" : "split");
}

for (const button of editor.querySelectorAll("[data-view]")) {
  button.addEventListener("click", () => show(button.dataset.view));
}
show(NARROW.matches ? "write" : "split");

const showFindings = startFindings(editor.querySelector("[data-found]"), area, showText);
startPreview(form, area, editor.querySelector("[data-frame]"), editor.querySelector("[data-preview-state]"), showFindings);
const saving = startSaving(form, document.querySelector("[data-saved]"));
startToolbar(editor, area, startPicker(form, area));
startUpload(form, area);
offerBackstop(form, area);

addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "s") {
    event.preventDefault();
    saving.save("save");
  }
});

function goToHash() {
  const line = Number(/^#line-(\d+)$/.exec(location.hash)?.[1]);
  if (!line) return;
  showText();
  goToLine(area, line);
}

form.elements.title.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return; // a title is one line, however many it takes on the screen
  event.preventDefault();
  area.focus();
});

addEventListener("hashchange", goToHash);
goToHash();
document.documentElement.dataset.editor = "ready";
