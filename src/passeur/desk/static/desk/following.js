// A line that a colleague treated says so in its place, and leaves once it is not the one that one is on.

import { still } from "../foundation/live/follow.js";

const SAID = 3_000;
const WAIT = 250;
let later;

function sayWho(line, words) {
  const moves = line.querySelector(".moves");
  if (line.dataset.gone || !moves) return;
  line.dataset.gone = "said";
  for (const box of line.querySelectorAll("[popover], [data-opened]")) {
    if (![...box.querySelectorAll("textarea")].some((area) => area.value !== area.defaultValue)) box.remove();
  }
  const focused = moves.contains(document.activeElement);
  words.style.minBlockSize = `${moves.offsetHeight}px`;
  words.className = "moves gone";
  still(() => {
    moves.replaceWith(words);
    return () => words.replaceWith(moves);
  }, { others: false, certain: true });
  if (focused) line.querySelector(".cue").focus({ preventScroll: true });
  setTimeout(() => {
    line.dataset.gone = "may leave";
    leave();
  }, SAID);
}

function leave() {
  for (const line of document.querySelectorAll("[data-rows] > [data-gone='may leave']")) {
    if (line.contains(document.activeElement) || line.querySelector("textarea")) continue;
    const after = line.nextElementSibling;
    const list = line.parentElement;
    still(() => {
      line.remove();
      return () => list.insertBefore(line, after);
    }, { others: false });
  }
}

document.addEventListener("follow:answer", ({ detail: { answer } }) => {
  for (const words of [...answer.querySelectorAll("[data-gone]")]) {
    const line = document.getElementById(words.dataset.gone);
    delete words.dataset.gone;
    if (line) sayWho(line, document.adoptNode(words));
  }
});
for (const moment of ["scroll", "focusin"]) {
  document.addEventListener(moment, () => {
    clearTimeout(later);
    later = setTimeout(leave, WAIT);
  }, { passive: true });
}
