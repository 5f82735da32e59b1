// A form that a move opened in its cue: « Annuler » or Escape closes it, and focus stays in the list.

function close(box) {
  const row = box.closest(".cue");
  box.replaceChildren();
  row?.focus();
}

document.addEventListener("click", (event) => {
  const box = event.target.closest?.("[data-close]")?.closest("[data-opened]");
  if (!box) return;
  event.preventDefault();
  close(box);
});

// The first Escape leaves the field, as everywhere; the next one closes the form, unless it holds new words.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || document.querySelector("[popover]:popover-open")) return;
  const row = event.target.closest?.(".cue");
  const box = row?.querySelector("[data-opened]:not(:empty)");
  if (!box) return;
  const area = box.querySelector("textarea");
  if (event.target === area) row.focus();
  else if (!area || area.value === area.defaultValue) close(box);
});
