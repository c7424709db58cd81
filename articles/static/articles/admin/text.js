// Changes to the textarea, made so that the browser's own undo takes them back.

export function replace(area, start, end, text) {
  area.focus();
  area.setSelectionRange(start, end);
  const command = text ? "insertText" : "delete";
  if (!document.execCommand(command, false, text)) {
    area.setRangeText(text, start, end, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

// Put marks around the selection, or take them away if they are there.
export function wrap(area, before, after) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const chosen = value.slice(start, end);
  const outside = value.slice(start - before.length, start) === before && value.slice(end, end + after.length) === after;
  if (outside) {
    replace(area, start - before.length, end + after.length, chosen);
    area.setSelectionRange(start - before.length, end - before.length);
    return;
  }
  replace(area, start, end, before + chosen + after);
  const inside = start + before.length;
  area.setSelectionRange(inside, inside + chosen.length);
}

// Begin every chosen line with a mark, or take it away where all have it.
export function prefix(area, mark) {
  const { value } = area;
  const start = value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const stop = value.indexOf("\n", area.selectionEnd);
  const end = stop < 0 ? value.length : stop;
  const lines = value.slice(start, end).split("\n");
  const marked = lines.every((line) => line.startsWith(mark));
  const changed = lines.map((line) => (marked ? line.slice(mark.length) : mark + line.replace(/^#{1,6} /, "")));
  replace(area, start, end, changed.join("\n"));
}

// Insert something that must stand in a paragraph of its own. `select` is what to mark for typing over.
export function insertBlock(area, text, select = "") {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const before = value.slice(0, start);
  const lead = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const tail = value.slice(end).startsWith("\n\n") ? "" : value.slice(end).startsWith("\n") ? "\n" : "\n\n";
  replace(area, start, end, lead + text + tail);
  const from = start + lead.length + (select ? text.indexOf(select) : text.length);
  area.setSelectionRange(from, from + select.length);
}

export function insert(area, text) {
  if (text.startsWith("::") || text.startsWith("![")) insertBlock(area, text);
  else replace(area, area.selectionStart, area.selectionEnd, text);
}

export function wrapInBlock(area, name) {
  const chosen = area.value.slice(area.selectionStart, area.selectionEnd).trim();
  const body = chosen || "Text";
  insertBlock(area, `:::${name}\n${body}\n:::`, chosen ? "" : body);
}

export function lineAt(area, offset = area.selectionStart) {
  return area.value.slice(0, offset).split("\n").length;
}

// Go to a line, mark the quoted words if they are in it (or close below), and bring it into view.
export function goToLine(area, line, quote = "") {
  if (!line) return goTo(area, area.value.indexOf(quote), quote.length);
  const lines = area.value.split("\n");
  const start = lines.slice(0, Math.max(0, line - 1)).join("\n").length + (line > 1 ? 1 : 0);
  const near = quote ? area.value.indexOf(quote, start) : -1;
  const isNear = near >= 0 && near - start < 2000;
  const from = isNear ? near : start;
  goTo(area, from, isNear ? quote.length : (lines[line - 1] ?? "").length);
}

// Where the quoted words stand: in the line or close below, whole words only; -1 if they are not there any more.
export function placeOf(area, line, quote) {
  const lines = area.value.split("\n");
  let at = line ? lines.slice(0, line - 1).join("\n").length : 0;
  const limit = line ? at + 2000 : area.value.length;
  for (at = area.value.indexOf(quote, at); at >= 0 && at < limit; at = area.value.indexOf(quote, at + 1)) {
    const before = area.value.slice(Math.max(0, at - 1), at) + quote[0];
    const after = quote.at(-1) + area.value.slice(at + quote.length, at + quote.length + 1);
    if (!/^[\p{L}\p{N}_-]{2}$/u.test(before) && !/^[\p{L}\p{N}_-]{2}$/u.test(after)) return at;
  }
  return -1;
}

function goTo(area, from, length) {
  area.focus({ preventScroll: true });
  area.setSelectionRange(from, from + length);
  area.scrollTop = Math.max(0, heightTo(area, from) - area.clientHeight / 3);
}

// How far below the top of the textarea an offset lies: a copy of the box is measured, since lines wrap.
function heightTo(area, offset) {
  const style = getComputedStyle(area);
  const copy = document.createElement("div");
  for (const name of ["font", "letterSpacing", "padding", "lineHeight", "tabSize", "overflowWrap"]) copy.style[name] = style[name];
  copy.style.cssText += `;position:absolute;visibility:hidden;white-space:pre-wrap;box-sizing:border-box;width:${area.clientWidth}px`;
  copy.textContent = area.value.slice(0, offset);
  document.body.append(copy);
  const height = copy.scrollHeight;
  copy.remove();
  return height;
}
