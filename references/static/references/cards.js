// The entry of a citation, shown beside it on hover and focus. Without this script the link to the list does the work.
const GAP = 8;
const LEAVE_MS = 200; // time to move the pointer from the citation onto the card

let card = null;
let opener = null;
let timer = 0;

function entryOf(link) {
  const entry = document.getElementById(link.hash.slice(1));
  return entry?.closest(".references") ? entry : null;
}

function content(entry) {
  const copy = entry.cloneNode(true);
  copy.querySelector(".references__back")?.remove();
  for (const marked of copy.querySelectorAll("[id]")) marked.removeAttribute("id");
  return copy.childNodes;
}

function place(link) {
  const box = link.getClientRects()[0];
  const width = document.documentElement.clientWidth;
  const left = Math.max(GAP, Math.min(box.left, width - card.offsetWidth - GAP));
  const below = box.bottom + GAP + card.offsetHeight <= window.innerHeight || box.top < card.offsetHeight + GAP;
  card.style.left = `${left + window.scrollX}px`;
  card.style.top = `${(below ? box.bottom : box.top - card.offsetHeight) + window.scrollY}px`;
}

function close() {
  clearTimeout(timer);
  card?.remove();
  opener?.removeAttribute("aria-describedby");
  card = opener = null;
}

function open(link) {
  clearTimeout(timer);
  if (link === opener) return;
  close();
  const entry = entryOf(link);
  if (!entry) return;
  card = document.createElement("div");
  card.className = "cite-card";
  card.id = "cite-card";
  card.setAttribute("role", "tooltip");
  card.append(...content(entry));
  document.body.append(card);
  opener = link;
  link.setAttribute("aria-describedby", card.id);
  place(link);
}

function citation(event) {
  return event.target.closest?.(".cite a[href^='#']");
}

function leave() {
  clearTimeout(timer);
  timer = setTimeout(close, LEAVE_MS);
}

document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return; // a tap follows the link
  const link = citation(event);
  if (link) open(link);
  else if (card?.contains(event.target)) clearTimeout(timer);
  else if (card && document.activeElement !== opener) leave();
});
document.addEventListener("focusin", (event) => {
  const link = citation(event);
  if (link) open(link);
  else if (card && !card.contains(event.target)) close();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});
document.addEventListener("click", (event) => {
  if (citation(event)) close(); // the reader is taken to the list
});
window.addEventListener("resize", close);
