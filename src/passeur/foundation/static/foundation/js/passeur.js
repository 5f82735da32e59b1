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
