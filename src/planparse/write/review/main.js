"use strict";
// Puts the page together: one view a document, the selection that both sides share, keys, and addresses.

const DATA = JSON.parse(byId("data").textContent);
const app = { views: DATA.documents.map(makeView), view: null, withPage: window.innerWidth >= 1100 };

/** What the page keeps of a document, in UTF-16 units: `from` and `to` instead of `start` and `end`. */
function makeView(source) {
  const points = new CodePoints(source.text);
  const units = ([start, end]) => [points.unit(start), points.unit(end)];
  const given = takeApart(source);
  const view = {
    source, points, text: source.text, facts: source.document, targets: given.targets,
    outline: source.outline.map((node) => ({ ...node, from: points.unit(node.start), to: points.unit(node.end) })),
    paragraphs: source.layout.paragraphs.map(units),
    furniture: source.layout.furniture.map(units),
    pageStarts: source.layout.page_starts.map((start) => points.unit(start)),
    titleLeft: squeeze(source.document.title ?? ""),
    corrections: new Corrections(source.document.sha256, given.state),
    records: [], shown: [], segments: new Map(), selected: null, page: 1, blocks: null,
    recordOf: (key) => view.records[key],
  };
  return view;
}

/** Shows a document with its records, as corrected so far. */
function showView(view) {
  app.view = view;
  view.blocks ??= cutBlocks(view);
  listRecords(view);
  showHeader(view);
  showOutline(view);
  showFilters(view);
  redraw(view);
  byId("document").scrollTop = 0;
}

function listRecords(view) {
  view.records = view.corrections.targets(view).map((target, key) => ({ key, target, item: null }));
}

function redraw(view) {
  showDocument(view);
  showRecords(view);
  applyFilters(view);
  showProgress(view);
  showNotices(view);
  showDetail(view);
  showPage(view);
}

/** Draws everything again after records changed, and selects a record by its id. */
function refresh(id) {
  const { view } = app;
  const places = ["document", "records"].map((pane) => [byId(pane), byId(pane).scrollTop]);
  listRecords(view);
  view.selected = null;
  redraw(view);
  for (const [pane, top] of places) pane.scrollTop = top;
  select(view.records.find((record) => record.target.id === id) ?? null);
  byId("records").focus({ preventScroll: true });
}

/** Selects a record on both sides. */
function select(record) {
  const { view } = app;
  view.selected = record;
  document.body.classList.toggle("has-selection", Boolean(record));
  showDetail(view);
  showPage(view, record?.target.page);
  markItem(view, record);
  highlight(view, record);
  setAddress(view, record);
}

function judge(verdict) {
  const { view } = app;
  const record = view.selected;
  if (!record) return;
  if (view.corrections.verdict(record.target) === "added") {
    if (verdict === "rejected") {
      view.corrections.remove(record.target);
      refresh(null);
    }
    return;
  }
  const before = view.corrections.verdict(record.target);
  view.corrections.judge([record.target], verdict);
  fillItem(view, record);
  markVerdict(view, record);
  showProgress(view);
  showDetail(view);
  if (before !== verdict) move(1);
}

/** Accepts every record that the list shows and nobody has judged, as one change. */
function acceptShown() {
  const { view } = app;
  const open = view.shown.filter((record) => view.corrections.verdict(record.target) === "open");
  if (!open.length) return;
  view.corrections.judge(open.map((record) => record.target), "accepted");
  for (const record of open) {
    fillItem(view, record);
    markVerdict(view, record);
  }
  showProgress(view);
  showDetail(view);
  say(t("acceptedShown", open.length));
}

/** Goes on in the list, be it of records or of ledger entries. */
function move(by) {
  if (filters.reason) return moveEntry(app.view, by);
  select(neighbour(app.view, by));
}

function undo() {
  const { view } = app;
  const id = view.selected?.target.id;
  say(t(view.corrections.undo() ? "undone" : "nothingToUndo"));
  refresh(id);
}

function addRecord(units) {
  if (!units) return;
  setView("records");
  showForm(app.view, draftRecord(app.view, units), true);
}

// -------------------------------------------------------------------- header

function showHeader(view) {
  const { facts } = view;
  const chooser = byId("documents");
  chooser.hidden = app.views.length < 2;
  chooser.replaceChildren(...app.views.map(({ facts: { title, source } }, i) =>
    element("option", { value: i, selected: app.views[i] === view }, `${i + 1}. ${title ?? source}`)));
  byId("title").textContent = facts.title ?? facts.source;
  byId("title").lang = "zh-CN";
  byId("about").textContent = [facts.issuer, facts.doc_number, facts.title ? facts.source : null].filter(Boolean).join("　");
}

function showProgress(view) {
  const done = view.records.filter((record) => view.corrections.verdict(record.target) !== "open").length;
  byId("progress").textContent = [t("reviewed", done, view.records.length), progressOfAll()].filter(Boolean).join(" · ");
  byId("bar").style.width = `${view.records.length ? (100 * done) / view.records.length : 0}%`;
}

/** How far all documents of the page are; nothing where there is one. */
function progressOfAll() {
  if (app.views.length < 2) return "";
  const sizes = app.views.map(({ corrections, targets }) => targets.length + corrections.state.added.length);
  const done = app.views.map(({ corrections, targets }) =>
    targets.filter((target) => corrections.verdict(target) !== "open").length + corrections.state.added.length);
  const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
  return t("reviewedAll", app.views.length, sum(done), sum(sizes));
}

/** What a reviewer must know before reading: that the document failed, its warnings, a browser that keeps nothing. */
function showNotices(view) {
  const { status, warnings, warnings_zh: inChinese } = view.source;
  const list = element("ul", {}, ...warnings.map(({ message, code }, i) =>
    element("li", {}, `${language === "zh" ? inChinese[i] : message} [${code}]`)));
  byId("notices").replaceChildren(...[
    status === "failed" ? element("p", { class: "notice" }, t("failed")) : null,
    warnings.length ? element("details", { class: "notice", open: status === "failed" },
      element("summary", {}, t("warnings", warnings.length)), list) : null,
    view.corrections.kept ? null : element("p", { class: "notice" }, t("notKept")),
  ].filter(Boolean));
}

function toggleLedger() {
  const on = document.body.classList.toggle("with-ledger");
  byId("ledger-button").setAttribute("aria-pressed", on);
}

function togglePage() {
  app.withPage = !app.withPage;
  byId("page-button").setAttribute("aria-pressed", app.withPage);
  showPage(app.view, app.view.selected?.target.page);
}

function toggleLanguage() {
  language = language === "zh" ? "en" : "zh";
  translatePage();
  showFilters(app.view);
  redraw(app.view);
  select(app.view.selected && app.view.records[app.view.selected.key]);
}

/** On a narrow screen one pane shows at a time. */
function setView(name) {
  document.body.dataset.view = name;
  for (const tab of document.querySelectorAll(".tabs button")) {
    tab.setAttribute("aria-current", tab.dataset.view === name);
  }
}

// -------------------------------------------------------------------- addresses: #<number or sha256>/<record id>

let addressTimer = 0;

/** Puts the selection into the address, once it has settled: browsers count how often a page does this. */
function setAddress(view, record) {
  const address = `#${app.views.indexOf(view) + 1}${record ? `/${record.target.id}` : ""}`;
  clearTimeout(addressTimer);
  addressTimer = setTimeout(() => {
    try {
      history.replaceState(null, "", address);
    } catch {
      // some browsers refuse this for local files; the page works without
    }
  }, 300);
}

function goToAddress() {
  const [place, id] = location.hash.slice(1).split("/");
  const view = app.views.find((one) => place.length >= 8 && one.facts.sha256.startsWith(place)) ?? app.views[Number(place) - 1];
  if (view && view !== app.view) showView(view);
  const record = id && app.view.records.find((one) => one.target.id === id);
  if (record) {
    setView("document");
    select(record);
  }
}

// -------------------------------------------------------------------- events

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  Enter: () => {
    setView("document");
    highlight(app.view, app.view.selected);
    byId("document").focus({ preventScroll: true });
  },
  a: () => judge("accepted"),
  x: () => judge("rejected"),
  e: () => app.view.selected && showForm(app.view, app.view.selected.target),
  u: undo,
  n: () => addRecord(selectedUnits(app.view)),
  "/": () => {
    setView("records");
    byId("search").focus();
  },
  l: toggleLedger,
  p: togglePage,
  "[": () => step(-1),
  "]": () => step(1),
  "?": showHelp,
  Escape: () => {
    showDetail(app.view);
    byId("records").focus({ preventScroll: true });
  },
};

function step(by) {
  const view = app.views[app.views.indexOf(app.view) + by];
  if (view) openView(view);
}

function openView(view) {
  showView(view);
  select(view.selected && view.records[view.selected.key]);
}

function onKey(event) {
  const typing = event.target.closest("input, select, textarea");
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !typing && !byId("dialog").open) {
    event.preventDefault();
    return undo();
  }
  if (event.ctrlKey || event.metaKey || event.altKey || byId("dialog").open) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const pressing = event.target.closest("button, summary") && (event.key === "Enter" || event.key === " ");
  const arrow = event.key.startsWith("Arrow") && !event.target.closest("#records");
  if ((typing && event.key !== "Escape") || pressing || arrow || !Object.hasOwn(KEYS, key)) return;
  event.preventDefault();
  KEYS[key]();
}

function onTextClick(event) {
  if (!getSelection().isCollapsed) return;
  const mark = event.target.closest("[data-records]");
  const { entry, time } = event.target.dataset;
  if (mark) return select(recordOfClick(app.view, mark));
  if (!entry && !time) return;
  select(null);
  document.body.classList.add("has-selection");
  if (entry) showEntry(app.view, app.view.source.skipped[entry]);
  else showTime(app.view, app.view.times[time]);
}

function onListClick(event) {
  const item = event.target.closest("[data-record], [data-listed]");
  if (!item) return;
  if (item.dataset.listed) return selectEntry(app.view, Number(item.dataset.listed));
  setView("document");
  select(app.view.recordOf(Number(item.dataset.record)));
}

function listen() {
  const clicks = {
    "ledger-button": toggleLedger, "page-button": togglePage, "undo-button": undo, "help-button": showHelp,
    "language-button": toggleLanguage, "export-button": showExport, "load-button": showLoad, text: onTextClick, records: onListClick,
    add: () => addRecord(selectedUnits(app.view)),
  };
  for (const [id, listener] of Object.entries(clicks)) byId(id).addEventListener("click", listener);
  for (const tab of document.querySelectorAll(".tabs button")) {
    tab.addEventListener("click", () => {
      setView(tab.dataset.view);
      if (app.view.selected) select(app.view.selected);
    });
  }
  byId("documents").addEventListener("change", (event) => openView(app.views[event.target.value]));
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("add").addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the selection
  document.addEventListener("keydown", onKey);
  document.addEventListener("selectionchange", () => { byId("add").hidden = !selectedUnits(app.view); });
  window.addEventListener("hashchange", goToAddress);
  window.addEventListener("beforeunload", (event) => {
    if (app.views.some((view) => !view.corrections.kept && view.corrections.past.length)) event.preventDefault();
  });
}

sortedBy = DATA.sort;
if (app.views.some(hasOthers)) filters.verdict = "differ";
translatePage();
setView("records");
byId("page-button").setAttribute("aria-pressed", app.withPage);
showView(app.view ?? app.views[0]);
listen();
goToAddress();
