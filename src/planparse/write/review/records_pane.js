"use strict";
// The records of the document as a list that filters narrow.

const filters = { search: "", status: "", kind: "", section: "", confidence: "", verdict: "", reason: "" };
const SORTS = ["place", "confidence", "section"];
let sortedBy = "place";

/** The filter controls: their choices are what the document's records have. */
function showFilters(view) {
  const kinds = [...new Set(view.records.map((record) => record.target.kind))];
  const sections = view.outline.filter((node) => node.level <= 2);
  const controls = {
    status: [["planned", t("planned")], ["achieved", t("achieved")]],
    verdict: [...(hasOthers(view) ? [["differ", t("differ")]] : []), ...VERDICTS.map((verdict) => [verdict, t(verdict)])],
    kind: kinds.map((kind) => [kind, term("kinds", kind)]),
    confidence: ["0.95", "0.8", "0.6"].map((limit) => [limit, t("below", limit)]),
    reason: reasonChoices(view),
    section: sections.map((node) => [node.id, `${"　".repeat(node.level - 1)}${node.label ?? ""} ${node.title}`]),
  };
  const search = element("input", {
    type: "search", id: "search", placeholder: `${t("search")}  /`, "aria-label": t("search"), value: filters.search,
    autocomplete: "off", oninput: (event) => setFilter("search", event.target.value),
  });
  const selects = Object.entries(controls).map(([name, choices]) => {
    const label = term("filters", name);
    return dropdown({ name, "aria-label": label, onchange: (event) => setFilter(name, event.target.value) },
      [["", label], ...choices], filters[name]);
  });
  byId("filters").replaceChildren(search, ...selects,
    sortSelect(), element("output", { id: "shown" }),
    element("button", { type: "button", id: "accept-shown", onclick: acceptShown }, t("acceptShown")), element("button", { type: "button", id: "clear", onclick: clearFilters }, t("clear")));
}

/** The reasons of the document's ledger with their numbers, what is unresolved first. */
function reasonChoices(view) {
  const counts = new Map();
  for (const { reason } of view.source.skipped) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const first = (reason) => (reason === "unresolved" ? 0 : 1);
  const reasons = [...counts.keys()].sort((one, two) => first(one) - first(two) || counts.get(two) - counts.get(one));
  return reasons.map((reason) => [reason, `${term("reasons", reason)} ${counts.get(reason)}`]);
}

/** Shows the ledger's entries of the chosen reason in place of the records. */
function listEntries(view) {
  const search = foldText(filters.search);
  view.listed = view.source.skipped.map((entry, index) => ({ entry, index })).filter(({ entry }) =>
    entry.reason === filters.reason && (!search || foldText(entry.sentence + entry.quote).includes(search)));
  byId("records").replaceChildren(...inChunks(view.listed.map(({ entry, index }) =>
    element("div", { role: "option", class: "record skipped", id: `entry-${index}`, "data-listed": index },
      element("span", { class: "name", lang: "zh-CN" }, entry.quote),
      element("span", { class: "facts" }, element("span", { class: "status" }, term("reasons", entry.reason)),
        element("span", { class: "section", lang: "zh-CN" }, entry.sentence))))));
  byId("shown").textContent = t("shown", view.listed.length, view.source.skipped.length);
  byId("records").dataset.empty = view.listed.length ? "" : t("noMatch");
}

/** Selects an entry of the ledger in the list and shows it in place. */
function selectEntry(view, index) {
  view.entry = index;
  if (!document.body.classList.contains("with-ledger")) toggleLedger();
  for (const item of document.querySelectorAll("#records [data-listed]")) {
    item.setAttribute("aria-selected", item.dataset.listed === String(index));
  }
  byId(`entry-${index}`)?.scrollIntoView({ block: "nearest" });
  highlight(view, null);
  const nodes = document.querySelectorAll(`#text [data-entry="${index}"]`);
  for (const node of nodes) node.classList.add("on");
  nodes[0]?.scrollIntoView({ block: "center" });
  document.body.classList.add("has-selection");
  showEntry(view, view.source.skipped[index]);
}

function moveEntry(view, by) {
  if (!view.listed.length) return;
  const at = view.listed.findIndex(({ index }) => index === view.entry);
  const next = at < 0 ? (by > 0 ? 0 : view.listed.length - 1) : Math.min(Math.max(at + by, 0), view.listed.length - 1);
  selectEntry(view, view.listed[next].index);
}

function sortSelect() {
  return dropdown({ name: "sort", "aria-label": t("sort"), onchange: (event) => setSort(event.target.value) },
    SORTS.map((name) => [name, term("sorts", name)]), sortedBy);
}

function setSort(name) {
  sortedBy = name;
  orderItems(app.view);
  applyFilters(app.view);
}

/** The records in the order of the list: by place, the least sure first, or by section and there the least sure first. */
function sortedRecords(view) {
  if (sortedBy === "place") return view.records;
  const chapters = view.outline.filter((node) => node.level === 1).map((node) => node.start);
  const chapterOf = ({ target }) => countUntil(chapters.length, (i) => chapters[i] <= target.start);
  const rank = new Map(view.records.map((record) => [record, sortedBy === "section" ? chapterOf(record) : 0]));
  return [...view.records].sort((one, two) =>
    rank.get(one) - rank.get(two) || one.target.confidence - two.target.confidence || one.key - two.key);
}

/** Puts the items of the list into its order. */
function orderItems(view) {
  byId("records").replaceChildren(...inChunks(sortedRecords(view).map((record) => record.item)));
}

function setFilter(name, value) {
  filters[name] = value;
  applyFilters(app.view);
}

function clearFilters() {
  for (const name of Object.keys(filters)) filters[name] = "";
  showFilters(app.view);
  applyFilters(app.view);
}

function isOfVerdict(view, target, verdict) {
  return verdict === "differ" ? Object.hasOwn(view.source.others, target.id) : view.corrections.verdict(target) === verdict;
}

/** Whether the page shows where two reviewers differ. */
function hasOthers(view) {
  return Object.keys(view.source.others).length > 0;
}

/** Hides the records that the filters leave out. */
function applyFilters(view) {
  byId("clear").hidden = !Object.values(filters).some(Boolean);
  byId("accept-shown").hidden = Boolean(filters.reason);
  if (filters.reason) return listEntries(view);
  if (byId("records").querySelector("[data-listed]")) orderItems(view);
  const search = foldText(filters.search);
  const section = view.outline.find((node) => node.id === filters.section);
  const start = section && view.points.point(section.from);
  const end = section && view.points.point(section.to);
  view.shown = sortedRecords(view).filter((record) => {
    const { target } = record;
    record.item.hidden = !(
      (!filters.status || target.status === filters.status)
      && (!filters.kind || target.kind === filters.kind)
      && (!section || (start <= target.start && target.start < end))
      && (!filters.confidence || target.confidence < Number(filters.confidence))
      && (!filters.verdict || isOfVerdict(view, target, filters.verdict))
      && (!search || searchText(target).includes(search)));
    return !record.item.hidden;
  });
  byId("shown").textContent = t("shown", view.shown.length, view.records.length);
  byId("records").dataset.empty = view.shown.length ? "" : t(view.records.length ? "noMatch" : "noRecords");
}

/** Builds the list. */
function showRecords(view) {
  for (const record of view.records) {
    record.item = element("div", { role: "option", id: `record-${record.key}`, "data-record": record.key });
    fillItem(view, record);
  }
  orderItems(view);
}

/** The line of one record: name and value, when, what kind, and what the reviewer said. */
function fillItem(view, record) {
  const { target, item } = record;
  const verdict = view.corrections.verdict(target);
  const doubt = target.confidence < 0.8 ? element("span", { class: "doubt" }, target.confidence.toFixed(2)) : null;
  const said = verdict === "open" ? null : element("span", { class: `verdict ${verdict}` }, t(verdict));
  item.className = `record ${statusClass(target)} ${verdict}`;
  item.setAttribute("aria-selected", record === view.selected);
  item.replaceChildren(
    element("span", { class: "name", lang: "zh-CN" }, target.indicator || target.quote),
    element("span", { class: "value", lang: "zh-CN" }, valueText(target) || target.time?.text || "—"),
    element("span", { class: "facts" },
      element("span", { class: "status" }, t(target.status)),
      element("span", {}, term("kinds", target.kind)),
      element("span", {}, dayText(target)),
      element("span", { class: "section", lang: "zh-CN" }, [...target.section, target.heading].filter(Boolean).join(" › ")),
      doubt, said));
}

/** Marks a record in the list and brings it into sight, even when the filters hide it. */
function markItem(view, record) {
  document.querySelector("#records [aria-selected=true]")?.setAttribute("aria-selected", "false");
  const list = byId("records");
  if (!record) return list.removeAttribute("aria-activedescendant");
  record.item.hidden = false;
  record.item.setAttribute("aria-selected", "true");
  list.setAttribute("aria-activedescendant", record.item.id);
  record.item.scrollIntoView({ block: "nearest" });
}

/** The record so many places after the selected one among those shown. */
function neighbour(view, step) {
  const { shown, selected } = view;
  if (!shown.length) return null;
  if (!selected) return shown[step > 0 ? 0 : shown.length - 1];
  const at = shown.indexOf(selected);
  return shown[Math.min(Math.max(at + step, 0), shown.length - 1)];
}
