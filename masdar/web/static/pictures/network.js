// Who did or said what to whom: the strongest pairs. Width: how much; colour: conflict or cooperation; dashed (pale where
// there are many): mostly claimed, not reported.

import cytoscape from "../vendor/cytoscape/cytoscape.esm.min.mjs";
import { FONT, behind, colour, figure, isRtl, kinds, load, note, picture, saving, t } from "./common.js";

const FEW = 6; // pairs whose words are written on them; of more they would lie on each other
const MANY = 250; // pairs from which on a claim is pale, not dashed: the dashes of thousands take a minute to paint
const WARM = 0.25; // mean scores between this and its negative are neither conflict nor cooperation
const data = await load();
const slider = document.getElementById("strongest");
const isSaid = new URL(picture.dataset.source, location.href).searchParams.get("layer") === "quotation";

function elements(limit) {
  const edges = data.edges.slice(0, limit);
  const totals = new Map();
  for (const edge of edges) {
    for (const key of new Set([edge.actor, edge.recipient])) totals.set(key, (totals.get(key) ?? 0) + edge.count);
  }
  const most = Math.max(1, ...totals.values());
  const nodes = [...totals].map(([key, count]) => ({ data: { id: key, name: data.names[key], share: count / most } }));
  return [
    ...nodes,
    ...edges.map((edge, index) => ({
      data: { ...edge, id: `pair ${index}`, source: edge.actor, target: edge.recipient, told: kinds(edge.types, 3) },
      classes: `${tone(edge)} ${edge.claimed * 2 > edge.count ? "claimed" : ""}`,
    })),
  ];
}

function tone(edge) {
  if (isSaid || Math.abs(edge.score) < WARM) return "plain";
  return edge.score > 0 ? "cooperation" : "conflict";
}

// what the whole graph is shrunk by to fit, marks and names are enlarged by
function size(node) {
  return (9 + 34 * Math.sqrt(node.data("share"))) * node.scratch("scale");
}

const style = [
  {
    selector: "node",
    style: {
      label: "data(name)", "font-family": FONT, "font-size": (node) => 13 * node.scratch("scale"), color: colour("--ink"), "background-color": colour("--node"),
      width: size, height: size,
      "text-valign": "bottom", "text-margin-y": 3, "text-outline-color": colour("--paper"), "text-outline-width": 2.5,
      "text-max-width": (node) => 130 * node.scratch("scale"), "text-wrap": "ellipsis", "min-zoomed-font-size": 6, "border-width": 1, "border-color": colour("--paper"),
    },
  },
  {
    selector: "edge",
    style: {
      width: (edge) => (1 + 0.8 * Math.log2(1 + edge.data("count"))) * edge.scratch("scale"), "curve-style": "bezier", "control-point-step-size": 36,
      "target-arrow-shape": "triangle", "arrow-scale": 0.9, "line-color": colour("--plain"), "target-arrow-color": colour("--plain"),
      "loop-direction": "-45deg", opacity: 0.85,
    },
  },
  ...["cooperation", "conflict"].map((name) => ({
    selector: `edge.${name}`, style: { "line-color": colour(`--${name}`), "target-arrow-color": colour(`--${name}`) },
  })),
  { selector: "edge.claimed", style: { "line-style": "dashed" } },
  { selector: "edge.many.claimed", style: { "line-style": "solid", opacity: 0.4 } },
  { selector: ".far", style: { opacity: 0.14 } },
  {
    selector: "edge.near",
    style: { label: "data(told)", "font-family": FONT, "font-size": (edge) => 11 * edge.scratch("scale"), color: colour("--ink-2"), "text-background-color": colour("--paper"),
      "text-background-opacity": 0.85, "text-background-padding": 2, "text-rotation": "autorotate" },
  },
  { selector: "node.chosen", style: { "border-width": 4, "border-color": colour("--accent") } },
];

const cy = cytoscape({
  container: picture, style, minZoom: 0.1, maxZoom: 5,
});
window.drawn = cy; // for tests

function draw(limit) {
  cy.batch(() => {
    cy.elements().remove();
    cy.add(elements(limit));
    cy.elements().scratch("scale", 1);
  });
  const isLarge = cy.edges().length > MANY; // then the parties alone are seen while it is dragged
  cy.edges().toggleClass("many", isLarge);
  Object.assign(cy.renderer(), { hideEdgesOnViewport: isLarge, hideLabelsOnViewport: isLarge, textureOnViewport: !isLarge });
  cy.layout(
    cy.nodes().length > 220
      ? { name: "concentric", concentric: (node) => node.degree(), levelWidth: () => 4, minNodeSpacing: 18, animate: false }
      : { name: "cose", animate: false, randomize: false, nodeRepulsion: () => 900000, idealEdgeLength: () => 110,
          edgeElasticity: () => 90, gravity: 0.6, numIter: 700, componentSpacing: 90, nodeOverlap: 30, padding: 24 },
  ).run();
  cy.fit(undefined, 36);
  cy.elements().scratch("scale", Math.min(3.2, Math.max(1, 1 / cy.zoom())));
  cy.style().update();
  document.getElementById("shown").textContent = `${figure(Math.min(limit, data.edges.length))} ${t("pictures.of")} ${figure(data.edges.length)}${data.is_cut ? "+" : ""}`;
}

function focus(near) {
  cy.elements().removeClass("far near chosen");
  if (!near) return;
  cy.elements().not(near).addClass("far");
  if (near.edges().length <= FEW) near.edges().addClass("near");
}

cy.on("tap", "node", (event) => {
  const node = event.target;
  focus(node.closedNeighborhood());
  node.addClass("chosen");
  behind({ actor: node.id() }, node.data("name"));
});
cy.on("tap", "edge", (event) => {
  const edge = event.target;
  focus(edge.union(edge.connectedNodes()));
  const pair = [edge.source(), edge.target()].map((node) => node.data("name")).join(isRtl ? " ← " : " → ");
  behind({ actor: edge.data("actor"), recipient: edge.data("recipient") }, `${pair}: ${figure(edge.data("count"))}`);
});
cy.on("tap", (event) => event.target === cy && focus(null));

slider.max = Math.max(5, Math.min(400, data.edges.length));
slider.value = Math.min(Number(slider.value), slider.max);
slider.addEventListener("change", () => draw(Number(slider.value)));
draw(Number(slider.value));
if (!data.edges.length) note(t("pictures.nothing"));

// the graph as SVG: what the canvas shows, drawn again
function svg() {
  const bounds = cy.elements().boundingBox();
  const [x, y, w, h] = [bounds.x1 - 20, bounds.y1 - 20, bounds.w + 40, bounds.h + 40];
  const colours = { cooperation: colour("--cooperation"), conflict: colour("--conflict"), plain: colour("--plain") };
  const heads = Object.entries(colours).map(([name, fill]) =>
    `<marker id="to-${name}" viewBox="0 0 8 8" refX="0" refY="4" markerWidth="${HEAD}" markerHeight="${HEAD}" orient="auto"><path d="M0,0L8,4L0,8z" fill="${fill}"/></marker>`);
  const parts = [...cy.edges().map((edge) => edgeAsSvg(edge, colours)), ...cy.nodes().map(nodeAsSvg)];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${x} ${y} ${w} ${h}" width="${w}" height="${h}"><defs>${heads.join("")}</defs><rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${colour("--paper")}"/>${parts.join("")}</svg>`;
}

const HEAD = 3; // lengths of an arrow's head in widths of its line

function edgeAsSvg(edge, colours) {
  const [from, to, width] = [edge.sourceEndpoint(), edge.targetEndpoint(), edge.numericStyle("width")];
  const bends = edge.controlPoints() ?? [];
  const before = bends.at(-1) ?? from;
  const length = Math.hypot(to.x - before.x, to.y - before.y) || 1;
  const back = Math.min(length, HEAD * width) / length;
  const end = `${to.x - (to.x - before.x) * back},${to.y - (to.y - before.y) * back}`;
  const points = bends.map((bend) => `${bend.x},${bend.y}`);
  const path = points.length > 1 ? `C${points[0]} ${points[1]} ${end}` : points.length ? `Q${points[0]} ${end}` : `L${end}`;
  const isMany = edge.hasClass("many");
  const dash = !edge.hasClass("claimed") ? "" : isMany ? ' opacity="0.4"' : ` stroke-dasharray="${3 * width} ${2 * width}"`;
  const name = tone(edge.data());
  return `<path d="M${from.x},${from.y} ${path}" fill="none" stroke="${colours[name]}" stroke-width="${width}"${dash} marker-end="url(#to-${name})"/>`;
}

function nodeAsSvg(node) {
  const { x, y } = node.position();
  const [radius, font] = [node.numericStyle("width") / 2, node.numericStyle("font-size")];
  const name = String(node.data("name")).replace(/[<>&"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
  return `<circle cx="${x}" cy="${y}" r="${radius}" fill="${colour("--node")}"/><text x="${x}" y="${y + radius + font * 1.1}" text-anchor="middle" font-size="${font}" font-family="'IBM Plex Sans Arabic', sans-serif" fill="${colour("--ink")}" stroke="${colour("--paper")}" stroke-width="${font / 5}" paint-order="stroke">${name}</text>`;
}

saving({
  png: () => cy.png({ output: "blob-promise", full: true, scale: 2, bg: colour("--paper"), maxWidth: 6000, maxHeight: 6000 }),
  svg: async () => svg(),
});
