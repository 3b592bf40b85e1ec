"use strict";
// The document as it reads: its blocks, with records and ledger entries marked in place.

const HEADINGS = ["h2", "h3", "h4", "h5", "h6"];

/** Shows a view's document; every segment of a record carries the record's key. */
function showDocument(view) {
  const records = view.records.map((record) => ({ ...unitsOf(view, record.target), type: "hit", record }));
  const entries = view.source.skipped.map((entry, index) => ({ ...unitsOf(view, entry), type: "skip", entry, index }));
  view.times = datingTimes(view);
  const times = view.times.map((time, index) => ({ ...unitsOf(view, time), type: "time", index }));
  const notes = [...records, ...entries, ...times].sort((one, two) => one.from - two.from);
  view.segments = new Map(view.records.map((record) => [record.key, []]));
  const nodes = [];
  let open = [];
  let next = 0;
  let page = 0;
  for (const block of view.blocks) {
    while (next < notes.length && notes[next].from < block.to) open.push(notes[next++]);
    const here = open.filter((note) => note.to > block.from);
    const blockPage = pageAt(view, block.from);
    addBlock(nodes, blockNode(view, block, here, blockPage !== page ? blockPage : 0));
    page = blockPage;
    open = here.filter((note) => note.to > block.to);
  }
  byId("text").replaceChildren(...inChunks(nodes));
  for (const record of view.records) markVerdict(view, record);
}

function unitsOf(view, { start, end }) {
  return { from: view.points.unit(start), to: view.points.unit(end) };
}

/** The page, from 1, that a unit stands on; 0 where the format has none. */
function pageAt(view, unit) {
  return countUntil(view.pageStarts.length, (i) => view.pageStarts[i] <= unit);
}

/** Adds a block; rows that follow each other come into one table, whose columns they share. */
function addBlock(nodes, node) {
  const cells = node.classList.contains("row") ? node.childElementCount : 0;
  if (cells < 2) return nodes.push(node);
  if (!nodes.at(-1)?.classList.contains("table")) nodes.push(element("div", { class: "table" }));
  const table = nodes.at(-1);
  table.append(node);
  table.dataset.columns = Math.max(cells, table.dataset.columns ?? 0);
  table.style.gridTemplateColumns = `repeat(${table.dataset.columns}, auto)`;
}

function blockNode(view, block, notes, newPage) {
  const tag = block.kind === "title" ? "h1" : block.kind === "heading" ? HEADINGS[block.level - 1] : "p";
  const content = block.kind === "row"
    ? cutCells(view, block).map((cell) => element("span", { class: "cell" }, ...segmentNodes(view, cell, notes)))
    : segmentNodes(view, block, notes);
  const node = element(tag, { class: `block ${block.kind}`, "data-from": block.from }, ...content);
  if (newPage) node.dataset.page = newPage;
  block.element = node;
  return node;
}

/** The text of a block or cell, cut where records, ledger entries and layout begin and end. */
function segmentNodes(view, block, notes) {
  const own = findWraps(view, block);
  if (block.lead) own.push({ from: block.from, to: block.lead, type: "lead" });
  for (const [from, to] of block.kind === "paragraph" ? view.furniture : []) own.push({ from, to, type: "furniture" });
  const here = [...notes, ...own].filter((note) => note.from < block.to && note.to > block.from);
  return cutSegments(block, here).map((segment) => segmentNode(view, segment));
}

/** A segment as text, or as text in an element that says what covers it. */
function segmentNode(view, { from, to, of }) {
  const text = view.text.slice(from, to);
  if (!of.length) return text;
  const records = of.filter((note) => note.type === "hit").map((note) => note.record);
  const entry = of.find((note) => note.type === "skip");
  const time = of.find((note) => note.type === "time");
  const kinds = new Set(of.map((note) => note.type));
  const node = element(records.length ? "mark" : "span", { class: [...kinds].join(" ") }, text);
  if (records.length) {
    node.dataset.records = records.map((record) => record.key).join(" ");
    node.classList.add(statusClass(records[0].target));
    if (text.length <= 8) node.classList.add("whole");
    for (const record of records) view.segments.get(record.key).push(node);
  }
  if (time) node.dataset.time = time.index;
  if (entry) {
    node.dataset.entry = entry.index;
    if (to === entry.to) node.dataset.reason = term("reasons", entry.entry.reason);
  }
  return node;
}

/** The look of a record's segments: rejected ones are struck out, open ones are plain. */
function markVerdict(view, record) {
  const verdict = view.corrections.verdict(record.target);
  for (const node of view.segments.get(record.key)) {
    node.classList.toggle("rejected", verdict === "rejected");
    node.classList.toggle("checked", verdict !== "open" && verdict !== "rejected");
  }
}

/** Moves the highlight to a record's own characters. */
function highlight(view, record) {
  for (const node of document.querySelectorAll("#text .on")) node.classList.remove("on");
  const nodes = record ? view.segments.get(record.key) : [];
  for (const node of nodes) node.classList.add("on");
  nodes[0]?.scrollIntoView({ block: "center" });
}

/** The record that a click on a segment means: the next of those that share it, the shortest first. */
function recordOfClick(view, node) {
  const keys = node.dataset.records.split(" ").map(Number);
  const records = keys.map((key) => view.recordOf(key));
  records.sort((one, two) => one.target.end - one.target.start - (two.target.end - two.target.start));
  return records[(records.indexOf(view.selected) + 1) % records.length];
}

/** The outline as a list of links to its places. */
function showOutline(view) {
  const items = view.outline.map((node) => {
    const label = node.label ? element("span", { class: "label" }, node.label) : null;
    const go = () => {
      setView("document");
      blockOf(view, node).element.scrollIntoView({ block: "start" });
    };
    return element("li", { class: `level-${Math.min(node.level, 4)}` },
      element("button", { type: "button", onclick: go }, label, node.title));
  });
  byId("outline").replaceChildren(element("ol", { lang: "zh-CN" }, ...items));
}

function blockOf(view, node) {
  return view.blocks[Math.max(0, countUntil(view.blocks.length, (i) => view.blocks[i].from <= node.from) - 1)];
}

// -------------------------------------------------------------------- a record from selected text

/** The selected units of the document, white space at both ends left out; null when nothing of it is selected. */
function selectedUnits(view) {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  let from = unitAt(range.startContainer, range.startOffset);
  let to = unitAt(range.endContainer, range.endOffset);
  if (from === null || to === null) return null;
  while (from < to && !squeeze(view.text[from])) from += 1;
  while (from < to && !squeeze(view.text[to - 1])) to -= 1;
  return from < to ? { from, to } : null;
}

/** The unit of the document at a place of the page. */
function unitAt(node, offset) {
  const block = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("#text .block");
  if (!block) return null;
  const range = document.createRange();
  range.setStart(block, 0);
  range.setEnd(node, offset);
  return Number(block.dataset.from) + range.toString().length;
}

/** A new record on these units, as far as its words say; the reviewer fills in the rest. */
function draftRecord(view, { from, to }) {
  const quote = view.text.slice(from, to);
  const sentence = sentenceAround(view.text, from, to);
  const path = view.outline.filter((node) => node.from <= from && from < node.to);
  const amount = readAmount(quote);
  const around = [view.text.slice(Math.max(0, from - 6), from) + quote.slice(0, amount?.at ?? 0), quote.slice(amount?.end ?? 0) + view.text.slice(to, to + 4)];
  return {
    id: wordsId(sentence, quote, from), status: "planned", kind: amount ? amount.kind ?? "count" : "milestone", indicator: "",
    indicator_id: null, action: null, comparator: amount ? comparatorAround(...around) : "=", value: amount?.value ?? null, value_max: null,
    unit: amount?.unit ?? null, change: null, baseline: null, baseline_text: null, per: null,
    time: timeIn(sentence, view.facts.period), binding: null,
    responsible: [], section: path.map((node) => node.label).filter(Boolean), heading: path.at(-1)?.title ?? null,
    quote, sentence, start: view.points.point(from), end: view.points.point(to), page: pageAt(view, from) || null,
    table: null, ocr: false, rule: "review.added", confidence: 1, why: {},
  };
}

function sentenceAround(text, from, to) {
  const before = text.slice(Math.max(0, from - 300), from).split(/[。；！？]/).at(-1);
  const after = text.slice(to, to + 300).split(/(?<=[。；！？])/)[0];
  return squeeze(before + text.slice(from, to) + after);
}

/** 12 hexadecimal digits made from the words and the place (FNV-1a, in two halves). */
function wordsId(...words) {
  const hash = (seed) => [...words.join("\x1f")].reduce((h, c) => Math.imul(h ^ c.codePointAt(0), 0x01000193) >>> 0, seed);
  return [0x811c9dc5, 0x9747b28c].map((seed) => hash(seed).toString(16).padStart(8, "0").slice(2)).join("");
}
