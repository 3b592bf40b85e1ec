"use strict";
// The data of the page, and what of it is asked for.

const DATA = JSON.parse(byId("data").textContent);
const SIGNS = { "=": "", ">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "~": "≈ ", range: "" };
const asked = { status: "planned", period: "", level: "", find: "", measure: 0, over: "places", sort: null, rows: 300 };

/** Rows of the table: one for each document, status and period; cells and gaps by the number of their measure. */
function makeRows() {
  const rows = new Map();
  const rowOf = (item) => {
    const key = `${item.status}/${item.entry}/${item.period}`;
    if (!rows.has(key)) {
      rows.set(key, { entry: DATA.entries[item.entry], number: item.entry, status: item.status, period: item.period,
        cells: new Map(), gaps: new Map() });
    }
    return rows.get(key);
  };
  for (const cell of DATA.cells) rowOf(cell).cells.set(cell.measure, cell);
  for (const gap of DATA.gaps) rowOf(gap).gaps.set(gap.measure, gap);
  return [...rows.values()].sort((a, b) => a.number - b.number || a.period.localeCompare(b.period));
}

const ROWS = makeRows();

/** The periods of a status, the one with the most cells first. */
function periodsOf(status) {
  const counts = new Map();
  for (const cell of DATA.cells) {
    if (cell.status === status) counts.set(cell.period, (counts.get(cell.period) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([period]) => period);
}

function isAsked(row) {
  const words = `${row.entry.name} ${row.entry.title ?? ""} ${row.entry.source}`;
  return row.status === asked.status && (!asked.period || row.period === asked.period)
    && (!asked.level || row.entry.level === asked.level) && words.includes(asked.find.trim());
}

/** The rows that are shown, in the order that is asked for. */
function askedRows() {
  const rows = ROWS.filter(isAsked);
  if (asked.sort === null) return rows;
  const value = (row) => row.cells.get(asked.sort.measure)?.value ?? -Infinity;
  return rows.sort((a, b) => (value(b) - value(a)) * asked.sort.way);
}

/** The numbers of the measures that the rows have cells or gaps of. */
function askedMeasures(rows) {
  const numbers = new Set();
  for (const row of rows) for (const number of [...row.cells.keys(), ...row.gaps.keys()]) numbers.add(number);
  return [...numbers].sort((a, b) => a - b);
}

/** A number as a reader writes it: 1.2亿, 50万 in Chinese, 500,000 in English. */
function shortNumber(value) {
  if (language === "zh") {
    for (const [size, name] of [[1e12, "万亿"], [1e8, "亿"], [1e4, "万"]]) {
      if (Math.abs(value) >= size) return `${+(value / size).toPrecision(8)}${name}`;
    }
  }
  return value.toLocaleString("en", { maximumFractionDigits: 8 });
}

function valueText(cell) {
  const sign = SIGNS[cell.comparator], max = cell.max === null ? "" : `–${shortNumber(cell.max)}`;
  return `${sign}${shortNumber(cell.value)}${max}`;
}
