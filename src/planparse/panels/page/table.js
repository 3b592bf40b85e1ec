"use strict";
// The table: documents down, measures across, and its export.

function showTable() {
  const rows = askedRows(), measures = askedMeasures(rows);
  const head = element("tr", {}, element("th", { scope: "col" }, t("place")), element("th", { scope: "col" }, t("period")),
    ...measures.map(headCell));
  const body = rows.slice(0, asked.rows).map((row) => element("tr", {},
    element("th", { scope: "row", title: row.entry.title ?? row.entry.source }, row.entry.name),
    element("td", {}, row.period), ...measures.map((number) => bodyCell(row, number))));
  byId("table").replaceChildren(element("table", {}, element("thead", {}, head), element("tbody", {}, ...body)));
  const left = rows.length - body.length;
  byId("more").hidden = left <= 0;
  byId("more").textContent = t("more", left);
}

function headCell(number) {
  const measure = DATA.measures[number], way = asked.sort?.measure === number ? asked.sort.way : 0;
  const sort = () => { asked.sort = way === -1 ? null : { measure: number, way: way === 1 ? -1 : 1 }; showTable(); };
  return element("th", { scope: "col", "aria-sort": way === 1 ? "descending" : way === -1 ? "ascending" : null },
    element("button", { type: "button", onclick: sort }, measure[language], way === 1 ? " ↓" : way === -1 ? " ↑" : ""),
    element("small", {}, measure.unit));
}

function bodyCell(row, number) {
  const cell = row.cells.get(number), gap = row.gaps.get(number);
  if (cell) {
    const mark = cell.agrees ? "" : "differs";
    return element("td", { class: `number ${mark}` }, element("button",
      { type: "button", title: cell.sentence, onclick: () => showDetail(row, cell, number) }, valueText(cell)));
  }
  if (!gap) return element("td", {}, "");
  return element("td", { class: "gap" }, gap.said ? `${t(gap.reason)}：${gap.said}` : "—");
}

/** The table as it is shown, as CSV with plain numbers. */
function tableCsv() {
  const rows = askedRows(), measures = askedMeasures(rows);
  const heads = measures.flatMap((n) => [`${DATA.measures[n][language]} (${DATA.measures[n].unit})`, "±", "max"]);
  const lines = [[t("place"), t("period"), t("status"), ...heads, t("source")]];
  for (const row of rows) {
    const values = measures.flatMap((n) => {
      const cell = row.cells.get(n);
      return cell ? [cell.value, cell.comparator, cell.max] : ["", "", ""];
    });
    lines.push([row.entry.name, row.period, t(row.status), ...values, row.entry.source]);
  }
  return "\ufeff" + lines.map((line) => line.map(csvField).join(",") + "\r\n").join("");
}

function csvField(value) {
  if (typeof value === "number") return String(value);
  let text = String(value ?? "");
  if (text !== "=" && DATA.formula.some((sign) => text.startsWith(sign))) text = `'${text}`;
  return /[",\r\n]|\d/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
