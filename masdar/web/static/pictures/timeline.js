// How much was said or done in each day, month or year: bars, by quad class or stance.

import { box, behind, figure, isRtl, kinds, load, t, withoutGaps } from "./common.js";
import { QUADS, axisLook, draw, empty, look, seriesColour, zoom } from "./charts.js";

const data = await load();
const found = new Map(data.periods.map((period) => [period.start, period]));
const starts = withoutGaps(found.keys(), data.unit);
const name = (key) => t(QUADS.includes(key) ? `quad.${key}` : `stance.${key}`);

const series = data.series.map(({ key, types }) => ({
  name: name(key),
  type: "bar",
  stack: "all",
  barMaxWidth: 28,
  color: seriesColour(key),
  large: starts.length > 2000,
  data: starts.map((start) => types.reduce((sum, type) => sum + (found.get(start)?.types[type]?.count ?? 0), 0)),
}));

const option = {
  ...look(),
  grid: { top: 44, bottom: 72, left: 52, right: 52, outerBoundsMode: "none" },
  xAxis: { type: "category", data: starts, inverse: isRtl, ...axisLook() },
  yAxis: { type: "value", minInterval: 1, position: isRtl ? "right" : "left", ...axisLook() },
  dataZoom: zoom(),
  series: series.filter((one) => one.data.some(Boolean)),
};
option.tooltip = { ...option.tooltip, trigger: "axis", axisPointer: { type: "shadow" }, formatter: explain };

function explain(parts) {
  const period = found.get(starts[parts[0].dataIndex]);
  if (!period) return box(starts[parts[0].dataIndex], "0");
  const claimed = period.claimed ? `${t("pictures.claimed_share")}: ${figure(period.claimed)}` : "";
  return box(`${period.start}: ${figure(period.count)}`, kinds(period.types), claimed);
}

const chart = draw(option, (mark) => {
  const { key } = data.series.find((one) => name(one.key) === mark.seriesName);
  behind({ since: starts[mark.dataIndex], until: starts[mark.dataIndex], type: key }, `${starts[mark.dataIndex]} · ${mark.seriesName}`);
});
if (!starts.length) empty(chart);
