// A line that a colleague treated says so in its place, and leaves once it is not the one that one is on.

import "../foundation/live/follow.js";

const SAID = 3_000;

function sayWho(line, words) {
  const moves = line.querySelector(".moves");
  if (line.dataset.gone || !moves) return;
  line.dataset.gone = "said";
  setTimeout(() => (line.dataset.gone = "may leave"), SAID);
  const room = moves.offsetHeight;
  for (const box of line.querySelectorAll("[popover], [data-opened]")) {
    if (![...box.querySelectorAll("textarea")].some((area) => area.value !== area.defaultValue)) box.remove();
  }
  words.className = "why gone";
  words.style.minBlockSize = `${room}px`;
  moves.replaceWith(words);
}

function leave(still) {
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

document.addEventListener("follow:answer", ({ detail: { answer, still } }) => {
  for (const words of [...answer.querySelectorAll("[data-gone]")]) {
    const line = document.getElementById(words.dataset.gone);
    delete words.dataset.gone;
    if (line) sayWho(line, document.adoptNode(words));
  }
  setTimeout(() => leave(still), SAID + 50);
});
document.addEventListener("follow:tried", ({ detail: { still } }) => leave(still));
