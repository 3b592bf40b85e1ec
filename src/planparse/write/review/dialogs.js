"use strict";

function openDialog(title, ...content) {
  const dialog = byId("dialog");
  dialog.replaceChildren(
    element("div", { class: "dialog-head" }, element("h2", { id: "dialog-title" }, title),
      element("button", { type: "button", onclick: () => dialog.close() }, t("close"))),
    ...content);
  dialog.setAttribute("aria-labelledby", "dialog-title");
  dialog.showModal();
}

function showHelp() {
  const rows = Object.entries(WORDS[language].keys).map(([keys, what]) => element("tr", {},
    element("th", { scope: "row" }, ...keys.split(" ").map((key) => element("kbd", {}, key))), element("td", {}, what)));
  openDialog(t("help"), element("table", { class: "keys" }, element("tbody", {}, ...rows)), element("p", {}, t("helpText")));
}

function showExport() {
  const { view, views } = app;
  const stem = stemOf(view);
  const all = views.length === 1 ? stem : "review";
  openDialog(t("exportTitle"),
    element("label", { class: "reviewer" }, t("reviewer"), element("input", {
      name: "reviewer", value: reviewerName(), autocomplete: "name", oninput: (event) => setReviewer(event.target.value),
    })),
    element("h3", {}, t("exportOne")),
    exportButton("gold", "goldWhat", () => saveGold(view, stem)),
    exportButton("text", "textWhat", () => saveFile(`${stem}.txt`, view.text, "text/plain")),
    element("h3", {}, views.length === 1 ? "" : t("exportAll")),
    exportButton("CSV", "csvWhat", () => saveFile(`${all}.csv`, toCsv(views), "text/csv")),
    exportButton("JSON", "jsonWhat", () => saveFile(`${all}.json`, toJson(views), "application/json")),
    element("p", { class: "command" }, t("xlsxWhat"), element("code", {}, commandFor(all))));
}

/** The command that makes a spreadsheet of the exported JSON, in the language of the page. */
function commandFor(stem) {
  const name = /^[\w.-]+$/.test(stem) ? `${stem}.json` : `'${stem.replaceAll("'", "'\\''")}.json'`;
  return `planparse convert ${name} -o targets.xlsx${language === "zh" ? " --headers zh" : ""}`;
}

function exportButton(name, what, onclick) {
  return element("div", { class: "export" },
    element("button", { type: "button", "data-export": name.toLowerCase(), onclick }, name in WORDS.en ? t(name) : name),
    element("p", {}, t(what)));
}

function saveGold(view, stem) {
  const { content, left } = toGold(view);
  saveFile(`${stem}.gold.jsonl`, content, "application/jsonl");
  if (left) say(t("notInGold", left));
}
