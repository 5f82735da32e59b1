// Requests that htmx makes: the CSRF token goes with them, and a failure is said in words.

import { show } from "./toasts.js";

const strip = document.getElementById("hors-connexion");

export function token() {
  return document.querySelector('meta[name="csrf-token"]')?.content ?? "";
}

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token();
});

// A refusal sent as plain text is one sentence for the person; anything else is ours to apologise for.
document.addEventListener("htmx:responseError", ({ detail: { xhr } }) => {
  if (xhr.status === 401) return;
  const plain = (xhr.getResponseHeader("Content-Type") ?? "").startsWith("text/plain");
  show("toast-trouble", plain && xhr.status < 500 ? xhr.responseText : "");
});
document.addEventListener("htmx:sendError", () => show("toast-trouble"));

function watch() {
  if (strip) strip.hidden = navigator.onLine;
}
window.addEventListener("online", watch);
window.addEventListener("offline", watch);
watch();

// Sending while offline would lose the page, and the text with it.
document.addEventListener("submit", (event) => {
  if (!navigator.onLine) {
    event.preventDefault();
    event.stopImmediatePropagation();
    watch();
  }
}, true);
