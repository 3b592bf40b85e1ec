"use strict";
// Why a number was read as it was, or was not: the words that decided, and what the rule that read them says of itself.

/** What decided each part of a record; nothing once a person has decided. */
function reasonList(view, target) {
  if (!target.why || target.rule.startsWith("review.")) return "";
  const grounds = view.source.layout.grounds[target.id] ?? {};
  const period = target.time && !target.why.time ? { time: "time.document" } : {};
  const parts = Object.entries({ value: target.rule, ...target.why, ...period });
  return element("ul", { class: "reasons", "aria-label": t("why") },
    ...parts.map(([part, rule]) => {
      const words = wordsAt(view, grounds[part]);
      return reason(term("parts", part), words && element("q", { lang: "zh-CN" }, words), rule);
    }));
}

/** One part: its name, what decided it, what the rule that read it says of itself, and the rule's id. */
function reason(part, said, rule) {
  return element("li", {},
    element("span", { class: "part" }, part),
    element("span", {}, said, said && " ", reasonOf(rule), " ", element("code", {}, rule)));
}

function reasonOf(rule) {
  return DATA.reasons[rule]?.[language === "zh" ? 1 : 0] ?? "";
}

function wordsAt(view, span) {
  return span && squeeze(view.text.slice(view.points.unit(span[0]), view.points.unit(span[1])));
}

/** Why a number of the ledger is no target, and the way to make it one. */
function showEntry(view, entry) {
  const lack = view.source.lacks[view.source.skipped.indexOf(entry)];
  byId("detail").replaceChildren(
    element("div", { class: "head skipped" },
      element("span", { class: "status" }, t("ledgerEntry")),
      element("h2", { lang: "zh-CN" }, entry.quote)),
    element("blockquote", { lang: "zh-CN" }, ...sentenceParts(entry)),
    element("ul", { class: "reasons" },
      reason(t("reason"), term("reasons", entry.reason), entry.rule),
      lack && element("li", {}, element("span", { class: "part" }, t("missing")), element("span", {}, lack[language === "zh" ? 1 : 0]))),
    withSteps(element("div", { class: "verdicts" },
      element("button", { type: "button", onclick: () => addRecord(unitsOf(view, entry)) }, t("makeRecord")))));
}

/** The times that date records, each with the records that it dates: they are numbers too, and none of the ledger. */
function datingTimes(view) {
  const times = new Map();
  for (const record of view.records) {
    const span = view.source.layout.grounds[record.target.id]?.time;
    if (!span || !record.target.time?.text) continue;
    const known = times.get(span.join()) ?? { start: span[0], end: span[1], records: [] };
    known.records.push(record);
    times.set(span.join(), known);
  }
  return [...times.values()];
}

/** What a time of the document dates. */
function showTime(view, { start, end, records }) {
  byId("detail").replaceChildren(
    element("div", { class: "head" },
      element("span", { class: "status" }, t("dates", records.length)),
      element("h2", { lang: "zh-CN" }, wordsAt(view, [start, end])),
      element("span", { class: "value" }, dayText(records[0].target))),
    element("div", { class: "dated" }, ...records.map((record) =>
      element("button", { type: "button", lang: "zh-CN", onclick: () => select(view.recordOf(record.key)) },
        `${record.target.indicator || record.target.quote} ${valueText(record.target)}`))));
}
