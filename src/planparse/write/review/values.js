"use strict";
// Values as a reader writes them.

const COMPARATORS = { "=": "", ">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "~": "≈ ", range: "" };
const CHANGES = { increase: "↑ ", decrease: "↓ " };

/** ≥ 93%, ↑ 5百分点, 1–3个, 1.4亿元; nothing for a milestone. */
function valueText(target) {
  if (target.value === null) return "";
  const upper = target.value_max === null ? "" : `–${shortNumber(target.value_max)}`;
  const sign = (CHANGES[target.change] ?? "") + (COMPARATORS[target.comparator] ?? "");
  return `${sign}${shortNumber(target.value)}${upper}${target.unit ?? ""}`;
}

/** A number with 万 or 亿 where that reads better. */
function shortNumber(value) {
  for (const [size, name] of [[1e8, "亿"], [1e4, "万"]]) {
    if (value >= size && value % (size / 1e4) === 0) return `${Number((value / size).toPrecision(10))}${name}`;
  }
  return String(value);
}

/** The class that gives a record the look of its status. */
function statusClass(target) {
  return target.status === "achieved" ? "achieved" : "planned";
}

/** The day that a record is due, or that it reports; nothing when it has none. */
function dayText(target) {
  return target.time?.end ?? target.time?.start ?? "";
}

/** What a search looks through. */
function searchText(target) {
  const parts = [target.indicator, target.sentence, target.quote, target.heading, target.rule, target.unit, target.per,
    target.time?.text, target.indicator_id, target.id, ...target.section, ...target.responsible];
  return foldText(parts.filter(Boolean).join(" "));
}

/** A text for comparing: full-width forms, case and white space do not matter. */
function foldText(text) {
  return squeeze(text.normalize("NFKC")).toLowerCase();
}
