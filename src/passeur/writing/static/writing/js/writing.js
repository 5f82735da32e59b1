// What a page with a form for a text needs.

import "./drafts.js";
import "./files.js";
