// A list that follows what others do, without moving what one reads. The list says where it asks (`data-from`),
// its rows which state of them it shows (`data-stamp`), and small parts as well (`data-tally`). The answer holds the rows that are new or other, the order
// of all, and small parts with an id. Each change is tried; if something in sight moved, it is taken back and waits
// behind a quiet bar, until one asks for it or scrolls away.

import { focusOn } from "../js/focus.js";
import "./live.js";

const SIGHT = "main :is(h1, h2, h3, form, .prose, .note, .moves, [data-stamp])";
const WAIT = 250;
const QUIET = 4_000; // between two sentences of the bar
const COUNTS = 2_000;
const waiting = new Map(); // by id of a row or part: the change that would have moved something
const unseen = new Set(); // rows that came, and that nobody has looked at yet
let asking = false;
let askAgain = false;
let later, saying, counting;
let said = 0;

const bar = () => document.querySelector("[data-news]");
const list = () => document.querySelector("[data-from]");

function inSight(element) {
  const box = element.getBoundingClientRect();
  return box.height > 0 && box.bottom > 0 && box.top < innerHeight;
}

// The words typed in it, or the place of the keyboard, must not go.
function inUse(row) {
  const written = [...row.querySelectorAll("textarea, input:not([type=hidden])")].some((one) => one.value !== one.defaultValue);
  return written || (row !== document.activeElement && row.contains(document.activeElement)) || Boolean(row.querySelector(":popover-open"));
}

// What one is at: where the keyboard is, else the first thing that is wholly in sight.
function reading(places) {
  const at = document.activeElement?.closest?.("main [data-stamp], main form");
  if (at && places.has(at)) return at;
  return [...places.keys()].find((one) => places.get(one) >= 0) ?? [...places.keys()][0];
}

// Make a change and hold still what is in sight, or at least what one is at; take it back if that cannot be,
// unless it is certain.
export function still(change, { others = true, certain = false } = {}) {
  const root = document.documentElement;
  const from = scrollY;
  const places = new Map();
  for (const one of document.querySelectorAll(SIGHT)) if (inSight(one)) places.set(one, one.getBoundingClientRect().top);
  root.style.overflowAnchor = "none";
  const undo = change();
  const held = reading(new Map([...places].filter(([one]) => one.isConnected)));
  if (held) scrollBy({ top: held.getBoundingClientRect().top - places.get(held), behavior: "instant" });
  const judged = others ? [...places] : [...places].filter(([one]) => one === held);
  const moved = judged.some(([one, top]) => one.isConnected && Math.abs(one.getBoundingClientRect().top - top) > 1);
  if (moved && !certain) {
    undo();
    scrollTo({ top: from, behavior: "instant" });
  }
  requestAnimationFrame(() => requestAnimationFrame(() => (root.style.overflowAnchor = "")));
  return !moved;
}

function insert(row, before) {
  return () => {
    const place = before.map((id) => document.getElementById(id)).find((one) => one && list().contains(one));
    const box = list().querySelector("[data-rows]");
    if (place) place.after(row);
    else box.prepend(row);
    const none = box.querySelector("[data-none]");
    none?.remove();
    return () => {
      row.remove();
      if (none) box.prepend(none);
    };
  };
}

function swap(old, fresh, focused) {
  old.replaceWith(fresh);
  if (focused) fresh.focus({ preventScroll: true });
}

function replace(old, fresh) {
  return () => {
    const focused = old === document.activeElement;
    swap(old, fresh, focused);
    return () => swap(fresh, old, focused);
  };
}

function attempt(id) {
  const change = waiting.get(id);
  const old = document.getElementById(id);
  if (!change.arrives && !old) return waiting.delete(id);
  if (old && (inUse(old) || old.isEqualNode(change.row))) {
    if (old.isEqualNode(change.row)) waiting.delete(id);
    return false;
  }
  const act = old ? replace(old, change.row) : insert(change.row, change.before);
  if (change.forced) act();
  else if (!still(act)) return false;
  waiting.delete(id);
  if (!old) {
    unseen.add(id);
    sight.observe(change.row);
  }
  window.htmx?.process(change.row);
  return true;
}

function tryAll() {
  for (const id of [...waiting.keys()]) attempt(id);
  say();
}

const sight = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    unseen.delete(target.id);
    sight.unobserve(target);
  }
  say();
}, { threshold: 0.2 });

// One sentence for all that is new, not one for each.
function say() {
  clearTimeout(saying);
  const box = bar();
  if (!box) return;
  const came = new Set([...unseen, ...[...waiting].filter(([, change]) => change.arrives).map(([id]) => id)]);
  const words = came.size === 1 ? box.dataset.one : came.size ? box.dataset.many.replace("%n", came.size) : "";
  const changed = [...waiting].some(([, change]) => change.row.dataset.stamp) ? box.dataset.other : "";
  const text = words || changed;
  const button = box.querySelector("button");
  if (text && text !== button.textContent && performance.now() - said < QUIET) {
    saying = setTimeout(say, QUIET);
    return;
  }
  if (text !== button.textContent) {
    button.textContent = text;
    said = performance.now();
  }
  button.hidden = !text;
}

function show() {
  const first = [...unseen, ...waiting.keys()].find((id) => unseen.has(id) || waiting.get(id).arrives) ?? [...waiting.keys()][0];
  for (const [id, change] of [...waiting]) {
    const old = document.getElementById(id);
    if (old && inUse(old)) continue;
    change.forced = true;
    attempt(id);
  }
  const row = document.getElementById(first);
  if (row) {
    focusOn(row);
    row.scrollIntoView({ block: "nearest" });
  }
  unseen.clear();
  said = 0;
  say();
}

function read(html) {
  const answer = new DOMParser().parseFromString(html, "text/html").querySelector("[data-answer]");
  if (!answer) return;
  const order = (answer.dataset.answer || "").split(" ").filter(Boolean);
  for (const row of answer.querySelectorAll("[data-stamp]")) {
    const known = document.getElementById(row.id);
    const before = order.slice(0, order.indexOf(row.id)).reverse();
    waiting.set(row.id, { row: document.adoptNode(row), before, arrives: !known });
  }
  for (const part of answer.querySelectorAll("[data-part]")) {
    if (document.getElementById(part.id)) waiting.set(part.id, { row: document.adoptNode(part), before: [], arrives: false });
  }
  document.dispatchEvent(new CustomEvent("follow:answer", { detail: { answer } }));
  tryAll();
}

async function ask() {
  const box = list();
  if (!box) return;
  if (asking) {
    askAgain = true;
    return;
  }
  asking = true;
  const shown = [...box.querySelectorAll("[data-stamp], [data-tally]")].map((one) => `${one.id}.${one.dataset.stamp ?? one.dataset.tally}`);
  const held = [...waiting].filter(([, change]) => change.row.dataset.stamp).map(([id, change]) => `${id}.${change.row.dataset.stamp}`);
  const address = new URL(box.dataset.from, location.href);
  address.searchParams.set("known", [...shown, ...held].join(","));
  try {
    const response = await fetch(address, { headers: { "HX-Request": "true", "HX-Current-URL": location.href } });
    if (response.status === 200) read(await response.text());
  } catch {
    setTimeout(ask, 5_000); // offline for a moment; what changed is still to be asked
  }
  asking = false;
  if (askAgain) {
    askAgain = false;
    ask();
  }
}

// A text comes at once; of counts that many people move, one look tells as much as fifty.
function heard({ target, detail }) {
  if (!target.closest?.("[data-from]")) return;
  if (!detail?.on?.startsWith("reactions:")) ask();
  else counting ??= setTimeout(() => {
    counting = undefined;
    ask();
  }, COUNTS * (0.5 + Math.random()));
}

document.addEventListener("live", heard, true);
document.addEventListener("click", (event) => event.target.closest?.("[data-news] button") && show());
for (const moment of ["scroll", "focusout"]) {
  document.addEventListener(moment, () => {
    clearTimeout(later);
    if (waiting.size) later = setTimeout(tryAll, WAIT);
  }, { passive: true });
}
