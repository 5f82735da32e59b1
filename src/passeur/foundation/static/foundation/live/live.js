// One stream for all that the page follows. What says `data-live="conversation:12"` gets the event `live` when that
// changed, and asks what changed by itself (htmx: `hx-trigger="live"`). Closed while the page is hidden:
// a browser holds few lines to one site, and what happened meanwhile is told on coming back.

const SILENCE = 40_000; // the server gives a sign of life every 15 seconds
const LEAVE_AFTER = 10_000;
const LONGEST = 60_000;
const AT_ONCE = 4_000; // when every page is told to ask, they do not all ask at the same moment
const REFUSALS = 4;

let source = null;
let topics = "";
let known = "";
let pauses = 0;
let refusals = 0;
let over = false;
let coming, leaving, watching;

const followers = () => [...document.querySelectorAll("[data-live]")];
const topicsOf = (one) => one.dataset.live.split(" ").filter(Boolean);
const wanted = () => [...new Set(followers().flatMap(topicsOf))].sort().join(" ");

function tell(changed) {
  for (const one of followers()) {
    if (!changed || topicsOf(one).includes(changed)) one.dispatchEvent(new CustomEvent("live", { detail: { on: changed } }));
  }
}

function close() {
  clearTimeout(watching);
  source?.close();
  source = null;
}

function alive(event) {
  if (event.lastEventId) known = event.lastEventId;
  clearTimeout(watching);
  watching = setTimeout(again, SILENCE);
}

// Later each time, and never all at once.
function again() {
  close();
  clearTimeout(coming);
  pauses += 1;
  coming = setTimeout(open, Math.min(LONGEST, 1000 * 2 ** (pauses - 1)) * (0.5 + Math.random()));
}

function open() {
  clearTimeout(coming);
  close();
  topics = wanted();
  if (!topics || over || document.hidden || !navigator.onLine) return;
  const since = known || followers().map((one) => one.dataset.liveSince ?? "").sort()[0];
  const asked = new URLSearchParams(topics.split(" ").map((topic) => ["on", topic]));
  asked.append("since", since);
  source = new EventSource(`/live/?${asked}`);
  watching = setTimeout(again, SILENCE);
  source.addEventListener("known", (event) => {
    pauses = refusals = 0;
    alive(event);
    document.documentElement.dataset.listening = "";
  });
  source.addEventListener("beat", alive);
  source.addEventListener("change", (event) => {
    alive(event);
    tell(JSON.parse(event.data).on);
  });
  source.addEventListener("ask", (event) => {
    alive(event);
    setTimeout(tell, Math.random() * AT_ONCE);
  });
  source.addEventListener("lost", (event) => {
    for (const one of followers()) one.dataset.live = topicsOf(one).filter((topic) => topic !== event.data).join(" ");
    topics = wanted();
  });
  source.addEventListener("end", () => {
    over = true;
    delete document.documentElement.dataset.listening;
    close();
  });
  source.onerror = () => {
    if (source?.readyState === EventSource.CLOSED) refusals += 1;
    delete document.documentElement.dataset.listening;
    if (refusals >= REFUSALS) close();
    else again();
  };
}

function look() {
  clearTimeout(leaving);
  if (document.hidden) leaving = setTimeout(close, LEAVE_AFTER);
  else if (!source) open();
}

document.addEventListener("visibilitychange", look);
window.addEventListener("online", open);
window.addEventListener("pagehide", close);
window.addEventListener("pageshow", (event) => event.persisted && open());
document.addEventListener("htmx:afterSettle", () => wanted() !== topics && open());
open();
