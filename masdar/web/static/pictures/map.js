// Where events happened: circles for points, squares for whole countries and regions, dashed rings for disputed places;
// near circles are put together until one comes closer. The base map and the fonts are local.

import * as maplibre from "../vendor/maplibre-gl/maplibre-gl.mjs";
import { behind, box, colour, figure, isRtl, kinds, load, note, picture, saving, t } from "./common.js";

const DISPUTED = new Set(["W. Sahara", "Somaliland", "N. Cyprus", "Kosovo", "Siachen Glacier", "Palestine"]);
const EDGE = 0.12; // degrees that a boundary of the coarse atlas may lie off
const START = { center: [41, 29], zoom: 3.1 };
const REST = 250; // milliseconds
const COARSE = { tolerance: 1, buffer: 16 }; // pixels: the atlas is no finer
const here = new URL(".", import.meta.url);

const [data, atlas, names] = await Promise.all([
  load(),
  fetch(new URL("../vendor/world-atlas/countries-50m.json", here)).then((answer) => answer.json()),
  fetch("/pictures/labels.json").then((answer) => answer.json()),
]);

function geojson(features) {
  return { type: "geojson", data: { type: "FeatureCollection", features } };
}

function point(lon, lat, properties) {
  return { type: "Feature", geometry: { type: "Point", coordinates: [lon, lat] }, properties };
}

// boundaries, those that states dispute by themselves: round disputed states, and wherever a disputed place is
function boundaries() {
  const shapes = { undisputed: [], disputed: [] };
  const isDisputed = (left, right) => DISPUTED.has(left.properties.name) || DISPUTED.has(right.properties.name);
  const mesh = (is) => topojson.mesh(atlas, atlas.objects.countries, (left, right) => left !== right && is(left, right)).coordinates;
  shapes.disputed.push(...mesh(isDisputed));
  for (const line of mesh((left, right) => !isDisputed(left, right))) {
    let part = [line[0]];
    let was = null;
    for (let index = 1; index < line.length; index++) {
      const now = isWithin(line[index - 1], line[index]);
      if (was !== null && now !== was) {
        shapes[was ? "disputed" : "undisputed"].push(part);
        part = [line[index - 1]];
      }
      part.push(line[index]);
      was = now;
    }
    shapes[was ? "disputed" : "undisputed"].push(part);
  }
  return Object.fromEntries(
    Object.entries(shapes).map(([name, coordinates]) => [
      name, geojson([{ type: "Feature", properties: {}, geometry: { type: "MultiLineString", coordinates } }]),
    ]),
  );
}

function isWithin([lon, lat], [otherLon, otherLat]) {
  const [x, y] = [(lon + otherLon) / 2, (lat + otherLat) / 2];
  return names.disputed.some(([south, west, north, east]) => south - EDGE <= y && y <= north + EDGE && west - EDGE <= x && x <= east + EDGE);
}

const land = topojson.feature(atlas, atlas.objects.countries).features.filter((one) => one.properties.name !== "Antarctica");
const spots = data.spots.map((spot, index) =>
  point(spot.lon, spot.lat, {
    index, count: spot.count, cooperation: spot.quads[1] + spot.quads[2], conflict: spot.quads[3] + spot.quads[4],
    claimed: spot.claimed, wide: ["country", "province"].includes(spot.resolution), disputed: spot.claimed_by.length > 0,
  }),
);
const labels = names.labels.map((label) =>
  point(label.lon, label.lat, {
    kind: label.kind, size: label.size, name: label.kind === "disputed" ? `${label.name} *` : label.name,
  }),
);

const { undisputed, disputed } = boundaries();

const fonts = new URL("../vendor/fonts/", here).href;
const font = (weight) => [
  { url: `${fonts}ibm-plex-sans-arabic-arabic-${weight}-normal.woff2`, "unicode-range": ["U+0600-06FF", "U+0750-077F", "U+FB50-FDFF", "U+FE70-FEFF"] },
  { url: `${fonts}ibm-plex-sans-arabic-latin-${weight}-normal.woff2`, "unicode-range": ["U+0000-00FF", "U+2000-206F"] },
];

const share = ["/", ["get", "conflict"], ["max", 1, ["+", ["get", "conflict"], ["get", "cooperation"]]]];
const fill = ["case", [">", share, 0.66], colour("--conflict"), ["<", share, 0.34], colour("--cooperation"), colour("--mixed")];
const radius = (sum) => ["interpolate", ["linear"], ["sqrt", sum], 1, 5, 5, 11, 15, 20, 40, 32];

function named(id, filter, layout, paint, minzoom = 0) {
  return {
    id, type: "symbol", source: "labels", minzoom, filter,
    layout: { "text-field": ["get", "name"], "text-font": ["Plex"], "text-max-width": 7, "text-padding": 3, ...layout },
    paint: { "text-color": colour("--ink-2"), "text-halo-color": colour("--land"), "text-halo-width": 1.4, ...paint },
  };
}

const is = (kind, size) => ["all", ["==", ["get", "kind"], kind], ["<=", ["get", "size"], size]];
const style = {
  version: 8,
  "font-faces": { Plex: font(400), "Plex Bold": font(600) },
  sources: {
    land: { ...geojson(land), ...COARSE },
    borders: { ...undisputed, ...COARSE },
    disputed,
    labels: geojson(labels),
    spots: {
      ...geojson(spots), cluster: true, clusterRadius: 38, clusterMaxZoom: 9,
      clusterProperties: Object.fromEntries(["count", "cooperation", "conflict"].map((name) => [name, ["+", ["get", name]]])),
    },
  },
  layers: [
    { id: "sea", type: "background", paint: { "background-color": colour("--sea") } },
    { id: "land", type: "fill", source: "land", paint: { "fill-color": colour("--land"), "fill-outline-color": colour("--coast") } },
    { id: "borders", type: "line", source: "borders", paint: { "line-color": colour("--border"), "line-width": 1 } },
    { id: "disputed", type: "line", source: "disputed", paint: { "line-color": colour("--border"), "line-width": 1.2, "line-dasharray": [3, 2] } },
    named("far countries", is("country", 1), { "text-size": ["interpolate", ["linear"], ["zoom"], 2, 10, 6, 16], "text-font": ["Plex Bold"] }, {}),
    named("near countries", ["all", ["==", ["get", "kind"], "country"], ["==", ["get", "size"], 2]], { "text-size": 11, "text-font": ["Plex Bold"] }, {}, 4),
    named("large cities", is("city", 2), { "text-size": 11 }, { "text-color": colour("--ink-3") }, 4.2),
    named("cities", is("city", 3), { "text-size": 11 }, { "text-color": colour("--ink-3") }, 5.5),
    named("towns", is("city", 4), { "text-size": 11 }, { "text-color": colour("--ink-3") }, 7),
    named(
      "disputed places", is("disputed", 4),
      { "text-size": 11, "text-variable-anchor": ["top", "bottom", "left", "right"], "text-radial-offset": 0.9 },
      { "text-color": colour("--accent") }, 4,
    ),
    {
      id: "clusters", type: "circle", source: "spots", filter: ["has", "point_count"],
      paint: { "circle-radius": radius(["get", "count"]), "circle-color": fill, "circle-opacity": 0.82, "circle-stroke-width": 2.5, "circle-stroke-color": colour("--paper") },
    },
    {
      id: "points", type: "circle", source: "spots", filter: ["all", ["!", ["has", "point_count"]], ["!", ["get", "wide"]]],
      paint: { "circle-radius": radius(["get", "count"]), "circle-color": fill, "circle-opacity": 0.82, "circle-stroke-width": 1, "circle-stroke-color": colour("--paper") },
    },
    {
      id: "wide", type: "symbol", source: "spots", filter: ["all", ["!", ["has", "point_count"]], ["get", "wide"]],
      layout: { "icon-image": "square", "icon-allow-overlap": true, "icon-size": ["/", radius(["get", "count"]), 32] },
      paint: { "icon-color": fill, "icon-opacity": 0.85 },
    },
    {
      id: "rings", type: "symbol", source: "spots", filter: ["all", ["!", ["has", "point_count"]], ["get", "disputed"]],
      layout: { "icon-image": "ring", "icon-allow-overlap": true, "icon-size": ["/", ["+", 5, radius(["get", "count"])], 32] },
      paint: { "icon-color": colour("--ink") },
    },
    {
      id: "counts", type: "symbol", source: "spots", filter: [">=", ["get", "count"], 10],
      layout: { "text-field": ["to-string", ["get", "count"]], "text-font": ["Plex Bold"], "text-size": 11, "text-allow-overlap": true },
      paint: { "text-color": colour("--on-mark") },
    },
  ],
};

// a picture of 64 by 64 that takes the colour of its mark
function image(draw) {
  const canvas = new OffscreenCanvas(64, 64);
  const context = canvas.getContext("2d");
  draw(context);
  return context.getImageData(0, 0, 64, 64);
}

const square = image((context) => context.fillRect(7, 7, 50, 50));
const ring = image((context) => {
  context.lineWidth = 5;
  context.setLineDash([9, 6]);
  context.arc(32, 32, 28, 0, 7);
  context.stroke();
});

function draw() {
  try {
    return new maplibre.Map({
      container: picture, style, ...START, minZoom: 1, maxZoom: 13, attributionControl: false, dragRotate: false, pitchWithRotate: false,
      touchPitch: false, renderWorldCopies: true, canvasContextAttributes: { preserveDrawingBuffer: true },
      locale: { "NavigationControl.ZoomIn": t("pictures.zoom_in"), "NavigationControl.ZoomOut": t("pictures.zoom_out"), "Map.Title": t("pictures.map") },
      cooperativeGestures: false,
    });
  } catch {
    note(t("pictures.no_webgl"));
    return null;
  }
}

const tip = new maplibre.Popup({ closeButton: false, closeOnClick: false, className: "map-tip", maxWidth: "18rem", offset: 10 });
const MARKS = ["points", "wide"];

function explain(spot) {
  const wide = ["country", "province"].includes(spot.resolution) ? `${t("pictures.whole_country")} ${spot.name}` : spot.name;
  const disputed = spot.claimed_by.length ? `${t("pictures.disputed")} ${spot.claimants.join(isRtl ? "، " : ", ")}` : "";
  const claimed = spot.claimed ? `${t("pictures.claimed_share")}: ${figure(spot.claimed)}` : "";
  return box(`${wide}: ${figure(spot.count)}`, kinds(spot.types), claimed, disputed);
}

// without a graphics card the processor paints
function isSlow(map) {
  const gl = map.getCanvas().getContext("webgl2");
  const info = gl?.getExtension("WEBGL_debug_renderer_info");
  return Boolean(info) && /swiftshader|llvmpipe|software|basic render/i.test(gl.getParameter(info.UNMASKED_RENDERER_WEBGL));
}

// while a hand moves it, a map that the processor paints is coarse and without words; it is fine again when it rests;
// the ratio changes before the first move, as it would end one
function lighten(map) {
  const words = style.layers.filter((layer) => layer.layout?.["text-field"]).map((layer) => layer.id);
  let [isCoarse, isHeld, rest] = [false, false, 0];
  function become(coarse) {
    if (coarse === isCoarse) return;
    isCoarse = coarse;
    map.setPixelRatio((coarse ? 0.5 : 1) * window.devicePixelRatio);
    for (const layer of words) map.setLayoutProperty(layer, "visibility", coarse ? "none" : "visible");
  }
  function settle() {
    clearTimeout(rest);
    rest = setTimeout(() => (isHeld || map.isMoving() ? settle() : become(false)), REST);
  }
  const on = (target, names, does) => names.forEach((name) => target.addEventListener(name, does, { capture: true, passive: true }));
  on(map.getCanvasContainer(), ["mousedown", "touchstart", "wheel"], (event) => {
    isHeld = event.type !== "wheel";
    become(true);
    settle();
  });
  on(window, ["mouseup", "touchend", "touchcancel"], () => (isHeld = false));
}

function begin(map) {
  window.drawn = map; // for tests
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), isRtl ? "top-left" : "top-right");
  map.addControl(new maplibre.ScaleControl({}), isRtl ? "bottom-right" : "bottom-left");
  map.addControl(new maplibre.AttributionControl({ compact: false, customAttribution: "Natural Earth · GeoNames" }), isRtl ? "bottom-left" : "bottom-right");

  if (isSlow(map)) lighten(map);

  map.on("style.load", () => {
    map.addImage("square", square, { sdf: true, pixelRatio: 1 });
    map.addImage("ring", ring, { sdf: true, pixelRatio: 1 });
  });

  // one look-up a move, and none while the map is dragged: with thousands of marks it costs more than painting them
  map.on("mousemove", (event) => {
    if (map.isMoving()) return;
    const [mark] = map.queryRenderedFeatures(event.point, { layers: MARKS });
    map.getCanvas().style.cursor = mark ? "pointer" : "";
    if (!mark) return tip.remove();
    const spot = data.spots[mark.properties.index];
    tip.setLngLat([spot.lon, spot.lat]).setDOMContent(explain(spot)).addTo(map);
  });
  map.on("mouseout", () => tip.remove());
  map.on("click", (event) => {
    const [mark] = map.queryRenderedFeatures(event.point, { layers: [...MARKS, "clusters"] });
    if (!mark) return;
    if (mark.layer.id === "clusters") return open(mark);
    const spot = data.spots[mark.properties.index];
    tip.setLngLat([spot.lon, spot.lat]).setDOMContent(explain(spot)).addTo(map);
    behind({ spot: `${spot.lat},${spot.lon}` }, `${spot.name}: ${figure(spot.count)}`);
  });

  async function open(cluster) {
    const zoom = await map.getSource("spots").getClusterExpansionZoom(cluster.properties.cluster_id);
    map.easeTo({ center: cluster.geometry.coordinates, zoom: zoom + 0.3 });
  }

  note(
    data.spots.length
      ? t(data.is_cut ? "pictures.map_cut" : "pictures.map_count", { events: figure(data.events), spots: figure(data.spots.length) })
      : t("pictures.nothing"),
  );

  saving({
    png: () => {
      map.redraw();
      return map.getCanvas();
    },
  });
}

const drawn = draw();
if (drawn) begin(drawn);
