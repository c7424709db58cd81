// The tabs of the article page, the length of the description, and how search results show it.

export function startTabs(root) {
  const tabs = [...root.querySelectorAll("[role=tab]")];
  const panelOf = (tab) => document.getElementById(tab.getAttribute("aria-controls"));

  function show(tab) {
    for (const other of tabs) {
      const isShown = other === tab;
      other.setAttribute("aria-selected", String(isShown));
      other.tabIndex = isShown ? 0 : -1;
      panelOf(other).hidden = !isShown;
    }
  }

  for (const tab of tabs) {
    tab.addEventListener("click", () => show(tab));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
      next.focus();
      show(next);
    });
  }
  const broken = tabs.find((tab) => panelOf(tab).querySelector(".field--bad"));
  if (broken) show(broken);
  return { showText: () => show(tabs[0]) };
}

export function startMeter(element) {
  const area = document.getElementById(element.dataset.meter);
  const [least, most] = (area.dataset.best ?? "0-300").split("-").map(Number);
  const bar = element.querySelector("span");
  const draw = () => {
    const length = area.value.trim().length;
    element.dataset.fit = length < least ? "short" : length > most ? "long" : "good";
    element.style.setProperty("--part", String(Math.min(1, length / most)));
    bar.textContent = `${length} of ${least} to ${most} characters`;
  };
  area.addEventListener("input", draw);
  draw();
}

export function startSnippet(root, form) {
  const [title, url, text] = ["title", "url", "text"].map((name) => root.querySelector(`.snippet__${name}`));
  const draw = () => {
    title.textContent = `${form.elements.title.value} | ${root.dataset.site}`;
    url.textContent = `${location.host} › articles › ${form.elements.slug.value}`;
    const words = form.elements.description.value.trim();
    text.textContent = words.length > 156 ? `${words.slice(0, 153)}…` : words || "Without a description, search engines choose a piece of the text.";
  };
  form.addEventListener("input", draw);
  draw();
}
