// Charts: one look for all, tooltips of elements instead of markup, saving.

import * as echarts from "../vendor/echarts/echarts.esm.min.mjs";
import { FONT, colour, figure, isRtl, picture, saving, t } from "./common.js";

export const QUADS = ["1", "2", "3", "4"];
const STANCES = ["assert", "deny", "accuse", "demand", "threaten", "promise", "praise", "ask"];

export function seriesColour(key) {
  return colour(QUADS.includes(key) ? `--quad-${key}` : `--stance-${STANCES.indexOf(key) + 1}`);
}

export function axisLook() {
  return {
    axisLine: { lineStyle: { color: colour("--rule-2") } },
    axisTick: { show: false },
    axisLabel: { color: colour("--ink-2"), fontFamily: FONT, hideOverlap: true, formatter: leftToRight },
    splitLine: { lineStyle: { color: colour("--rule") } },
    nameTextStyle: { color: colour("--ink-2"), fontFamily: FONT },
  };
}

// a number or date keeps its sign and order among Arabic words
function leftToRight(value) {
  return typeof value === "number" ? `\u2066${figure(value)}\u2069` : value;
}

export function look() {
  return {
    animation: false,
    textStyle: { fontFamily: FONT, color: colour("--ink") },
    legend: {
      top: 0, [isRtl ? "right" : "left"]: 0, align: isRtl ? "right" : "left", icon: "roundRect", itemWidth: 14,
      itemHeight: 10, type: "scroll", textStyle: { color: colour("--ink-2"), fontFamily: FONT },
    },
    tooltip: {
      confine: true, className: "chart-tip", backgroundColor: colour("--raised"), borderColor: colour("--rule-2"),
      textStyle: { color: colour("--ink"), fontFamily: FONT }, transitionDuration: 0,
    },
  };
}

export function zoom() {
  const slider = {
    type: "slider", bottom: 4, height: 22, borderColor: colour("--rule"), fillerColor: "rgba(127,127,127,.15)",
    handleStyle: { color: colour("--raised"), borderColor: colour("--ink-3") }, showDataShadow: false,
    textStyle: { color: colour("--ink-3"), fontFamily: FONT }, brushSelect: false,
  };
  return [{ type: "inside", zoomOnMouseWheel: "ctrl", moveOnMouseWheel: false }, slider];
}

// draw, follow the size of the page, answer clicks, save
export function draw(option, onClick) {
  const chart = echarts.init(picture, null, { renderer: "canvas" });
  chart.setOption(option);
  chart.on("click", onClick);
  new ResizeObserver(() => chart.resize()).observe(picture);
  saving({
    png: () => chart.getRenderedCanvas({ pixelRatio: 2, backgroundColor: colour("--paper") }),
    svg: () => asSvg(option),
  });
  window.drawn = chart; // for tests
  return chart;
}

// drawn once more, as SVG, in an element of the same size that nobody sees
function asSvg(option) {
  const place = document.createElement("div");
  place.className = "unseen";
  place.style.width = `${picture.clientWidth}px`;
  place.style.height = `${picture.clientHeight}px`;
  document.body.append(place);
  const chart = echarts.init(place, null, { renderer: "svg" });
  chart.setOption({ ...option, backgroundColor: colour("--paper") });
  const made = chart.renderToSVGString();
  chart.dispose();
  place.remove();
  return made;
}

export function empty(chart) {
  chart.setOption({
    title: { text: t("pictures.nothing"), left: "center", top: "middle",
      textStyle: { color: colour("--ink-3"), fontFamily: FONT, fontWeight: "normal", fontSize: 16 } },
  });
}
