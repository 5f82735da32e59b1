// What JavaScript adds to pages that work without it. Each module is one thought; none needs another.

import "../live/live.js";
import "./busy.js";
import "./editor.js";
import "./focus.js";
import "./keyboard.js";
import "./network.js";
import "./palette.js";
import "./toasts.js";
import "./unsaved.js";

// On a narrow screen the tab that one is on may lie outside its row.
function showTab() {
  for (const tab of document.querySelectorAll(".tabs [aria-current]")) tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.offsetLeft - 24;
}
showTab();
document.addEventListener("htmx:load", showTab);
