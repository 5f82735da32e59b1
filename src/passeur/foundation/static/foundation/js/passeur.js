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

// The tab that one is on is in sight.
for (const tab of document.querySelectorAll(".tabs [aria-current]")) tab.parentElement.scrollLeft = tab.offsetLeft - 40;
