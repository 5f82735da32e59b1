// Single keys, off in fields and for those who switched them off; j and k move real focus.

import { focusOn, rowOf, rows } from "./focus.js";
import { undo } from "./toasts.js";

const FIELDS = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
const GO_WITHIN = 1500;
let goUntil = 0;

function currentRow() {
  return rowOf(document.activeElement) ?? document.querySelector(".cue.at");
}

function move(step) {
  const all = rows();
  if (all.length === 0) return false;
  const place = all.indexOf(rowOf(document.activeElement));
  // The first press goes to the row that shows its keys, which is the first one of a new page.
  const row = place < 0 ? (currentRow() ?? all[0]) : all[Math.min(all.length - 1, Math.max(0, place + step))];
  focusOn(row);
  row.scrollIntoView({ block: "nearest" });
  return true;
}

function press(selector, within) {
  const control = within?.querySelector(selector);
  control?.click();
  return Boolean(control);
}

// Enter on the row itself; on a control of the row it keeps its own meaning.
function firstMove() {
  const row = rowOf(document.activeElement);
  if (!row || document.activeElement !== row) return false;
  return press(".moves .btn.primary, [data-first]", row) || press(".moves .btn", row) || press("a[href]", row);
}

function reply() {
  const target = document.querySelector("[data-reply]");
  if (!target) return false;
  if (target.matches("a, button")) target.click();
  else target.focus();
  return true;
}

function search() {
  const field = document.querySelector('[data-shortcut="/"]');
  if (field?.checkVisibility()) {
    field.focus();
    field.select();
    return true;
  }
  return press(".bar a.narrow", document);
}

const keys = {
  j: () => move(1),
  k: () => move(-1),
  Enter: firstMove,
  e: () => press('[data-move="done"]', currentRow()),
  s: () => press('[data-move="snooze"]', currentRow()),
  u: () => undo() ?? true,
  n: () => press('[data-shortcut="n"]', document),
  r: reply,
  "/": search,
  "?": () => {
    document.getElementById("raccourcis")?.togglePopover();
    return true;
  },
  g: () => {
    goUntil = performance.now() + GO_WITHIN;
    return true;
  },
};

function act(key) {
  if (performance.now() < goUntil) {
    goUntil = 0;
    return press(`[data-go="${CSS.escape(key)}"]`, document);
  }
  if (/^[1-9]$/.test(key)) {
    return press(`[data-snooze="${key}"]`, document.querySelector("[popover]:popover-open"));
  }
  return keys[key]?.() ?? false;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const inField = event.target.matches?.(FIELDS);
  if (event.key === "Escape") {
    if (inField && !event.target.closest("[popover], dialog")) event.target.blur();
    return;
  }
  if (inField || document.documentElement.dataset.shortcuts === "off") return;
  if (act(event.key)) event.preventDefault();
});

// The row that has, or last had, focus shows its keys. They take room: while a button is being pressed
// nothing may move, or it would slip from under the pointer and the click would be lost.
let pressing = false;

function showKeys(row) {
  for (const other of document.querySelectorAll(".cue.at, [data-row].at")) other.classList.toggle("at", other === row);
  row.classList.add("at");
}

document.addEventListener("pointerdown", () => (pressing = true), true);
for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => (pressing = false), true);
document.addEventListener("focusin", (event) => {
  const row = rowOf(event.target);
  if (!row) return;
  if (pressing) document.addEventListener("pointerup", () => setTimeout(() => showKeys(row)), { once: true });
  else showKeys(row);
});
