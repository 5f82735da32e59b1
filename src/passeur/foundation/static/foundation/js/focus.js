// Focus goes where the action went: to what the answer marks, to the first mistake, or to the next row.

const ROWS = ".cue, [data-row]";

export function rows() {
  return [...document.querySelectorAll(ROWS)].filter((row) => row.checkVisibility());
}

export function rowOf(element) {
  return element?.closest?.(ROWS) ?? null;
}

export function focusOn(element) {
  if (!element.matches("a[href], button, input, select, textarea, [tabindex]")) element.tabIndex = -1;
  element.focus();
}

function marked() {
  const hook = document.querySelector("[data-focus]");
  if (hook) {
    hook.removeAttribute("data-focus");
    return hook;
  }
  return document.querySelector('[aria-invalid="true"]:not([data-seen])');
}

function settle(leftRow, nextRow) {
  const target = marked();
  if (target) {
    target.dataset.seen = "";
    focusOn(target);
    return;
  }
  const lost = !document.activeElement || document.activeElement === document.body;
  if (!lost) return;
  if (leftRow?.isConnected) focusOn(leftRow);
  else if (nextRow?.isConnected) focusOn(nextRow);
  else focusOn(document.getElementById("contenu"));
}

document.addEventListener("htmx:beforeSwap", (event) => {
  if (!event.detail.shouldSwap) return;
  const active = document.activeElement;
  if (!event.detail.target.contains(active) && !event.detail.serverResponse.includes("data-focus")) return;
  const row = rowOf(active);
  const all = rows();
  const place = all.indexOf(row);
  // After the swap and its settling (20 ms): only then is it known what is still there.
  setTimeout(() => settle(row, all[place + 1] ?? all[place - 1]), 60);
});

// Who goes to a form goes there to write: to its field, not only near it.
function writeAt(hash) {
  const form = hash.length > 1 && document.getElementById(hash.slice(1));
  const field = form && form.matches("form") && form.querySelector("textarea, input:not([type=hidden], [type=file])");
  if (field) field.focus();
}

// A form that came back with mistakes, as a whole page.
if (location.hash) {
  // The browser goes there when all is loaded, and takes the focus away.
  window.addEventListener("load", () => setTimeout(writeAt, 0, location.hash));
} else {
  const target = marked();
  if (target) {
    target.dataset.seen = "";
    focusOn(target);
  }
}
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href^='#']");
  if (link) setTimeout(writeAt, 0, link.hash); // after the page went there
});

// A link of the error summary leads to its field, not only near it.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".summary a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (field) {
    event.preventDefault();
    focusOn(field);
  }
});
