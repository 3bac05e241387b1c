// An article and the panel beside it: marks lead to cards, cards to words; judging from the keyboard; adding by
// selecting words. Without script the marks and cards are plain links and forms.
const text = document.getElementById("text");
const panel = document.querySelector(".panel");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const narrow = matchMedia("(max-width: 60rem)");
let current = null; // id of the chosen item

const cards = () => [...document.querySelectorAll(".card")];
const cardOf = (id) => document.getElementById(id)?.closest(".card") ?? null;
const marksOf = (id) => [...(text?.querySelectorAll(`[data-items~="${CSS.escape(id)}"]`) ?? [])];
const scroll = (element, block) => element?.scrollIntoView({ block, behavior: still.matches ? "auto" : "smooth" });

// of two smooth scrolls the browser ends the one it began first: the card goes at once where the words glide
function choose(id, { toCard = true, toWords = false } = {}) {
  const card = cardOf(id);
  if (!card) return;
  release();
  current = id;
  card.classList.add("is-current");
  for (const mark of marksOf(id)) mark.classList.add("is-current");
  if (toCard) {
    if (!narrow.matches) card.scrollIntoView({ block: "nearest" });
    card.focus({ preventScroll: true });
  }
  if (toWords) flash(marksOf(id));
  remember(id);
}

function release() {
  for (const element of document.querySelectorAll(".is-current")) element.classList.remove("is-current");
  current = null;
}

function flash(marks) {
  scroll(marks[0], "center");
  for (const mark of marks) {
    mark.classList.remove("is-flashing");
    void mark.offsetWidth; // begins the animation anew
    mark.classList.add("is-flashing");
  }
}

function remember(id) {
  history.replaceState(history.state, "", `#${id}`);
}

function step(by) {
  const all = cards();
  if (!all.length) return;
  const at = all.findIndex((card) => card.dataset.item === current);
  const next = all[Math.min(all.length - 1, Math.max(0, at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by))];
  choose(next.dataset.item);
  flash(marksOf(next.dataset.item));
}

const FORMS = "a, button, input, select, textarea, label, summary, form, .slot";

// links between words and cards
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href^='#']");
  if (link && text) {
    const id = decodeURIComponent(link.hash.slice(1));
    if (link.closest("#text")) {
      event.preventDefault();
      if (!String(getSelection())) choose(id);
    } else if (link.dataset.find) {
      event.preventDefault();
      choose(link.dataset.find, { toCard: false, toWords: true });
    } else if (link.dataset.at) {
      event.preventDefault();
      flash([pieceAt(Number(link.dataset.at))].filter(Boolean));
    } else if (cardOf(id)) {
      event.preventDefault();
      choose(id, { toWords: true });
    }
  }
  const card = event.target.closest?.(".card");
  if (card && card.dataset.item !== current && !event.target.closest(FORMS) && !String(getSelection())) {
    choose(card.dataset.item, { toCard: false, toWords: true });
  }
  if (event.target.closest?.("[data-release]") || (!link && event.target.closest?.("#text") && !String(getSelection()))) release();
  const closer = event.target.closest?.("[data-close]");
  if (closer) close(closer);
});

function pieceAt(position) {
  return [...text.querySelectorAll("[data-start]")].findLast((piece) => Number(piece.dataset.start) <= position);
}

function close(inside) {
  const slot = inside.closest(".slot") ?? document.getElementById("add-slot");
  if (slot) slot.replaceChildren();
  if (inside.closest("#adding") && !inside.closest(".slot")) document.getElementById("adding").hidden = true;
}

// which marks are shown
for (const box of document.querySelectorAll("[data-show]")) {
  box.addEventListener("change", () => text.classList.toggle(`without-${box.dataset.show}`, !box.checked));
}

// the keyboard
const isTyping = (element) => element?.closest?.("input, textarea, select, [contenteditable], dialog");
document.addEventListener("keydown", (event) => {
  if (!text || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    const open = document.querySelector(".slot:not(:empty)");
    if (open) close(open);
    else if (document.getElementById("adding")?.hidden === false) document.getElementById("adding").hidden = true;
    else release();
    cardOf(current)?.focus({ preventScroll: true });
    return;
  }
  if (isTyping(event.target)) return;
  const key = KEYS[event.code] ?? event.key;
  if (key === "j") step(1);
  else if (key === "k") step(-1);
  else if (key === "Enter" && current && event.target.closest(".card") && !event.target.closest("a, button")) flash(marksOf(current));
  else if ("areuw".includes(key) && current) cardOf(current)?.querySelector(`[data-key="${key}"]`)?.click();
  else return;
  event.preventDefault();
});
// by place on the keyboard, so that an Arabic layout works too
const KEYS = { KeyJ: "j", KeyK: "k", KeyA: "a", KeyR: "r", KeyE: "e", KeyU: "u", KeyW: "w" };

// a card that was judged comes back: mark its words alike, go on to the next
let judgedBy = null;
document.addEventListener("htmx:before:request", (event) => {
  const ctx = event.detail.ctx;
  judgedBy = ctx.sourceElement?.matches?.(".judge") ? ctx.sourceElement.closest(".card").dataset.item : null;
});
document.addEventListener("htmx:after:swap", () => {
  const opened = document.querySelector(".slot .editor, .slot .reasons");
  if (opened && !opened.dataset.isSeen) {
    opened.dataset.isSeen = "1";
    scroll(opened, "nearest");
    opened.querySelector("summary, select, textarea, button")?.focus({ preventScroll: true });
  }
  if (!judgedBy) return;
  const id = judgedBy;
  judgedBy = null;
  const card = cardOf(id);
  if (!card) return;
  const state = card.dataset.state;
  for (const mark of marksOf(id)) {
    mark.classList.remove("is-accept", "is-reject", "is-change", "is-add", "is-disputed");
    if (state !== "unread") mark.classList.add(`is-${state}`);
  }
  const all = cards();
  const next = all[all.indexOf(card) + 1];
  choose((state === "unread" || !next ? card : next).dataset.item);
});

// selected words: into the field that is being filled, or to be added
let field = null;
document.addEventListener("focusin", (event) => {
  if (event.target.matches?.(".span textarea")) field = event.target;
  else if (!event.target.closest?.("#text")) field = event.target.closest?.(".editor") ? null : field;
});

function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.commonAncestorContainer)) return null;
  const start = positionOf(range.startContainer, range.startOffset);
  const end = positionOf(range.endContainer, range.endOffset);
  const words = String(selection).replace(/\r\n/g, "\n");
  const trimmed = words.trim();
  if (!trimmed || start === null || end === null) return null;
  return { start: start + [...words.slice(0, words.indexOf(trimmed))].length, words: trimmed };
}

// characters of the text, not UTF-16 units: as the record counts
function positionOf(node, offset) {
  const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node.childNodes[offset] ?? node).closest?.("[data-start]");
  if (!piece) return null;
  const before = node.nodeType === Node.TEXT_NODE ? node.data.slice(0, offset) : "";
  return Number(piece.dataset.start) + [...before].length;
}

text?.addEventListener("pointerup", () => setTimeout(offer, 0));
text?.addEventListener("keyup", (event) => { if (event.shiftKey) offer(); });

function offer() {
  const found = selected();
  if (!found) return;
  if (field?.isConnected) {
    field.value = found.words;
    field.nextElementSibling.value = found.start;
    field.focus();
    return;
  }
  if (!("adds" in text.dataset)) return;
  const adding = document.getElementById("adding");
  adding.hidden = false;
  adding.dataset.start = found.start;
  adding.dataset.words = found.words;
  adding.querySelector(".chosen bdi").textContent = found.words;
  document.getElementById("add-slot").replaceChildren();
  if (narrow.matches) scroll(adding, "nearest");
}

for (const button of document.querySelectorAll("[data-add]")) {
  button.addEventListener("click", () => {
    const adding = document.getElementById("adding");
    const asked = new URLSearchParams({
      article: text.dataset.article, layer: button.dataset.add, words: adding.dataset.words, start: adding.dataset.start,
    });
    htmx.ajax("GET", `/add?${asked}`, { target: "#add-slot", swap: "innerHTML" });
  });
}

// where one was, or what a list of results leads to: chosen at once for the keyboard, in view after the browser has gone to the card
const begun = decodeURIComponent(location.hash.slice(1));
if (begun && cardOf(begun)) choose(begun, { toWords: true });

function begin() {
  const id = current;
  if (!id) return;
  marksOf(id)[0]?.scrollIntoView({ block: "center" });
  if (!narrow.matches) cardOf(id).scrollIntoView({ block: "nearest" }); // the end of the page pushes the panel up
}
if (document.readyState === "complete") begin();
else addEventListener("load", () => document.fonts.ready.then(begin));
