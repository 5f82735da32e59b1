// Drafts: what one types in a form with `data-draft` is saved while typing, on the device first, then on the
// server. The page says so once, politely; it speaks again only when something changes.

import { forget, keep, kept, post } from "./device.js";

const here = document.getElementById("sur-cet-appareil");
const PAUSE = 2000; // ms without a key before the server is asked
const AT_LEAST_EVERY = 15_000; // ms, while typing goes on
const DEVICE_PAUSE = 400;
const known = new WeakMap();

function stateOf(form) {
  if (!known.has(form)) known.set(form, { dirty: false, safe: true, since: 0, timers: {}, busy: false, wait: 4000 });
  return known.get(form);
}

const listed = (form) => new URLSearchParams([...new FormData(form)].filter(([name, value]) =>
  typeof value === "string" && name !== "csrfmiddlewaretoken")).toString();

function say(form, words, { aloud = false, move = "" } = {}) {
  const status = form.querySelector("[data-draft-status]");
  if (!status) return;
  const extra = move && form.querySelector("[data-draft-words]").content.querySelector(`[data-${move}]`);
  status.replaceChildren(words, ...(extra ? [" ", extra.cloneNode(true)] : []));
  if (move === "force") status.append(" ", form.querySelector("[data-draft-words]").content.querySelector("[data-both]").cloneNode(true));
  const voice = form.querySelector("[data-draft-voice]");
  if (aloud && voice.textContent !== words) voice.textContent = words;
}

const words = (form, name) => form.querySelector("[data-draft-words]").content.querySelector(`[data-${name}]`).textContent;

async function onDevice(form) {
  const state = stateOf(form);
  state.safe = await keep(form.dataset.draft, { fields: listed(form) }) || !state.dirty;
}

async function onServer(form, { force = false, leaving = false } = {}) {
  const state = stateOf(form);
  if (state.sent || (state.busy && !leaving)) return;
  state.busy = true;
  const fields = listed(form);
  try {
    const answer = await post(here.dataset.save, force ? `${fields}&force=1` : fields, leaving ? { keepalive: true } : {});
    const told = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
    if (answer.ok) {
      form.elements.seen.value = told.number;
      form.elements.apart?.remove();
      state.wait = 4000;
      if (fields.replace(/&?(seen|apart)=\d+/g, "") === listed(form).replace(/&?(seen|apart)=\d+/g, "")) {
        Object.assign(state, { dirty: false, safe: true, since: 0 });
        forget(form.dataset.draft);
      }
      say(form, told.say, { aloud: !state.spoken });
      state.spoken = true;
      if (told.fellows) fellows(form, told.fellows);
    } else if (answer.status === 401 || (answer.status === 403 && !told.say)) {
      say(form, words(form, "signed-out"), { aloud: true, move: "again" });
    } else if (answer.status === 409) {
      state.newer = told.number;
      say(form, told.say, { aloud: true, move: "force" });
    } else if (told.say) {
      say(form, told.say, { aloud: true });
    } else throw new Error(String(answer.status));
  } catch {
    if (!leaving) {
      say(form, words(form, "offline"), { aloud: true });
      state.wait = Math.min(60_000, state.wait * 2);
      clearTimeout(state.timers.again);
      state.timers.again = setTimeout(() => onServer(form), state.wait);
    }
  } finally {
    state.busy = false;
  }
}

function fellows(form, told) {
  let note = form.querySelector("[data-fellows]");
  if (!note) {
    note = document.createElement("p");
    note.className = "note wait";
    note.dataset.fellows = "";
    note.setAttribute("role", "status");
    form.prepend(note);
  }
  if (note.textContent !== told) note.textContent = told;
}

document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-draft]");
  if (!form || !here) return;
  const state = stateOf(form);
  Object.assign(state, { dirty: true, safe: false });
  state.since ||= Date.now();
  clearTimeout(state.timers.device);
  clearTimeout(state.timers.server);
  state.timers.device = setTimeout(() => onDevice(form), DEVICE_PAUSE);
  const due = Math.max(0, Math.min(PAUSE, state.since + AT_LEAST_EVERY - Date.now()));
  state.timers.server = setTimeout(() => onServer(form), due);
});

document.addEventListener("click", (event) => {
  const form = event.target.closest?.("form[data-draft]");
  if (form && event.target.closest("[data-force]")) onServer(form, { force: true });
});

const open = () => [...document.querySelectorAll("form[data-draft]")];

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "hidden") return;
  for (const form of open()) if (stateOf(form).dirty) onServer(form, { leaving: true });
});
window.addEventListener("online", () => open().filter((form) => stateOf(form).dirty).forEach((form) => onServer(form)));

// Sending is not yet being published: the device keeps the text until the server says that it was.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches?.("form[data-draft]")) return;
  const state = stateOf(form);
  for (const timer of Object.values(state.timers)) clearTimeout(timer);
  state.sent = true;
  if (event.submitter?.matches("[data-aside]")) forget(form.dataset.draft);
  else if (state.dirty) keep(form.dataset.draft, { fields: listed(form) });
});
window.addEventListener("pageshow", () => open().forEach((form) => (stateOf(form).sent = false)));

// Nothing asks on leaving, unless the text is nowhere else yet.
window.addEventListener("beforeunload", (event) => {
  if (open().some((form) => stateOf(form).dirty && !stateOf(form).safe && !stateOf(form).sent)) event.preventDefault();
});

function fill(form, fields) {
  const values = new URLSearchParams(fields);
  for (const field of form.elements) {
    if (!field.name || ["csrfmiddlewaretoken", "draft", "seen", "apart"].includes(field.name) || field.type === "file") continue;
    if (field.type === "checkbox") field.checked = values.getAll(field.name).includes(field.value);
    else if (values.has(field.name) && field.type !== "submit") field.value = values.get(field.name);
  }
  form.querySelector("textarea, input:not([type=hidden])").dispatchEvent(new Event("input", { bubbles: true }));
}

// What stayed on the device is offered, with the choice; never put over what is there.
async function offer(form) {
  if (stateOf(form).asked) return;
  stateOf(form).asked = true;
  const found = await kept(form.dataset.draft);
  if (!found) return;
  const values = new URLSearchParams(found.fields);
  let state = { published: false, number: 0 };
  try {
    state = await (await post(here.dataset.state, { draft: values.get("draft") ?? "" })).json();
  } catch {
    // Offline: the choice is offered all the same.
  }
  const same = (name) => ["draft", "seen", "apart"].includes(name) || form.elements[name]?.value === values.get(name);
  if (state.published || [...values.keys()].every(same)) return forget(form.dataset.draft);
  const note = form.querySelector("[data-kept-here]").content.firstElementChild.cloneNode(true);
  const newer = state.number > Number(values.get("seen") ?? 0);
  note.dataset.offered = "";
  note.querySelector(newer ? "[data-older]" : "[data-newer]").remove();
  note.querySelector("pre").textContent = [...values].filter(([name, value]) =>
    !["draft", "seen", "apart", "version", "themes_before"].includes(name) && value).map(([, value]) => value).join("\n\n");
  note.querySelector("[data-take]").addEventListener("click", () => {
    form.elements.seen.value = state.number;
    form.elements.apart?.remove();
    fill(form, found.fields);
    note.remove();
    form.querySelector("textarea").focus();
  });
  note.querySelector("[data-drop]").addEventListener("click", () => {
    forget(form.dataset.draft);
    note.remove();
    form.querySelector("textarea").focus();
  });
  form.prepend(note);
}

function ready() {
  if (here) for (const form of open()) offer(form);
}
document.addEventListener("htmx:load", ready);
ready();

// The session ended: what somebody presses leads to signing in and back. What the page asks by itself, or while
// they write, must not take it away from under their words; their draft says that the session is over.
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const { xhr, requestConfig } = event.detail;
  const by = requestConfig.triggeringEvent?.type;
  if (xhr.status === 401 && by !== "click" && by !== "submit") event.preventDefault();
});
