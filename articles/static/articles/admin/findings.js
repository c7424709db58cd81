// The list below the text: what the checks say, each line a jump to its place.
import { goToLine, placeOf, replace } from "./text.js";

const LEVELS = { error: "Error", warning: "Warning", info: "Note" };

export function startFindings(root, area, showText) {
  const bar = root.querySelector("[data-found-toggle]");
  const list = root.querySelector("ol");
  const summary = root.querySelector("[data-found-summary]");
  const count = root.querySelector("[data-count]");
  let touched = false;

  function open(wanted) {
    list.hidden = !wanted;
    bar.setAttribute("aria-expanded", String(wanted));
  }

  bar.addEventListener("click", () => {
    touched = true;
    open(list.hidden);
  });

  return function show({ findings, words, minutes }) {
    const errors = findings.filter((finding) => finding.severity === "error" && !finding.overridden).length;
    const warnings = findings.filter((finding) => finding.severity === "warning").length;
    summary.textContent = inWords(errors, warnings, findings.length);
    root.dataset.worst = errors ? "error" : warnings ? "warning" : "none";
    count.textContent = `${words.toLocaleString()} words, ${minutes} min`;
    list.replaceChildren(...findings.map((finding) => item(finding, area, showText)));
    if (!touched) open(errors > 0);
    if (!findings.length) open(false);
  };
}

function inWords(errors, warnings, all) {
  const parts = [];
  if (errors) parts.push(`${errors} ${errors === 1 ? "error" : "errors"}`);
  if (warnings) parts.push(`${warnings} ${warnings === 1 ? "warning" : "warnings"}`);
  const notes = all - errors - warnings;
  if (notes) parts.push(`${notes} ${notes === 1 ? "note" : "notes"}`);
  return parts.join(", ") || "The checks have nothing to say.";
}

function item(finding, area, showText) {
  const row = document.createElement("li");
  row.className = `found__item found__item--${finding.severity}`;
  const isInText = finding.line || (finding.quote && area.value.includes(finding.quote));
  const jump = document.createElement(isInText ? "button" : "div");
  jump.className = "found__jump";
  add(jump, "found__level", finding.critical ? "Must be corrected" : finding.overridden ? "Let pass" : LEVELS[finding.severity]);
  add(jump, "found__line", finding.line ? `line ${finding.line}` : "");
  add(jump, "found__words", finding.message);
  if (finding.overridden || finding.fix) add(jump, "found__fix", finding.overridden || finding.fix);
  if (isInText) {
    jump.type = "button";
    jump.addEventListener("click", () => {
      showText();
      goToLine(area, finding.line, finding.quote);
    });
  }
  row.append(jump);
  if (typeof finding.replacement === "string" && placeOf(area, finding.line, finding.quote) >= 0) row.append(offer(finding, area, showText));
  return row;
}

// One click puts the words that are surely meant in the place of the quoted ones; the browser's undo takes it back.
function offer({ line, quote, replacement }, area, showText) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "found__apply";
  button.append(replacement ? "Write " : "Take it out");
  if (replacement) add(button, "found__new", replacement);
  button.addEventListener("click", () => {
    showText();
    const at = placeOf(area, line, quote);
    if (at < 0) {
      button.disabled = true;
      button.textContent = "The words have changed.";
      return;
    }
    replace(area, at, at + quote.length, replacement);
    area.setSelectionRange(at, at + replacement.length);
    button.disabled = true;
    button.textContent = "Done; Ctrl+Z takes it back.";
  });
  return button;
}

function add(parent, name, words) {
  const piece = document.createElement("span");
  piece.className = name;
  piece.textContent = words;
  parent.append(piece);
}
