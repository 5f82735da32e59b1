// Images and files in the editor: by the button, dropped, or pasted. Each is sent at once and written into the
// text where the caret was; its description is asked beside it. Without this script, a field of the form does it.

const csrf = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";

function insert(area, words) {
  area.focus();
  const before = area.value.slice(0, area.selectionStart);
  const text = `${before && !before.endsWith("\n") ? "\n\n" : ""}${words}\n`;
  if (!document.execCommand?.("insertText", false, text)) {
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function replace(area, old, words) {
  const place = area.value.indexOf(old);
  if (place < 0) return false;
  area.setRangeText(words, place, place + old.length, "preserve");
  area.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
}

const words = (editor, name) => editor.querySelector("[data-file-words]").content.querySelector(`[data-${name}]`).textContent;
const clean = (text) => text.replaceAll("\\", "").replaceAll("[", "(").replaceAll("]", ")").replace(/\s+/g, " ").trim();

async function join(editor, file) {
  const area = editor.querySelector("textarea");
  const list = editor.querySelector("[data-joined]");
  const row = editor.querySelector("[data-joined-row]").content.firstElementChild.cloneNode(true);
  const [label, said] = [row.querySelector("label"), row.querySelector("[role=status]")];
  const field = label.querySelector("input");
  row.querySelector(".name").textContent = file.name || "image";
  label.hidden = true;
  list.append(row);
  list.hidden = false;
  said.textContent = words(editor, "sending");
  row.setAttribute("aria-busy", "true");
  const body = new FormData();
  body.append("one-files", file, file.name || "image.png");
  let told = {};
  let shown = "";
  const leave = () => {
    if (shown) replace(area, shown, "");
    row.remove();
    list.hidden = list.children.length === 0;
    area.focus();
  };
  row.querySelector("[data-unjoin]").addEventListener("click", leave);
  try {
    const answer = await fetch(editor.dataset.upload, { method: "POST", headers: { "X-CSRFToken": csrf(), "HX-Request": "true" }, body });
    told = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
    if (!answer.ok) throw new Error("refused");
  } catch {
    row.classList.add("bad");
    said.textContent = told.say || words(editor, "failed");
    return;
  } finally {
    row.removeAttribute("aria-busy");
  }
  shown = told.markdown;
  row.querySelector(".name").textContent = told.name;
  said.textContent = told.say || words(editor, "joined-word");
  insert(area, shown);
  if (!told.is_image) return;
  const image = new Image();
  image.alt = "";
  image.src = told.address;
  row.querySelector(".who").prepend(image);
  label.hidden = false;
  field.addEventListener("input", () => {
    const next = `![${clean(field.value)}](${told.address})`;
    if (replace(area, shown, next)) shown = next;
  });
  field.focus();
}

const joinAll = async (editor, files) => {
  for (const file of [...files].slice(0, 10)) await join(editor, file);
};
const editorOf = (event) => event.target.closest?.("[data-editor][data-upload]");
const carriesFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

document.addEventListener("click", (event) => {
  const editor = event.target.closest?.("[data-attach]") && editorOf(event);
  if (!editor) return;
  const picker = document.createElement("input");
  Object.assign(picker, { type: "file", multiple: true });
  picker.addEventListener("change", () => joinAll(editor, picker.files));
  picker.click();
});
document.addEventListener("dragover", (event) => {
  const editor = editorOf(event);
  if (!editor || !carriesFiles(event)) return;
  event.preventDefault();
  editor.classList.add("over");
});
for (const end of ["dragleave", "drop"]) document.addEventListener(end, (event) => editorOf(event)?.classList.remove("over"));
document.addEventListener("drop", (event) => {
  const editor = editorOf(event);
  if (!editor || !carriesFiles(event)) return;
  event.preventDefault();
  joinAll(editor, event.dataTransfer.files);
});
document.addEventListener("paste", (event) => {
  const editor = editorOf(event);
  const files = event.clipboardData?.files ?? [];
  // A table copied from a spreadsheet comes as words and as a picture: the words are what was meant.
  if (!editor || files.length === 0 || event.clipboardData.types.includes("text/plain")) return;
  event.preventDefault();
  joinAll(editor, files);
});

function ready() {
  for (const field of document.querySelectorAll("[data-editor][data-upload] > [data-file-field]")) field.remove();
}
document.addEventListener("htmx:load", ready);
ready();
