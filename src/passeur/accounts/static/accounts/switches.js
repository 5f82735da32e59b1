// A switch that is moved is sent at once; its button stays for whoever has no JavaScript.

for (const form of document.querySelectorAll("form[data-switch]")) {
  form.querySelector("[data-apply]").hidden = true;
  form.querySelector("input[type=checkbox]").addEventListener("change", () => form.requestSubmit());
}
