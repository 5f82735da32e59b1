// Texts kept on this device: enciphered for their writer, sent to the server when it can be reached, gone on
// signing out. Runs on each page of a member; the key is in the page and nowhere else.

const here = document.getElementById("sur-cet-appareil");
const PREFIX = "passeur.draft.";
const KEPT_FOR = 90 * 24 * 3600 * 1000;
const csrf = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";

const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const text = (buffer) => btoa(Array.from(new Uint8Array(buffer), (n) => String.fromCharCode(n)).join(""));
let secret;

function key() {
  secret ??= crypto.subtle.importKey("raw", bytes(here.dataset.key), "AES-GCM", false, ["encrypt", "decrypt"]);
  return secret;
}

// Only where the browser can encipher: on https, and on this machine.
const able = () => Boolean(here && globalThis.crypto?.subtle && globalThis.localStorage);
const nameOf = (place) => `${PREFIX}${here.dataset.owner}.${place}`;

export async function keep(place, kept) {
  if (!able()) return false;
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify({ ...kept, at: Date.now() }));
  const hidden = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), plain);
  try {
    localStorage.setItem(nameOf(place), `${text(iv)}.${text(hidden)}`);
    return true;
  } catch {
    return false; // No room, or storage is refused: the server still has it, or the page asks before it goes.
  }
}

export async function kept(place) {
  if (!able()) return null;
  const stored = localStorage.getItem(nameOf(place));
  if (!stored) return null;
  try {
    const [iv, hidden] = stored.split(".");
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(iv) }, await key(), bytes(hidden));
    const found = JSON.parse(new TextDecoder().decode(plain));
    if (Date.now() - found.at < KEPT_FOR) return found;
  } catch {
    // Not ours to read, or cut short: nothing can be made of it.
  }
  localStorage.removeItem(nameOf(place));
  return null;
}

export function forget(place) {
  if (able()) localStorage.removeItem(nameOf(place));
}

export function post(address, fields, options = {}) {
  return fetch(address, {
    method: "POST",
    headers: { "X-CSRFToken": csrf(), "HX-Request": "true" },
    body: new URLSearchParams(fields),
    ...options,
  });
}

// What an earlier page could not send. One at a time, and never over a newer draft.
export async function send(place) {
  const found = await kept(place);
  if (!found) return;
  const draft = new URLSearchParams(found.fields).get("draft") ?? "";
  const state = await (await post(here.dataset.state, { draft })).json();
  if (state.published) return forget(place);
  const answer = await post(here.dataset.save, found.fields);
  if (answer.ok) forget(place);
}

function mine() {
  const start = `${PREFIX}${here.dataset.owner}.`;
  return Object.keys(localStorage).filter((name) => name.startsWith(start)).map((name) => name.slice(start.length));
}

async function sendAll() {
  // A page with the form itself asks its writer first.
  const open = new Set([...document.querySelectorAll("form[data-draft]")].map((form) => form.dataset.draft));
  for (const place of mine()) {
    if (open.has(place)) continue;
    try {
      await send(place);
    } catch {
      return; // Still out of reach; the next page tries again.
    }
  }
}

if (able()) {
  sendAll();
  window.addEventListener("online", sendAll);
  // Signing out: everything goes to the server first, then nothing stays on the device.
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches('form[action$="/logout/"]') || form.dataset.left || event.defaultPrevented) return;
    if (mine().length === 0) return;
    event.preventDefault();
    form.dataset.left = "yes";
    await Promise.race([Promise.all(mine().map((place) => send(place).catch(() => {}))), new Promise((go) => setTimeout(go, 4000))]);
    for (const place of mine()) forget(place);
    HTMLFormElement.prototype.submit.call(form);
  });
}
