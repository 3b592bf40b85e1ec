"use strict";
// What leaves the page, as files that the reviewer saves.

// -------------------------------------------------------------------- CSV: the columns of planparse extract -f csv

const COLUMN_VALUES = {
  source: (facts) => facts.source,
  title: (facts) => facts.title,
  section: (_, target) => target.section.join(" > "),
  responsible: (_, target) => target.responsible.join("、"),
  deadline: (_, target) => (target.status === "planned" ? plain(target.time?.end) : null),
  as_of: (_, target) => (target.status === "achieved" ? plain(target.time?.end) : null),
  time_text: (_, target) => target.time?.text,
  time_start: (_, target) => plain(target.time?.start),
  time_end: (_, target) => plain(target.time?.end),
  time_basis: (_, target) => target.time?.basis,
  table: (_, target) => target.table && `${target.table.index}/${target.table.row}/${target.table.column}`,
  confidence: (_, target) => plain(Number.isInteger(target.confidence) ? `${target.confidence}.0` : `${target.confidence}`),
};

/** A number or a day as the text that CSV has for it, without quotes. */
function plain(text) {
  return text && { plain: text };
}

/** The records of these views as they stand, rejected ones left out; with a byte-order mark, for Excel. */
function toCsv(views) {
  const rows = [DATA.columns.map((column) => csvCell(language === "zh" ? column.zh : column.name))];
  for (const view of views) {
    const reviews = reviewsOf(view);
    for (const target of keptTargets(view)) {
      const said = { ...target, ...reviewColumns(reviews[target.id]) };
      rows.push(DATA.columns.map((column) => csvCell(columnValue(column, view.facts, said))));
    }
  }
  return "\ufeff" + rows.map((row) => row.join(",") + "\r\n").join("");
}

function reviewColumns(review) {
  return { review: review?.verdict, reviewer: review?.reviewer, note: review?.note };
}

/** What a record has in a column; codes in the language of the header. */
function columnValue({ name, terms }, facts, target) {
  const value = name in COLUMN_VALUES ? COLUMN_VALUES[name](facts, target) : target[name];
  return language === "zh" && Object.hasOwn(terms, value) ? terms[value] : value;
}

/** Whether a spreadsheet would make a day of a text. */
function isDay(text) {
  return new RegExp(`^(?:${DATA.day})$`).test(text);
}

/** Numbers plain; text that would run as a formula behind an apostrophe, text that looks like a number quoted: as to_csv.py. */
function csvCell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  if (typeof value === "object") return value.plain;
  const runs = value.length > 1 && DATA.formula.some((first) => value.startsWith(first));
  const text = runs || isDay(value) ? `'${value}` : value;
  return /[",\r\n\p{Nd}]|^(?:true|false)$/iu.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

// -------------------------------------------------------------------- JSON: the output contract

/** The documents as they stand, with the reviews; what was rejected is in the ledger too, as rejected. */
function toJson(views) {
  const documents = views.map((view) => {
    const { document, outline, skipped, status, warnings } = view.source;
    const rejected = view.corrections.targets(view).filter((target) => isRejected(view, target));
    const entries = rejected.map(({ quote, start, end, sentence }) => ({
      quote, start, end, reason: "rejected", rule: "review.rejected", sentence,
    }));
    const ledger = [...skipped.filter((entry) => entry.reason !== "rejected"), ...entries].sort((one, two) => one.start - two.start || one.end - two.end);
    return `{"document": ${JSON.stringify(document)},\n "outline": ${jsonLines(outline)},\n`
      + ` "targets": ${jsonLines(keptTargets(view))},\n "skipped": ${jsonLines(ledger)},\n`
      + ` "status": ${JSON.stringify(status)},\n "warnings": ${jsonLines(warnings)},\n`
      + ` "reviews": ${JSON.stringify(reviewsOf(view))},\n "rejected": ${jsonLines(rejected)}}`;
  });
  const head = `{"schema_version": ${JSON.stringify(DATA.schema_version)}, "generator": ${JSON.stringify(DATA.generator)},\n`;
  return `${head}"documents": [${documents.join(",\n")}]}\n`;
}

function jsonLines(items) {
  return items.length ? `[\n  ${items.map((item) => JSON.stringify(item)).join(",\n  ")}]` : "[]";
}

function isRejected(view, target) {
  return view.corrections.verdict(target) === "rejected";
}

function keptTargets(view) {
  return view.corrections.targets(view).filter((target) => !isRejected(view, target));
}

// -------------------------------------------------------------------- gold: one annotated record a line

const GOLD_FIELDS = ["status", "kind", "value", "value_max", "comparator", "unit", "change", "baseline", "baseline_text",
  "indicator", "action", "per"];

/** The gold file of a document, and how many records it cannot hold: they overlap another, or contain its marks. */
function toGold(view) {
  const { title, issuer, doc_number, period } = view.facts;
  const head = {
    doc: { title, issuer, doc_number, period_start: period?.start ?? null, period_end: period?.end ?? null },
    outline: view.outline.map((node) => [node.level, node.label, node.title]),
  };
  const bare = squeeze(view.text);
  const rows = [head];
  let unit = 0;
  let start = 0; // in the squeezed text
  let last = 0;
  let left = 0;
  for (const target of keptTargets(view)) {
    const next = view.points.unit(target.start);
    start += squeeze(view.text.slice(unit, next)).length;
    unit = next;
    const end = start + squeeze(target.quote).length;
    const place = start < last ? null : goldPlace(bare, start, end);
    if (place === null) {
      left += 1;
      continue;
    }
    last = end;
    rows.push({ ...place, ...goldFields(target, view.corrections.verdict(target)) });
  }
  return { content: rows.map((row) => JSON.stringify(row) + "\n").join(""), left };
}

/** Where a record stands: its quote between ⟦ and ⟧ with as much around it as makes it occur once. */
function goldPlace(bare, start, end) {
  if (/[⟦⟧]/.test(bare.slice(start, end)) || start === end) return null;
  for (const width of [3, 6, 12, 24]) {
    const before = bare.slice(Math.max(0, start - width), start).replace(/^.*[⟦⟧]/s, "").replace(/^[\udc00-\udfff]/, "");
    const after = bare.slice(end, end + width).replace(/[⟦⟧].*$/s, "").replace(/[\ud800-\udbff]$/, "");
    const needle = before + bare.slice(start, end) + after;
    const at = `${before}⟦${bare.slice(start, end)}⟧${after}`;
    const places = findAll(bare, needle);
    if (places.length === 1) return { at };
    if (width === 24) return { at, occ: places.indexOf(start - before.length) + 1 };
  }
  return null;
}

function findAll(text, needle) {
  const places = [];
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) places.push(at);
  return places;
}

function goldFields(target, verdict) {
  const row = {};
  for (const name of GOLD_FIELDS) if (target[name] !== null && target[name] !== undefined) row[name] = target[name];
  if (target.kind === "milestone") delete row.comparator;
  row.indicator = [target.indicator];
  if (target.time?.basis === "explicit") {
    row.time_text = target.time.text;
    if (target.time.start) row.time_start = target.time.start;
    if (target.time.end) row.time_end = target.time.end;
  }
  row.section = target.section;
  if (verdict === "open") row.note = "not reviewed";
  return row;
}

// -------------------------------------------------------------------- files

/** The name of a document without folders and suffix. */
function stemOf(view) {
  return view.facts.source.split(/[\\/]/).at(-1).replace(/\.[^.]*$/, "") || "document";
}

function saveFile(name, content, type) {
  const url = URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` }));
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
  say(t("wrote", name));
}
