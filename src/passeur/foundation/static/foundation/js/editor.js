// The Markdown editor: its tools wrap the selection, and « Aperçu » swaps the same box.

import { token } from "./network.js";

const wraps = { bold: ["**", "**"], italic: ["_", "_"], code: ["`", "`"], link: ["[", "](https://)"] };

function put(area, text, start, end) {
  area.focus();
  area.setSelectionRange(start, end);
  // The old command keeps the browser's own undo; where it is gone, the text still goes in.
  if (!document.execCommand?.("insertText", false, text)) {
    area.setRangeText(text, start, end, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function lineBounds(area) {
  const start = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const next = area.value.indexOf("\n", area.selectionEnd);
  return [start, next < 0 ? area.value.length : next];
}

function eachLine(area, change) {
  const [start, end] = lineBounds(area);
  const text = area.value.slice(start, end).split("\n").map(change).join("\n");
  put(area, text, start, end);
  area.setSelectionRange(start, start + text.length);
}

function mark(area, kind) {
  const { selectionStart: start, selectionEnd: end } = area;
  const chosen = area.value.slice(start, end);
  if (kind === "list") {
    eachLine(area, (line) => (line.startsWith("- ") ? line.slice(2) : `- ${line}`));
    return;
  }
  if (kind === "code" && chosen.includes("\n")) {
    put(area, `\`\`\`\n${chosen}\n\`\`\``, start, end);
    return;
  }
  const [before, after] = wraps[kind];
  put(area, before + chosen + after, start, end);
  if (kind === "link" && chosen) {
    // The words are there; the address is what is left to write.
    area.setSelectionRange(end + 3, end + 3 + "https://".length);
  } else {
    area.setSelectionRange(start + before.length, end + before.length);
  }
}

async function preview(editor, button) {
  const area = editor.querySelector("textarea");
  const box = editor.querySelector("[data-preview-box]");
  const opens = box.hidden;
  if (opens) {
    button.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(editor.dataset.preview, {
        method: "POST",
        headers: { "X-CSRFToken": token(), "HX-Request": "true" },
        body: new URLSearchParams({ text: area.value }),
      });
      if (!answer.ok) return;
      box.innerHTML = await answer.text();
    } catch {
      return; // Offline: the text stays in view, and the strip under the bar says why.
    } finally {
      button.removeAttribute("aria-busy");
    }
  }
  box.hidden = !opens;
  area.hidden = opens;
  for (const tool of editor.querySelectorAll("[data-mark]")) tool.disabled = opens;
  button.setAttribute("aria-pressed", String(opens));
  (opens ? box : area).focus({ preventScroll: true });
}

// A toolbar is one stop of the Tab key; arrows walk in it.
const toolsOf = (bar) => [...bar.querySelectorAll("button:not(:disabled)")];

function stopAt(bar, button) {
  for (const tool of bar.querySelectorAll("button")) tool.tabIndex = tool === button ? 0 : -1;
}

function ready(root) {
  for (const bar of root.querySelectorAll?.("[data-editor] > .tools") ?? []) {
    bar.hidden = false;
    if (!bar.querySelector('[tabindex="0"]')) stopAt(bar, toolsOf(bar)[0]);
  }
}

document.addEventListener("keydown", (event) => {
  const bar = event.target.closest?.("[data-editor] > .tools");
  if (!bar) return;
  const all = toolsOf(bar);
  const place = all.indexOf(event.target);
  const to = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: all.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  const next = all[(to + all.length) % all.length];
  stopAt(bar, next);
  next.focus();
});
document.addEventListener("focusin", (event) => {
  const bar = event.target.closest?.("[data-editor] > .tools");
  if (bar) stopAt(bar, event.target);
  if (event.target.matches?.("[data-people]")) import("../naming/people.js").then(({ attend }) => attend(event.target), () => {}); // offline: one writes on
});

document.addEventListener("click", (event) => {
  const tool = event.target.closest?.("[data-mark], [data-toggle-preview]");
  const editor = tool?.closest("[data-editor]");
  if (!editor) return;
  if (tool.dataset.mark) mark(editor.querySelector("textarea"), tool.dataset.mark);
  else preview(editor, tool);
});
document.addEventListener("keydown", (event) => {
  const kind = { b: "bold", i: "italic" }[event.key];
  if (kind && (event.ctrlKey || event.metaKey) && event.target.matches?.("[data-editor] textarea")) {
    event.preventDefault();
    mark(event.target, kind);
  }
});
document.addEventListener("htmx:load", (event) => ready(event.detail.elt.parentElement ?? document));
ready(document);
