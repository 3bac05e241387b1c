// How much was said or done on each day: a square a day, a column a week, a block a year.

import { FONT, behind, box, colour, figure, isRtl, load, picture, t } from "./common.js";
import { axisLook, draw, empty, look } from "./charts.js";

const DAY = 24 * 3600 * 1000;
const FIRST = isRtl ? 6 : 1; // of a week: Saturday or Monday
const room = picture.parentElement.clientWidth - 76;
const SIZE = Math.max(9, Math.min(19, Math.floor(room / 53) - 3)); // of a square, so that a year fits where it can
const HEAD = 56; // above the squares of a year
const MOST = 12; // years
const language = document.documentElement.lang;
const long = new Intl.DateTimeFormat(`${language}-u-nu-latn`, { dateStyle: "full", timeZone: "UTC" });
const months = new Intl.DateTimeFormat(language, { month: "short", timeZone: "UTC" });
const weekdays = new Intl.DateTimeFormat(language, { weekday: "short", timeZone: "UTC" });

const data = await load();
const found = new Map(data.days.map((day) => [day.day, day]));
const years = [...new Set(data.days.map((day) => day.day.slice(0, 4)))].sort().reverse().slice(0, MOST);
const most = Math.max(1, ...data.days.map((day) => day.count));
const weekday = (time) => (new Date(time).getUTCDay() - FIRST + 7) % 7;

function squares(year) {
  const first = Date.parse(`${year}-01-01`);
  const start = first - weekday(first) * DAY;
  const made = [];
  for (let time = first; time < Date.parse(`${Number(year) + 1}-01-01`); time += DAY) {
    const day = new Date(time).toISOString().slice(0, 10);
    made.push([Math.floor((time - start) / DAY / 7), weekday(time), found.get(day)?.count ?? 0, day]);
  }
  return made;
}

// the week in which each month begins carries its name
function monthNames(year) {
  const first = Date.parse(`${year}-01-01`);
  const start = first - weekday(first) * DAY;
  const names = new Map();
  for (let month = 0; month < 12; month++) {
    const time = Date.UTC(Number(year), month, 1);
    names.set(Math.floor((time - start) / DAY / 7) + (month ? 1 : 0), months.format(time));
  }
  return names;
}

const width = Math.max(picture.parentElement.clientWidth, 53 * (SIZE + 3) + 76);
picture.parentElement.classList.add("scrolls");
picture.classList.add("sized");
picture.style.width = `${width}px`;
picture.style.height = `${years.length * (HEAD + 7 * (SIZE + 3)) + 60 || 200}px`;

const days = [...Array(7).keys()].map((index) => weekdays.format(Date.UTC(2024, 0, 6 + index + (FIRST === 6 ? 0 : 2))));
const names = years.map(monthNames);
const step = HEAD + 7 * (SIZE + 3);
const option = {
  ...look(),
  title: years.map((year, index) => ({
    text: year, top: index * step, [isRtl ? "right" : "left"]: 4,
    textStyle: { color: colour("--ink"), fontFamily: FONT, fontSize: 15 },
  })),
  grid: years.map((_, index) => ({
    top: index * step + HEAD, height: 7 * (SIZE + 3), width: 53 * (SIZE + 3), [isRtl ? "right" : "left"]: 64, outerBoundsMode: "none",
  })),
  xAxis: years.map((_, index) => ({
    ...axisLook(), gridIndex: index, type: "category", data: [...Array(54).keys()], position: "top", inverse: isRtl,
    axisLine: { show: false }, splitLine: { show: false },
    axisLabel: { ...axisLook().axisLabel, interval: 0, hideOverlap: false, formatter: (week) => names[index].get(Number(week)) ?? "" },
  })),
  yAxis: years.map((_, index) => ({
    ...axisLook(), gridIndex: index, type: "category", data: days, inverse: true, position: isRtl ? "right" : "left",
    axisLine: { show: false }, splitLine: { show: false }, axisLabel: { ...axisLook().axisLabel, interval: 1 },
  })),
  visualMap: {
    type: "piecewise", min: 0, max: most, dimension: 2, orient: "horizontal", bottom: 0, [isRtl ? "right" : "left"]: 64,
    align: isRtl ? "right" : "left", textStyle: { color: colour("--ink-2"), fontFamily: FONT }, itemSymbol: "rect",
    pieces: pieces(most),
  },
  series: years.map((year, index) => ({
    type: "heatmap", xAxisIndex: index, yAxisIndex: index, data: squares(year), name: year,
    itemStyle: { borderColor: colour("--paper"), borderWidth: 2, borderRadius: 3 },
    emphasis: { itemStyle: { borderColor: colour("--ink") } },
  })),
};
option.legend = { show: false };
option.tooltip = { ...option.tooltip, formatter: explain };

// about five shades, each some times the one before: a few large days do not make all others pale
function pieces(largest) {
  const ends = [...new Set([1, 2, 3, 4, 5].map((at) => Math.max(at, Math.round(largest ** (at / 5)))))];
  const made = ends.map((end, index) => ({
    gt: index ? ends[index - 1] : 0, lte: end, color: colour(`--shade-${Math.round(((index + 1) / ends.length) * 5)}`),
    label: range(index ? ends[index - 1] + 1 : 1, end),
  }));
  return [{ value: 0, label: "0", color: colour("--shade-0") }, ...made];
}

// numbers read from left to right, also among Arabic words
function range(first, last) {
  return first < last ? `\u2066${first}–${last}\u2069` : `${last}`;
}

function explain(mark) {
  const day = found.get(mark.data[3]);
  const claimed = day?.claimed ? `${t("pictures.claimed_share")}: ${figure(day.claimed)}` : "";
  return box(`${long.format(Date.parse(mark.data[3]))}: ${figure(day?.count ?? 0)}`, claimed);
}

const chart = draw(option, (mark) => {
  const day = mark.data[3];
  behind({ since: day, until: day }, long.format(Date.parse(day)));
});
if (!years.length) empty(chart);
