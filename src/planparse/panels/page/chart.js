"use strict";
// A chart of one measure as SVG: bars over places, lines over years. What is planned is hollow, what is achieved filled.

const SVG = "http://www.w3.org/2000/svg";
const MOST_BARS = 60, MOST_LINES = 12;

function draw(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function showChart() {
  const svg = asked.over === "places" ? barsOverPlaces() : linesOverYears();
  byId("chart").replaceChildren(svg ?? element("p", {}, t("nothing")));
  byId("svg").disabled = !svg;
}

function frame(width, height, label) {
  return draw("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": label, xmlns: SVG,
    "font-family": "sans-serif", "font-size": 13, fill: "currentColor" });
}

function chartTitle() {
  const measure = DATA.measures[asked.measure];
  return `${measure[language]}${measure.unit ? ` (${measure.unit})` : ""}`;
}

/** The title of a chart, drawn together where it would be wider: hanzi are as wide as high, other characters about half. */
function heading(title, width) {
  const wide = 13 * [...title].reduce((sum, char) => sum + (char > "⺀" ? 1 : 0.62), 0);
  const fit = wide > width - 8 ? { textLength: width - 8, lengthAdjust: "spacingAndGlyphs" } : {};
  return draw("text", { x: 4, y: 18, "font-weight": "bold", ...fit }, title);
}

function barsOverPlaces() {
  const rows = ROWS.filter((row) => isAsked(row) && row.cells.has(asked.measure));
  rows.sort((a, b) => b.cells.get(asked.measure).value - a.cells.get(asked.measure).value);
  const bars = rows.slice(0, MOST_BARS);
  if (!bars.length) return null;
  const width = Math.max(320, Math.min(760, byId("chart-part").clientWidth || 760)), left = 118, room = width - left - 96;
  const values = bars.flatMap((row) => [row.cells.get(asked.measure).value, row.cells.get(asked.measure).max ?? 0]);
  const low = Math.min(0, ...values), high = Math.max(0, ...values), scale = room / (high - low || 1);
  const svg = frame(width, 34 + bars.length * 26, chartTitle());
  svg.append(heading(`${chartTitle()} · ${t(asked.status)} ${asked.period}`, width));
  bars.forEach((row, i) => {
    const cell = row.cells.get(asked.measure), y = 32 + i * 26, zero = left - low * scale;
    const ends = [cell.value, cell.max ?? 0].map((value) => zero + value * scale);
    const far = cell.max === null ? ends[0] : Math.max(...ends), name = row.entry.name;
    const place = [...name].length > 8 ? [...name].slice(0, 7).join("") + "…" : name;
    const bar = draw("rect", { class: "bar", x: Math.min(zero, far), y, width: Math.max(1, Math.abs(far - zero)), height: 18,
      rx: 2, fill: "#3b6fb0", "fill-opacity": row.status === "planned" ? 0.45 : 1, stroke: "#3b6fb0" },
      draw("title", {}, `${name} ${row.period}: ${valueText(cell)}`));
    bar.addEventListener("click", () => showDetail(row, cell, asked.measure));
    svg.append(draw("text", { x: left - 8, y: y + 14, "text-anchor": "end" }, place), bar,
      draw("text", { x: Math.max(zero, far) + 6, y: y + 14 }, valueText(cell) + (asked.period ? "" : ` · ${row.period}`)));
  });
  return svg;
}

// each in sight on the light ground and on the dark one
const COLOURS = ["#3f7fca", "#c9622f", "#3c9150", "#9468c4", "#a07c1c", "#2a9095", "#c4517f", "#77828e", "#768c27",
  "#6a74dc", "#b0693f", "#2b8a7a"];

/** Lines through what is achieved, then what is planned, by single years. */
function linesOverYears() {
  const points = DATA.cells.filter((cell) => cell.measure === asked.measure && /^\d{4}$/.test(cell.period))
    .map((cell) => ({ cell, name: DATA.entries[cell.entry].name, year: Number(cell.period),
      value: cell.max === null ? cell.value : (cell.value + cell.max) / 2,
      row: ROWS.find((row) => row.cells.get(asked.measure) === cell) }))
    .filter((point) => `${point.name} ${point.row.entry.source}`.includes(asked.find.trim()));
  const names = [...new Set(points.map((point) => point.name))].slice(0, MOST_LINES);
  const shown = points.filter((point) => names.includes(point.name));
  if (!shown.length) return null;
  const width = Math.max(320, Math.min(760, byId("chart-part").clientWidth || 760)), height = 320;
  const box = { left: 76, right: width - 124, top: 34, bottom: height - 30 };
  const years = shown.map((point) => point.year), values = shown.map((point) => point.value);
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const pad = (Math.max(...values) - Math.min(...values)) * 0.1 || Math.abs(values[0]) * 0.1 || 1;
  const [low, high] = [Math.min(...values) - pad, Math.max(...values) + pad];
  const x = (year) => (first === last ? (box.left + box.right) / 2
    : box.left + 12 + ((year - first) / (last - first)) * (box.right - box.left - 24));
  const y = (value) => box.bottom - ((value - low) / (high - low)) * (box.bottom - box.top);
  const svg = frame(width, height, chartTitle());
  svg.append(heading(chartTitle(), width));
  for (let i = 0; i <= 4; i += 1) {
    const value = low + ((high - low) * i) / 4;
    svg.append(draw("line", { x1: box.left, x2: box.right, y1: y(value), y2: y(value), stroke: "currentColor", "stroke-opacity": 0.18 }),
      draw("text", { x: box.left - 6, y: y(value) + 4, "text-anchor": "end" }, shortNumber(+value.toPrecision(3))));
  }
  for (const year of new Set(years)) svg.append(draw("text", { x: x(year), y: height - 8, "text-anchor": "middle" }, String(year)));
  const labels = [];
  names.forEach((name, i) => svg.append(...line(name, shown.filter((point) => point.name === name), COLOURS[i], x, y, labels)));
  labels.sort((a, b) => a.y - b.y).forEach((label, i) => {
    if (i) label.y = Math.max(label.y, labels[i - 1].y + 15);
    svg.append(draw("text", { x: box.right + 8, y: label.y, fill: label.colour }, label.name));
  });
  return svg;
}

function line(name, points, colour, x, y, labels) {
  const order = points.sort((a, b) => a.year - b.year || (a.cell.status === "achieved" ? -1 : 1));
  labels.push({ name: name.slice(0, 8), colour, y: y(order.at(-1).value) + 4 });
  const path = order.map((point, i) => `${i ? "L" : "M"}${x(point.year)},${y(point.value)}`).join("");
  const dots = order.map((point) => {
    const dot = draw("circle", { class: "bar", cx: x(point.year), cy: y(point.value), r: 4.5, stroke: colour, "stroke-width": 2,
      fill: point.cell.status === "planned" ? "white" : colour },
      draw("title", {}, `${name} ${point.year} ${t(point.cell.status)}: ${valueText(point.cell)}`));
    dot.addEventListener("click", () => showDetail(point.row, point.cell, asked.measure));
    return dot;
  });
  return [draw("path", { d: path, fill: "none", stroke: colour, "stroke-width": 1.6 }), ...dots];
}
