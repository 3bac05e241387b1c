// What two did to each other over time: below, how much; above, how hostile it was. One colour and shape a direction.

import { behind, box, colour, figure, isRtl, kinds, load, note, t, withoutGaps } from "./common.js";
import { axisLook, draw, empty, look, zoom } from "./charts.js";

const data = await load();
const { left, right } = data;
const arrow = isRtl ? "←" : "→";
const sides = [
  { key: "there", name: `${left.name} ${arrow} ${right.name}`, from: left, to: right, colour: "--side-1", symbol: "circle" },
  { key: "back", name: `${right.name} ${arrow} ${left.name}`, from: right, to: left, colour: "--side-2", symbol: "diamond" },
];
const starts = withoutGaps([...data.there, ...data.back].map((period) => period.start), data.unit);
const at = new Map(sides.map((side) => [side.key, new Map(data[side.key].map((period) => [period.start, period]))]));
const size = (count) => 5 + 3 * Math.sqrt(count);

function line(side) {
  return {
    name: side.name, type: "line", symbol: side.symbol, color: colour(side.colour), connectNulls: true, showAllSymbol: true,
    lineStyle: { width: 1.2, opacity: 0.7, type: side.key === "back" ? "dashed" : "solid" },
    data: starts.map((start) => at.get(side.key).get(start)?.score ?? null),
    symbolSize: (_, mark) => Math.min(24, size(at.get(side.key).get(starts[mark.dataIndex])?.count ?? 0)),
    markLine: side.key === "there" ? zero() : undefined,
  };
}

function zero() {
  return {
    silent: true, symbol: "none", data: [{ yAxis: 0 }], lineStyle: { color: colour("--ink-3"), type: "solid" },
    label: { show: false },
  };
}

function bars(side) {
  return {
    name: side.name, type: "bar", xAxisIndex: 1, yAxisIndex: 1, color: colour(side.colour), barMaxWidth: 14,
    data: starts.map((start) => at.get(side.key).get(start)?.count ?? 0),
  };
}

function nameLook() {
  return { ...axisLook().nameTextStyle, align: isRtl ? "right" : "left", padding: isRtl ? [0, -40, 0, 0] : [0, 0, 0, -40] };
}

const place = isRtl ? "right" : "left";
const option = {
  ...look(),
  grid: [
    { top: 64, height: "44%", left: 48, right: 48, outerBoundsMode: "none" },
    { bottom: 72, height: "18%", left: 48, right: 48, outerBoundsMode: "none" },
  ],
  xAxis: [0, 1].map((index) => ({
    type: "category", data: starts, gridIndex: index, inverse: isRtl, ...axisLook(),
    axisLabel: index ? axisLook().axisLabel : { show: false },
  })),
  yAxis: [
    { type: "value", min: -10, max: 10, interval: 5, name: `${t("pictures.score")}: ${t("pictures.conflict")} \u2066−10\u2069 … \u2066+10\u2069 ${t("pictures.cooperation")}`, position: place, ...axisLook(), nameTextStyle: nameLook() },
    { type: "value", minInterval: 1, name: t("pictures.count"), gridIndex: 1, position: place, ...axisLook(), splitNumber: 2, nameTextStyle: nameLook() },
  ],
  dataZoom: zoom().map((one) => ({ ...one, xAxisIndex: [0, 1] })),
  series: [...sides.map(line), ...sides.map(bars)],
};
option.tooltip = { ...option.tooltip, trigger: "item", formatter: explain };

function explain(mark) {
  const side = sides.find((one) => one.name === mark.seriesName);
  const period = at.get(side.key).get(starts[mark.dataIndex]);
  if (!period) return "";
  return box(
    `${period.start} · ${side.name}`,
    `${t("pictures.count")}: ${figure(period.count)}`,
    `${t("pictures.score")}: ${period.score}`,
    kinds(period.types),
  );
}

const chart = draw(option, (mark) => {
  const side = sides.find((one) => one.name === mark.seriesName);
  const start = starts[mark.dataIndex];
  behind({ actor: side.from.key, recipient: side.to.key, since: start, until: start }, `${start} · ${side.name}`);
});
if (!starts.length) empty(chart);
else if (!new URL(location.href).searchParams.get("recipient")) note(`${left.name} – ${right.name}`);
