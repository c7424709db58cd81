// A list of matches under a search field, moved through with the arrow keys. Used by the picker and the choosers.

export function startListbox(input, list, { search, choose }) {
  let rows = [];
  let active = -1;
  let running = null;
  let timer = 0;

  async function run() {
    running?.abort();
    running = new AbortController();
    try {
      rows = await search(input.value.trim(), running.signal);
    } catch (error) {
      if (error.name === "AbortError") return;
      rows = [];
    }
    draw();
  }

  function draw() {
    list.replaceChildren(...rows.map(option));
    mark(rows.length ? 0 : -1);
  }

  function option(row, index) {
    const element = document.createElement("li");
    element.id = `${list.id}-${index}`;
    element.role = "option";
    const label = document.createElement("span");
    label.className = "option__label";
    label.textContent = row.label;
    const detail = document.createElement("span");
    detail.className = "option__detail";
    detail.textContent = row.detail ?? "";
    element.append(label, detail);
    element.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      take(index);
    });
    return element;
  }

  function mark(index) {
    active = index;
    [...list.children].forEach((element, at) => element.setAttribute("aria-selected", String(at === active)));
    if (active < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", `${list.id}-${active}`);
      list.children[active].scrollIntoView({ block: "nearest" });
    }
  }

  function take(index) {
    const row = rows[index];
    if (row) choose(row);
  }

  function show(found) {
    rows = found;
    draw();
  }

  function clear() {
    running?.abort();
    clearTimeout(timer);
    rows = [];
    draw();
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(run, 150);
  });
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && rows.length) {
      event.preventDefault();
      mark((active + step + rows.length) % rows.length);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      take(active);
    }
  });
  return { run, show, clear, isOpen: () => rows.length > 0 };
}

export async function fetchRows(url, parameters, signal) {
  const reply = await fetch(`${url}?${new URLSearchParams(parameters)}`, { signal });
  if (!reply.ok || reply.redirected) throw new Error(String(reply.status));
  return (await reply.json()).choices;
}
