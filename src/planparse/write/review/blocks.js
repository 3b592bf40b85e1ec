"use strict";
// How a text is cut for display: into blocks that cover it without gaps, and each block into segments, so that a
// record is the segments that it covers, whether records overlap, share a span, or run over a line end.
// All offsets here are UTF-16 units.

/** The blocks of a document: {from, to, kind, level, lead}; the kinds are title, heading, paragraph, row, furniture. */
function cutBlocks(view) {
  const blocks = [];
  let at = 0;
  for (const [start, end] of view.paragraphs) {
    cutLines(view, at, start, blocks);
    cutParagraph(view, Math.max(at, start), end, blocks);
    at = Math.max(at, end);
  }
  cutLines(view, at, view.text.length, blocks);
  markHeadings(view, blocks);
  return blocks;
}

/** What stands between paragraphs: rows of tables, page furniture; blank lines go to the block before. */
function cutLines(view, from, to, blocks) {
  for (const match of view.text.slice(from, to).matchAll(/[^\n\f]*[\n\f]+|[^\n\f]+/g)) {
    const block = { from: from + match.index, to: from + match.index + match[0].length, kind: "row" };
    if (view.furniture.some(([start, end]) => start <= block.from && block.from < end)) block.kind = "furniture";
    if (match[0].trim() || !blocks.length) blocks.push(block);
    else blocks.at(-1).to = block.to;
  }
}

/** One paragraph; a title that its text begins with becomes a block of its own. */
function cutParagraph(view, from, to, blocks) {
  if (from >= to) return;
  const titleEnd = endOfTitle(view, from, to);
  if (titleEnd > from) blocks.push({ from, to: titleEnd, kind: "title" });
  if (titleEnd < to) blocks.push({ from: titleEnd, to, kind: "paragraph" });
}

/** Where the part of the document's title that a paragraph begins with ends; the rest of the title is still to come. */
function endOfTitle(view, from, to) {
  let end = from;
  let title = view.titleLeft;
  if (!title) return from;
  for (; title && end < to; end += 1) {
    if (!squeeze(view.text[end])) continue;
    if (title[0] !== view.text[end]) return from; // it only began alike
    title = title.slice(1);
  }
  while (end < to && !squeeze(view.text[end])) end += 1;
  view.titleLeft = title;
  return end;
}

/** Blocks that an outline node begins: a heading of its own, or a paragraph that its title leads. */
function markHeadings(view, blocks) {
  let i = 0;
  for (const node of view.outline) {
    while (i < blocks.length && blocks[i].to <= node.from) i += 1;
    const block = blocks[i];
    if (!block || block.kind !== "paragraph" || squeeze(view.text.slice(block.from, node.from))) continue;
    const text = view.text.slice(block.from, block.to);
    const found = node.title ? text.indexOf(node.title) : -1;
    const end = found < 0 || found > 16 ? 0 : found + node.title.length;
    const alone = end && !squeeze(text.slice(end)).replace(/^[。；！？]$/, "");
    block.level = Math.min(node.level, 4);
    if (alone && !/[。；！？]\s*$/.test(text)) block.kind = "heading";
    else if (end && !alone) block.lead = block.from + end;
  }
}

/** White space that is only layout: indents, line ends that do not part two Latin words, gaps between cells. */
function findWraps(view, block) {
  const text = view.text.slice(block.from, block.to);
  const wraps = [];
  for (const match of text.matchAll(/\s+/g)) {
    const end = match.index + match[0].length;
    const words = /[A-Za-z0-9]/.test(text[match.index - 1] ?? "") && /[A-Za-z0-9]/.test(text[end] ?? "");
    const wrap = block.kind === "row" ? isGap(match[0]) : /[\r\n\f]/.test(match[0]) && !words;
    if (wrap || !match.index) wraps.push({ from: block.from + match.index, to: block.from + end, type: "wrap" });
  }
  return wraps;
}

function isGap(space) {
  return space.length > 1 || /[\t\r\n\f]/.test(space);
}

/** The cells of a row, cut behind tabs, bars and wide gaps: blocks again. */
function cutCells(view, { from, to }) {
  const text = view.text.slice(from, to);
  const last = text.trimEnd().length;
  const cells = [];
  let at = 0;
  for (const match of text.matchAll(/\s+|\|/g)) {
    const end = match.index + match[0].length;
    if (!match.index || end >= last || !(match[0] === "|" || isGap(match[0]))) continue;
    cells.push({ from: from + at, to: from + end, kind: "row" });
    at = end;
  }
  return [...cells, { from: from + at, to, kind: "row" }];
}

/** The segments of a block: {from, to, of}, where `of` are the notes (records, ledger entries, wraps …) that cover it. */
function cutSegments(block, notes) {
  const cuts = new Set([block.from, block.to]);
  for (const note of notes) {
    cuts.add(Math.max(note.from, block.from));
    cuts.add(Math.min(note.to, block.to));
  }
  const places = [...cuts].sort((one, two) => one - two);
  return places.slice(1).map((to, i) => {
    const from = places[i];
    return { from, to, of: notes.filter((note) => note.from < to && note.to > from) };
  });
}
