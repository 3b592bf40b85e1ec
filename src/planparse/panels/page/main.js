"use strict";
// Puts the page together: what may be asked for, the chart, the table, the exports.

function showControls() {
  const levels = [...new Set(DATA.entries.map((entry) => entry.level).filter(Boolean))];
  const statuses = ["planned", "achieved"].filter((status) => ROWS.some((row) => row.status === status));
  const labelled = (name, control) => element("label", {}, element("span", {}, t(name)), control);
  const choose = (name, redraw = show) => (event) => { asked[name] = event.target.value; redraw(); };
  const status = (event) => { asked.status = event.target.value; asked.period = periodsOf(asked.status)[0] ?? ""; showAll(); };
  byId("controls").replaceChildren(
    labelled("status", dropdown({ onchange: status, id: "status" }, statuses.map((s) => [s, t(s)]), asked.status)),
    labelled("period", dropdown({ onchange: choose("period"), id: "period" },
      [["", t("all")], ...[...periodsOf(asked.status)].sort().map((p) => [p, p])], asked.period)),
    levels.length > 1 ? labelled("level", dropdown({ onchange: choose("level") },
      [["", t("all")], ...levels.map((level) => [level, t(level)])], asked.level)) : "",
    labelled("find", element("input", { type: "search", oninput: choose("find"), value: asked.find, id: "find" })),
    element("button", { type: "button", id: "csv", onclick: () => save("panel.csv", tableCsv(), "text/csv") }, t("csv")));
  byId("chart-controls").replaceChildren(
    labelled("measure", dropdown({ onchange: (e) => { asked.measure = Number(e.target.value); showChart(); }, id: "measure" },
      DATA.measures.map((m, i) => [String(i), m[language]]), String(asked.measure))),
    labelled("over", dropdown({ onchange: choose("over", showChart), id: "over" },
      ["places", "years"].map((over) => [over, t(over)]), asked.over)),
    element("button", { type: "button", id: "svg", onclick: saveChart }, t("svg")));
}

function saveChart() {
  const svg = byId("chart").querySelector("svg").cloneNode(true);
  svg.setAttribute("color", "#222");
  save("panel.svg", new XMLSerializer().serializeToString(svg), "image/svg+xml");
}

function save(name, content, type) {
  const url = URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` }));
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
  say(t("wrote", name));
}

function show() {
  showChart();
  showTable();
}

function showAll() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  byId("title").textContent = t("title");
  document.title = `${t("title")} · planparse`;
  const indicators = new Set(DATA.measures.map((measure) => measure.indicator)).size;
  byId("about").textContent = t("about", DATA.entries.length, indicators, DATA.cells.length, DATA.gaps.length);
  byId("language").textContent = t("other");
  showControls();
  show();
}

function begin() {
  language = DATA.language ?? (navigator.language.startsWith("zh") ? "zh" : "en");
  if (!ROWS.some((row) => row.status === asked.status)) asked.status = "achieved";
  asked.period = periodsOf(asked.status)[0] ?? "";
  byId("language").addEventListener("click", () => { language = language === "zh" ? "en" : "zh"; hideDetail(); showAll(); });
  byId("more").addEventListener("click", () => { asked.rows += 300; showTable(); });
  for (const form of ["controls", "chart-controls"]) byId(form).addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("keydown", (event) => { if (event.key === "Escape") hideDetail(); });
  window.addEventListener("resize", showChart);
  showAll();
}

begin();
