// A form with `data-warn` asks before what was written in it is lost.

const touched = new Set();

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.matches("[data-warn]")) touched.add(form);
});
document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented) touched.delete(event.target);
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) touched.delete(event.detail.elt);
});
window.addEventListener("beforeunload", (event) => {
  if ([...touched].some((form) => form.isConnected)) event.preventDefault();
});
