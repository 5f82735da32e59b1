// People offered while one types: after an @ in a text, or in a field for one person. `data-people` is the address
// of the list; its words are the server's. Focus stays in the field, which names the line that Enter would take.

const PAUSE = 120; // ms without a key before the server is asked
const LONGEST = 60;
const MENTION = /(?<![\p{L}\p{N}_@/.-])@([\p{L}\p{N}_-]*)$/u;

let field, list, said, word, later, asking, composing;
let at = 0;
let dismissed = null; // what was typed when Escape closed the list: it stays closed until that word is over

const isOne = () => field.matches("input");
const options = () => [...(list?.children ?? [])];

// Letters typed of a name; null where no name is being typed. In code, an @ is an @.
function typed() {
  if (isOne()) return field.value.trim();
  if (field.selectionStart !== field.selectionEnd) return null;
  const before = field.value.slice(0, field.selectionStart);
  const line = before.slice(before.lastIndexOf("\n") + 1);
  const fences = before.match(/^ {0,3}(```|~~~)/gm)?.length ?? 0;
  if (fences % 2 || (line.match(/`/g)?.length ?? 0) % 2) return null;
  return MENTION.exec(line)?.[1] ?? null;
}

function close() {
  clearTimeout(later);
  asking?.abort();
  list?.remove();
  list = null;
  for (const name of ["aria-controls", "aria-activedescendant"]) field?.removeAttribute(name);
  if (field && isOne()) field.setAttribute("aria-expanded", "false");
}

function highlight(place) {
  const all = options();
  at = (place + all.length) % all.length;
  all.forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
  field.setAttribute("aria-activedescendant", all[at].id);
}

// Where the letters stand in a text: a copy of it, unseen, ends there.
function caret() {
  const copy = document.createElement("div");
  const look = getComputedStyle(field);
  for (const name of ["font", "letterSpacing", "lineHeight", "padding", "border", "boxSizing"]) copy.style[name] = look[name];
  Object.assign(copy.style, { position: "absolute", visibility: "hidden", whiteSpace: "pre-wrap", overflowWrap: "break-word", width: `${field.offsetWidth}px` });
  copy.textContent = field.value.slice(0, field.selectionStart - word.length - 1);
  const end = copy.appendChild(document.createElement("span"));
  end.textContent = `@${word}`;
  field.after(copy);
  const place = { left: end.offsetLeft, top: end.offsetTop + end.offsetHeight - field.scrollTop };
  copy.remove();
  return { left: place.left, top: Math.min(place.top, field.offsetHeight) };
}

function show(fresh) {
  list?.remove();
  list = fresh;
  list.id = `${field.id}-people`;
  options().forEach((option, index) => (option.id = `${list.id}-${index}`));
  field.parentElement.append(list);
  const spot = isOne() ? { left: 0, top: field.offsetHeight + 4 } : caret();
  const room = field.parentElement.clientWidth - list.offsetWidth;
  list.style.insetInlineStart = `${Math.max(0, Math.min(spot.left, room))}px`;
  list.style.insetBlockStart = `${field.offsetTop + spot.top}px`;
  field.setAttribute("aria-controls", list.id);
  if (isOne()) field.setAttribute("aria-expanded", "true");
  highlight(0);
  list.scrollIntoView({ block: "nearest" });
}

async function ask() {
  asking?.abort();
  asking = new AbortController();
  const asked = word;
  const address = new URL(field.dataset.people, location.href);
  address.searchParams.set("q", asked);
  if (isOne()) address.searchParams.set("one", "1");
  try {
    const answer = await fetch(address, { signal: asking.signal, headers: { "HX-Request": "true" } });
    if (!answer.ok) return close();
    const told = document.createElement("template");
    told.innerHTML = await answer.text();
    if (word !== asked || document.activeElement !== field) return;
    const fresh = told.content.querySelector("[role=listbox]");
    said.textContent = told.content.querySelector("p")?.textContent.trim() ?? "";
    if (fresh) show(fresh);
    else close();
  } catch {
    if (word === asked) close(); // Offline, or asked again meanwhile: one writes on.
  }
}

function look() {
  if (composing) return;
  const now = typed();
  if (now === null || now.length > LONGEST || now.includes("(")) {
    dismissed = null;
    word = null;
    said.textContent = "";
    return close();
  }
  if (now === word && list) return;
  if (dismissed !== null && now.startsWith(dismissed)) return;
  dismissed = null;
  word = now;
  clearTimeout(later);
  later = setTimeout(ask, PAUSE);
}

function take(option) {
  if (isOne()) {
    field.value = option.dataset.person;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  } else {
    const end = field.selectionStart;
    const after = /^[\s.,;:!?)]/.test(field.value.slice(end)) ? "" : " ";
    field.setSelectionRange(end - word.length - 1, end);
    // The old command keeps the browser's own undo; where it is gone, the text still goes in.
    if (!document.execCommand?.("insertText", false, option.dataset.mention + after)) {
      field.setRangeText(option.dataset.mention + after, end - word.length - 1, end, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  said.textContent = option.dataset.person;
  word = null;
  close();
}

// Before the page's own keys, and instead of them.
document.addEventListener("keydown", (event) => {
  if (!list || event.target !== field || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) highlight(at + step);
  else if (event.key === "Escape") {
    dismissed = word;
    close();
  } else if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey) {
    take(options()[at]);
    if (event.key === "Tab" && isOne()) return;
  } else return;
  event.preventDefault();
  event.stopPropagation();
}, true);
document.addEventListener("pointerdown", (event) => list?.contains(event.target) && event.preventDefault());
document.addEventListener("mousedown", (event) => list?.contains(event.target) && event.preventDefault());
document.addEventListener("click", (event) => {
  const option = list?.contains(event.target) && event.target.closest("[role=option]");
  if (option) take(option);
});
document.addEventListener("input", (event) => event.target === field && !event.isComposing && look());
document.addEventListener("compositionstart", (event) => {
  if (event.target !== field) return;
  composing = true;
  close();
});
document.addEventListener("compositionend", (event) => {
  if (event.target !== field) return;
  composing = false;
  look();
});
// Walking in the text away from the name.
document.addEventListener("selectionchange", () => {
  if (list && field === document.activeElement && !isOne() && !composing) look();
});
document.addEventListener("focusout", (event) => {
  if (event.target !== field) return;
  said.textContent = "";
  word = null;
  close();
});

// The field that one is in from now on; what was typed before this file came counts.
export function attend(target) {
  if (target === field && said?.isConnected) return;
  close();
  field = target;
  word = dismissed = null;
  composing = false;
  field.setAttribute("aria-autocomplete", "list");
  if (isOne()) {
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-expanded", "false");
  }
  field.parentElement.classList.add("names");
  said = field.parentElement.querySelector(":scope > .vh[role=status]");
  if (!said) {
    said = document.createElement("p");
    said.className = "vh";
    said.setAttribute("role", "status");
    field.parentElement.append(said);
  }
  if (isOne() ? field.value !== field.defaultValue : document.activeElement === field) look();
}
