// Ctrl K: the palette. Its lines come from the server; arrows walk through them.

const palette = document.getElementById("palette");
const field = palette?.querySelector("input");

function stops() {
  return [field, ...palette.querySelectorAll("a[href]")];
}

if (palette) {
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      palette.togglePopover();
    }
  });
  palette.addEventListener("toggle", (event) => {
    if (event.newState !== "open") return;
    field.focus();
    field.select();
    field.dispatchEvent(new CustomEvent("palette-open"));
  });
  palette.addEventListener("keydown", (event) => {
    const all = stops();
    const place = all.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      all[(place + step + all.length) % all.length].focus();
    } else if (event.key === "Enter" && document.activeElement === field) {
      event.preventDefault();
      all[1]?.click();
    }
  });
}
