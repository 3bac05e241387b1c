// What every picture shares: its words and colours, its data, the sentences behind a mark, saving and printing.

export const picture = document.getElementById("picture");
const words = JSON.parse(picture.dataset.words);
export const isRtl = document.documentElement.dir === "rtl";
const number = new Intl.NumberFormat("en");

export function t(key, values = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

export function has(key) {
  return key in words;
}

export function figure(value) {
  return number.format(value);
}

// the name of a type of event or of a stance
export function kind(type) {
  return has(`type.${type}`) ? t(`type.${type}`) : t(`stance.${type}`);
}

export function kinds(types, limit = 4) {
  return Object.entries(types)
    .map(([type, found]) => [kind(type), typeof found === "number" ? found : found.count])
    .sort((left, right) => right[1] - left[1])
    .slice(0, limit)
    .map(([name, count]) => `${name} ${figure(count)}`)
    .join(isRtl ? "، " : ", ");
}

export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

const DAY = 24 * 3600 * 1000;
const LETTERS = { day: 10, month: 7, year: 4 };

// every day, month or year from the first to the last one, so that distances on the axis are those in time
export function withoutGaps(starts, unit) {
  const sorted = [...new Set(starts)].sort();
  const made = [];
  if (!sorted.length || sorted[0].length !== LETTERS[unit]) return sorted;
  const last = sorted.at(-1);
  for (let time = Date.parse(sorted[0]); made.at(-1) !== last && made.length < 5000; time += DAY) {
    const start = new Date(time).toISOString().slice(0, LETTERS[unit]);
    if (made.at(-1) !== start) made.push(start);
  }
  return made.at(-1) === last ? made : sorted;
}

export const FONT = "Plex, sans-serif";

export async function load() {
  note(t("pictures.loading"));
  try {
    const answer = await fetch(picture.dataset.source);
    if (!answer.ok) throw new Error(`${answer.status}`);
    const data = await answer.json();
    await document.fonts.load(`16px Plex`, "ا");
    note("");
    return data;
  } catch (error) {
    note(t("pictures.failed"));
    throw error;
  }
}

export function note(text) {
  document.getElementById("note").textContent = text;
}

// an element with text or children; nothing of the data is ever taken for markup
export function element(name, content = "", className = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...(Array.isArray(content) ? content : [content]));
  return made;
}

// lines of a box that explains a mark: the first is its head
export function box(head, ...lines) {
  const rest = lines.filter(Boolean).map((line) => element("div", line));
  return element("div", [element("strong", head), ...rest], "explained");
}

const shown = document.getElementById("passages");
let latest = 0;

// the sentences behind a mark: `narrower` is what the mark adds to the question; null takes a part of it away
export async function behind(narrower, what) {
  const address = new URL(picture.dataset.passages, location.href);
  for (const [name, value] of Object.entries(narrower)) {
    if (value === null) address.searchParams.delete(name);
    else address.searchParams.set(name, value);
  }
  document.getElementById("behind-what").textContent = what;
  await fill(address, (part) => shown.replaceChildren(...part.childNodes));
  if (matchMedia("(max-width: 62rem)").matches) shown.closest("aside").scrollIntoView({ block: "nearest" });
}

async function fill(address, put) {
  const turn = ++latest;
  shown.setAttribute("aria-busy", "true");
  const answer = await fetch(address, { headers: { "HX-Request": "true" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (turn !== latest) return;
  shown.removeAttribute("aria-busy");
  if (answer.ok) put(page.body);
  else shown.replaceChildren(t("pictures.failed"));
}

shown.addEventListener("click", (event) => {
  const more = event.target.closest("a[data-part]");
  if (!more) return;
  event.preventDefault();
  fill(more.href, (part) => more.closest("p").replaceWith(...part.childNodes));
});

function download(blob, ending) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `masdar-${picture.closest("figure").id}.${ending}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

// `png` gives a canvas or a blob, `svg` a string
export function saving({ png, svg }) {
  document.getElementById("save-png").addEventListener("click", async () => {
    const made = await png();
    if (made instanceof Blob) download(made, "png");
    else made.toBlob((blob) => download(blob, "png"), "image/png");
  });
  document.getElementById("save-svg")?.addEventListener("click", async () => {
    download(new Blob([await svg()], { type: "image/svg+xml" }), "svg");
  });
}

// names that begin so, while one types: what is chosen is looked up by the server
const form = document.querySelector("form[data-suggest]");
let waiting;
form.addEventListener("input", ({ target }) => {
  if (!target.list) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => suggest(target.value, form.elements.level.value), 180);
});

async function suggest(words, level) {
  const query = new URLSearchParams({ words, level });
  const answer = await fetch(`/actors/suggest.json?${query}`);
  if (!answer.ok) return;
  const { names } = await answer.json();
  document.getElementById("suggested").replaceChildren(...names.map((name) => new Option(name, name)));
}

const numbers = document.querySelector("details.numbers");
numbers.addEventListener("toggle", async () => {
  const answer = await fetch(numbers.dataset.load, { headers: { "HX-Request": "true" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  numbers.querySelector("div").replaceChildren(...page.body.childNodes);
}, { once: true });
// on a phone the picture comes first, not its question
if (matchMedia("(max-width: 40rem)").matches) document.querySelector("details.asking").open = false;
document.querySelector("button.print")?.addEventListener("click", () => window.print());
document.querySelector("form.question select[name=layer]")?.addEventListener("change", (event) => {
  event.target.form.elements.type.value = "";
  event.target.form.submit();
});
// colours are read once: when the device turns light or dark, draw anew
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => location.reload());
