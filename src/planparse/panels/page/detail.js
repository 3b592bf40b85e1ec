"use strict";
// One cell: its sentence with the number marked, where it stands, and what else is said of the same.

function showDetail(row, cell, number) {
  const measure = DATA.measures[number];
  const close = element("button", { type: "button", class: "close", "aria-label": t("close"), onclick: hideDetail }, "×");
  const about = [row.entry.source, cell.section.length ? `${t("section")} ${cell.section.join(" > ")}` : "",
    cell.page === null ? "" : `${t("page")} ${cell.page}`, cell.id].filter(Boolean).join(" · ");
  byId("detail").replaceChildren(close,
    element("h2", {}, `${row.entry.name} · ${measure[language]} · ${t(row.status)} ${row.period}`),
    element("p", { class: "value" }, `${valueText(cell)} ${measure.unit}`),
    element("blockquote", { lang: "zh-CN" }, ...marked(cell.sentence, cell.quote)), element("p", { class: "soft" }, about),
    cell.agrees ? "" : element("p", { class: "differs" }, t("differs")),
    ...cell.others.map((other) => element("blockquote", { lang: "zh-CN" }, `${t("others")}: `, ...marked(other.sentence, other.quote))),
    cell.link === null ? "" : element("p", {}, element("a", { href: cell.link }, t("review"))));
  byId("detail").hidden = false;
}

function hideDetail() {
  byId("detail").hidden = true;
}

/** A sentence with its number marked; a number within another one is passed over. */
function marked(sentence, quote) {
  const words = quote.replace(/\s/g, "");
  let at = sentence.indexOf(words);
  while (at > 0 && /[\d.]/.test(sentence[at - 1]) && /^\d/.test(words)) at = sentence.indexOf(words, at + 1);
  if (at < 0) return [sentence];
  return [sentence.slice(0, at), element("mark", {}, words), sentence.slice(at + words.length)];
}
