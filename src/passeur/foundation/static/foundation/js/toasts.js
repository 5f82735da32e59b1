// Toasts: one at a time, ten seconds, waiting while one reads them; `u` undoes even after they left.

const region = document.getElementById("toasts");
const LASTS = 10_000;
let timer;
let lastUndo = null;

function away(toast) {
  clearTimeout(timer);
  if (toast.contains(document.activeElement)) document.getElementById("contenu")?.focus({ preventScroll: true });
  toast.hidden = true;
}

function start(toast) {
  clearTimeout(timer);
  if (toast.dataset.toast !== "stays") timer = setTimeout(() => away(toast), LASTS);
}

function welcome(toast) {
  if (toast.dataset.known) return;
  toast.dataset.known = "yes";
  for (const older of region.querySelectorAll("[data-toast]")) if (older !== toast) older.remove();
  lastUndo = toast.querySelector("[data-undo]");
  for (const button of toast.querySelectorAll("[data-dismiss]")) button.hidden = false;
  start(toast);
}

// Says `words`, or those of the template; the template is in the page, so that it speaks its language.
export function show(template, words = "") {
  const toast = document.getElementById(template)?.content.firstElementChild.cloneNode(true);
  if (!region || !toast) return;
  if (words) toast.querySelector("span").textContent = words;
  region.append(toast);
}

export function undo() {
  if (lastUndo?.isConnected) lastUndo.requestSubmit();
}

if (region) {
  // A live region speaks of what comes into it, not of what it held when the page came.
  const waiting = [...region.querySelectorAll("[data-toast]")];
  for (const toast of waiting) toast.remove();
  new MutationObserver(() => {
    const toasts = [...region.querySelectorAll("[data-toast]")];
    if (toasts.length > 0) welcome(toasts[toasts.length - 1]);
  }).observe(region, { childList: true });
  setTimeout(() => region.append(...waiting), 120);

  for (const event of ["pointerenter", "focusin"]) region.addEventListener(event, () => clearTimeout(timer));
  for (const event of ["pointerleave", "focusout"]) {
    region.addEventListener(event, () => {
      const toast = region.querySelector("[data-toast]:not([hidden])");
      if (toast && !region.matches(":hover, :focus-within")) start(toast);
    });
  }
  region.addEventListener("click", (event) => {
    const button = event.target.closest("[data-dismiss]");
    if (button) away(button.closest("[data-toast]"));
  });
}
