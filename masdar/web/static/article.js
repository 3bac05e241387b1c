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

// the keyboard; letters and digits by place, so that an Arabic layout works too
const KEYS = { KeyJ: "j", KeyK: "k", KeyA: "a", KeyR: "r", KeyE: "e", KeyU: "u", KeyW: "w" };
const keys = document.getElementById("keys"); // the list of them
const isWriting = (element) => element.closest("textarea, input:not([type='checkbox'])");
document.addEventListener("keydown", (event) => {
  if (keys?.open || event.altKey) return;
  const act = event.ctrlKey || event.metaKey ? event.key === "Enter" && save : actOf(event);
  if (act && act(event.target) !== false) event.preventDefault();
});
document.querySelector("[data-keys]")?.addEventListener("click", () => keys.showModal());

// what a key does, where it does something; it is told where the cursor is
function actOf({ key, code, target }) {
  if (key === "Escape") return leave;
  if (isWriting(target)) return null;
  if (key === "?" || key === "؟") return () => keys?.showModal();
  const digit = code.match(/^Digit(\d)$/)?.[1] ?? key.match(/^\d$/)?.[0];
  if (digit) return (element) => change(element, digit);
  if (key === "ArrowDown" || key === "ArrowUp") return (element) => toOption(element, key === "ArrowDown" ? 1 : -1);
  return target.closest("input, select, .editor") ? null : onCards(KEYS[code] ?? key, target);
}

function onCards(letter, target) {
  if (letter === "j") return () => step(1);
  if (letter === "k") return () => step(-1);
  if (letter === "Enter" && current && target.closest(".card") && !target.closest("a, button")) return () => flash(marksOf(current));
  if (letter === "e" && current) return change;
  if ("aruw".includes(letter) && current) return () => cardOf(current)?.querySelector(`[aria-keyshortcuts="${letter}"]`)?.click();
  return null;
}

// out of a field of text, out of what is open, out of the card
function leave(element) {
  if (element.closest(".editor") && isWriting(element)) return element.closest(".editor").focus({ preventScroll: true });
  const open = element.closest(".slot") ?? document.querySelector(".slot:not(:empty)");
  if (open) close(open);
  else if (document.getElementById("adding")?.hidden === false) document.getElementById("adding").hidden = true;
  else release();
  cardOf(current)?.focus({ preventScroll: true });
}

function save(element) {
  const form = element.closest(".editor");
  if (!form) return false;
  form.requestSubmit(form.querySelector("[name='verdict']"));
}

// to a field of the form, which is opened first where it is not; not by a click on the link, which htmx heeds only
// some moments after the page is there
let wanted = null; // digit of the field to go to
function change(element, digit = null) {
  const form = element.closest(".editor") ?? (cardOf(current) ?? document).querySelector(".editor");
  if (form) return toField(form, digit);
  const opener = cardOf(current)?.querySelector("[aria-keyshortcuts='e']");
  if (!opener) return false;
  wanted = digit;
  htmx.ajax("GET", opener.href, { target: opener.closest(".tools").querySelector(".slot"), swap: "innerHTML" });
}

// without a digit: to the first one but words of the text, which are changed by selecting them
function toField(form, digit = null) {
  const field = form.querySelector(`[aria-keyshortcuts="${digit}"]`)?.closest(".field") ?? form.querySelector(".field:not(:has(.spans))");
  for (const choices of field.querySelectorAll("details")) choices.open = true;
  field.scrollIntoView({ block: "nearest" });
  const control = field.querySelector("input:checked") ?? field.querySelector(".options input, select, textarea, label input") ?? field.querySelector("summary");
  control.focus({ preventScroll: true });
  control.select?.(); // what is written there, as Tab does
}

function toOption(element, by) {
  const boxes = [...(element.closest(".options")?.querySelectorAll("input") ?? [])];
  if (!boxes.length) return false;
  boxes[boxes.indexOf(element) + by]?.focus();
}

// a card that was judged comes back: mark its words alike, go on to the next
let judgedBy = null;
document.addEventListener("htmx:before:request", (event) => {
  const ctx = event.detail.ctx;
  judgedBy = ctx.sourceElement?.matches?.(".judge") ? ctx.sourceElement.closest(".card").dataset.item : null;
});
document.addEventListener("htmx:after:swap", () => {
  const opened = document.querySelector(".slot :is(.editor, .reasons):not([data-is-seen])");
  if (opened) {
    opened.dataset.isSeen = "1";
    opened.scrollIntoView({ block: "nearest" });
    if (opened.matches(".editor")) toField(opened, wanted);
    else opened.querySelector("summary, button")?.focus({ preventScroll: true });
    wanted = null;
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
