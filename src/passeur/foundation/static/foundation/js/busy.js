// A button that was pressed says so, and a second press does nothing.

const busy = new Set();

function start(button) {
  if (!button) return;
  busy.add(button);
  button.setAttribute("aria-busy", "true");
  if (button.dataset.busy) {
    button.dataset.label = button.innerHTML;
    button.textContent = button.dataset.busy;
  }
}

function stop(button) {
  if (!busy.delete(button)) return;
  button.removeAttribute("aria-busy");
  if (button.dataset.label !== undefined) {
    button.innerHTML = button.dataset.label;
    delete button.dataset.label;
  }
}

function buttonOf(element, submitter) {
  if (element.matches("button, .btn")) return element;
  return submitter ?? (element.matches("form") ? element.querySelector("button[type=submit]") : null);
}

// Whole pages. htmx has stopped the event where the form is its own.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  const button = buttonOf(event.target, event.submitter);
  if (busy.has(button)) event.preventDefault();
  // After the form was read: a button that changes before would not be sent with it.
  else setTimeout(() => start(button));
});

// Fragments.
document.addEventListener("htmx:beforeRequest", (event) => {
  const button = buttonOf(event.detail.elt, event.detail.requestConfig.triggeringEvent?.submitter);
  if (!button) return;
  if (busy.has(button)) event.preventDefault();
  else start(button);
});
document.addEventListener("htmx:afterRequest", () => [...busy].forEach(stop));

// Back to a page kept by the browser.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) [...busy].forEach(stop);
});
