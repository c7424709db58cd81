// Autosave, Ctrl+S, and the copy in this browser that remains when the server cannot be reached.

import { startKeeping } from "./kept.js";
import { post, Refused } from "./post.js";

const IDLE = 3000;
const AT_LATEST = 20000;
const RETRY = 10000;
const KEEP = 400;

export function startSaving(form, status) {
  const head = form.elements.expected_head;
  const { keep, drop } = startKeeping(form);
  let stored = contents();
  let idle = 0;
  let latest = 0;
  let keeper = 0;
  let busy = null;
  let stopped = "conflict" in form.dataset;
  let leaving = false;
  let again = 0;

  function contents() {
    const data = new FormData(form);
    for (const name of ["csrfmiddlewaretoken", "expected_head"]) data.delete(name);
    return new URLSearchParams(data).toString();
  }

  const isDirty = () => contents() !== stored;

  function say(words, tone = "") {
    status.textContent = words;
    status.dataset.tone = tone;
  }

  function changed() {
    if (!isDirty()) return;
    say("Not saved yet");
    clearTimeout(keeper);
    keeper = setTimeout(keep, KEEP);
    if (stopped) return;
    clearTimeout(idle);
    idle = setTimeout(() => save("autosave"), IDLE);
    latest ||= setTimeout(() => save("autosave"), AT_LATEST);
  }

  async function save(kind) {
    clearTimeout(idle);
    clearTimeout(latest);
    clearTimeout(again);
    latest = 0;
    while (busy) await busy; // several may wait, and two at once would be a conflict with oneself
    if (kind === "autosave" && (stopped || !isDirty())) return;
    if (stopped) return leave();
    busy = send(kind);
    await busy;
    busy = null;
  }

  async function send(kind) {
    const sent = contents();
    const body = new FormData(form);
    body.append("kind", kind);
    say("Saving…");
    try {
      const reply = await post(form, form.dataset.saveUrl, body);
      if (reply.status === 409) return conflict(kind, await reply.json());
      if (!reply.ok) throw new Error(String(reply.status));
      done(kind, sent, await reply.json());
    } catch (error) {
      if (error instanceof Refused) offline(error.message);
      else offline(navigator.onLine ? "The server does not answer" : "Offline");
    }
  }

  function done(kind, sent, result) {
    for (const field of [head, ...document.querySelectorAll("[data-head]")]) field.value = result.head;
    stored = sent;
    if (!isDirty()) {
      clearTimeout(keeper);
      drop();
    }
    const wrong = Object.keys(result.errors);
    if (wrong.length && kind === "save") return leave(); // the page shows each message at its field
    const words = `${kind === "save" ? "Saved" : "Autosaved"} ${result.at}`;
    say(wrong.length ? `${words}, but not: ${wrong.map(nameOf).join(", ")}` : words, wrong.length ? "bad" : "good");
    if (isDirty()) changed();
  }

  const nameOf = (field) => document.getElementById(`id_${field}`)?.labels?.[0]?.textContent.trim() || field;

  function offline(why) {
    say(`${why}: ${keep() ? "kept in this browser" : "copy your text before you leave"}`, "bad");
    clearTimeout(again);
    again = setTimeout(() => save("autosave"), RETRY);
  }

  function conflict(kind, result) {
    stopped = true;
    keep();
    if (kind === "save") return leave();
    say(`${result.by} saved a newer version. Yours is kept in this browser; press Save to compare.`, "bad");
  }

  function leave() {
    leaving = true;
    form.submit();
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", async (event) => {
    leaving = stopped || leaving;
    if (leaving) return;
    event.preventDefault();
    await save("save");
    if (!event.submitter?.matches("[data-leave]") || leaving || isDirty()) return;
    leaving = true;
    form.requestSubmit(event.submitter);
  });
  for (const other of document.querySelectorAll("[data-leave-form]")) {
    other.addEventListener("submit", async (event) => {
      if (!isDirty()) return;
      event.preventDefault();
      await save("save");
      if (!isDirty()) other.requestSubmit(event.submitter);
    });
  }
  addEventListener("online", () => save("autosave"));
  addEventListener("beforeunload", (event) => {
    if (!leaving && isDirty()) event.preventDefault();
  });
  addEventListener("pagehide", () => {
    if (!leaving && isDirty()) keep();
  });
  return { save };
}
