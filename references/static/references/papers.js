// Papers tables that readers sort and filter. Without this script the table stands in the order of the text.
const UNKNOWN = "\u2013";

function value(row, column) {
  const text = row.cells[column].textContent.trim();
  const number = /^[\d,]+/.exec(text);
  return number ? Number(number[0].replaceAll(",", "")) : text;
}

function compare(one, other) {
  if (one === UNKNOWN || other === UNKNOWN) return (one === UNKNOWN) - (other === UNKNOWN);
  return typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other));
}

function sort(table, head, column) {
  const turned = head.getAttribute("aria-sort") === "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", turned ? "descending" : "ascending");
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => [value(row, column), row]);
  rows.sort(([one], [other]) => {
    const unknown = one === UNKNOWN || other === UNKNOWN;
    return compare(one, other) * (turned && !unknown ? -1 : 1);
  });
  body.append(...rows.map(([, row]) => row));
}

function filterBy(table, column, name) {
  const kinds = new Set([...table.tBodies[0].rows].map((row) => row.cells[column].textContent.trim()));
  if (kinds.size < 2) return;
  const label = document.createElement("label");
  label.className = "papers__filter";
  label.textContent = `${name} `;
  const select = document.createElement("select");
  select.append(new Option("All", ""), ...[...kinds].sort().map((kind) => new Option(kind, kind)));
  select.addEventListener("change", () => {
    for (const row of table.tBodies[0].rows) {
      row.hidden = Boolean(select.value) && row.cells[column].textContent.trim() !== select.value;
    }
  });
  label.append(select);
  table.parentElement.before(label);
}

for (const table of document.querySelectorAll(".papers table")) {
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "papers__sort";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sort(table, head, column));
    if (head.textContent === "Study type") filterBy(table, column, head.textContent);
  });
}
