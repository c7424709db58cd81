// The live preview: what the server compiles, put into a frame in which no script can run.
import { post, Refused } from "./post.js";
import { goToLine, lineAt } from "./text.js";

const PAUSE = 250;
const AGAIN = 2000;

export function startPreview(form, area, frame, state, onResult) {
  let timer = 0;
  let running = null;
  let latest = "";

  const page = () => frame.contentDocument?.getElementById("page");

  function paint() {
    const target = page();
    if (!target) return;
    const root = frame.contentDocument.scrollingElement;
    const place = root.scrollTop;
    target.innerHTML = latest;
    root.scrollTop = place;
  }

  async function run() {
    running?.abort(); // an answer to older text must never overwrite a newer one
    running = new AbortController();
    const { signal } = running;
    try {
      const reply = await post(form, form.dataset.previewUrl, new FormData(form), signal);
      if (!reply.ok) throw new Error(String(reply.status));
      const result = await reply.json();
      latest = result.html;
      paint();
      state.textContent = "";
      onResult(result);
      if (result.html.includes("data-pending")) setTimeout(soon, AGAIN); // citations are being set in their style
    } catch (error) {
      if (error.name === "AbortError") return;
      const why = error instanceof Refused ? error.message : "The server does not answer";
      state.textContent = `No preview. ${why}. Your text is kept.`;
    }
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(run, PAUSE);
  }

  // Bring the paragraph that the cursor is in into view.
  function follow() {
    const target = page();
    if (!target || document.activeElement !== area) return;
    const line = lineAt(area);
    let nearest = null;
    for (const block of target.querySelectorAll("[data-line]")) {
      if (Number(block.dataset.line) > line) break;
      nearest = block;
    }
    const root = frame.contentDocument.scrollingElement;
    if (!nearest) root.scrollTop = 0;
    else {
      const box = nearest.getBoundingClientRect();
      const hidden = box.top < 0 || box.top > frame.clientHeight * 0.7;
      if (hidden) root.scrollTop += box.top - frame.clientHeight * 0.2;
    }
  }

  function listen() {
    paint();
    frame.contentDocument?.addEventListener("click", (event) => {
      const place = event.target.closest?.("a[href^='#']");
      if (place) return; // a jump inside the page
      event.preventDefault();
      const block = event.target.closest?.("[data-line]");
      if (block) goToLine(area, Number(block.dataset.line), "");
    });
  }

  frame.addEventListener("load", listen);
  if (page()) listen();
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  for (const name of ["keyup", "click"]) area.addEventListener(name, follow);
  run();
  return { run };
}
