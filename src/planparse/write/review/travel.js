"use strict";
// Reviews that come with a document, from the page's own data or from a JSON that another machine exported.

/** The records of an output as the rules read them, and what its reviewers made of them. */
function takeApart(source) {
  const state = emptyState();
  const targets = [];
  const reviews = source.reviews ?? {};
  for (const target of [...source.targets, ...(source.rejected ?? [])]) {
    const review = Object.hasOwn(reviews, target.id) ? reviews[target.id] : null;
    if (review) readReview(state, target, review);
    if (review?.verdict !== "added") targets.push({ ...target, ...review?.before });
  }
  return { state, targets: targets.sort((one, two) => one.start - two.start || one.end - two.end) };
}

function readReview(state, target, { verdict, reviewer, time, note, before }) {
  const { id } = target;
  state.about[id] = { reviewer, time, note };
  if (verdict === "added") state.added.push(target);
  if (verdict === "accepted" || verdict === "rejected") state.verdicts[id] = verdict;
  const changed = Object.keys(before).map((name) => [name, target[name]]);
  if (changed.length || verdict === "edited") state.edits[id] = Object.fromEntries(changed);
}

/**
 * Takes another state up into one, record by record: what both say stays as it is, of what they say otherwise the later
 * stands. Returns how many were taken, and how many stood against another.
 */
function mergeState(state, other) {
  const outcome = { taken: 0, against: 0 };
  for (const id of Object.keys(other.about)) {
    const [mine, theirs] = [state, other].map((one) => wordOn(one, id));
    if (mine === theirs) continue;
    const known = verdictIn(state, id) !== "open" || state.about[id]?.note;
    if (known) outcome.against += 1;
    if (known && (state.about[id]?.time ?? "") >= (other.about[id].time ?? "")) continue;
    outcome.taken += 1;
    putParts(state, id, partsOf(other, id));
  }
  return outcome;
}

/** All that a state says of a record, as text, to compare. */
function wordOn(state, id) {
  const note = state.about[id]?.note ?? null;
  return JSON.stringify([verdictIn(state, id), state.edits[id] ?? null, note, state.added.find((one) => one.id === id) ?? null]);
}

/** Takes up the reviews of an exported JSON; says how many, and which documents or records are not here. */
function loadReviews(text) {
  let documents;
  try {
    ({ documents } = JSON.parse(text));
    if (!documents.every((one) => one.document && Array.isArray(one.targets))) throw new TypeError();
  } catch {
    return say(t("notReviews"));
  }
  const sum = { taken: 0, against: 0, lost: 0 };
  for (const source of documents) {
    const view = app.views.find((one) => one.facts.sha256 === source.document.sha256);
    const other = takeApart(source).state;
    if (view) takeUp(view, other, sum);
    else sum.lost += Object.keys(other.about).length;
  }
  showView(app.view);
  say(t("loaded", sum.taken, sum.against, sum.lost));
}

function takeUp(view, other, sum) {
  const known = new Set([...view.targets, ...view.corrections.state.added, ...other.added].map((target) => target.id));
  for (const id of Object.keys(other.about)) {
    if (known.has(id)) continue;
    sum.lost += 1;
    delete other.about[id];
  }
  other.added = other.added.filter((one) => view.text.slice(view.points.unit(one.start), view.points.unit(one.end)) === one.quote);
  view.corrections.change(Object.keys(other.about), (state) => {
    const { taken, against } = mergeState(state, other);
    sum.taken += taken;
    sum.against += against;
  });
}

/** The reviews of a document as its JSON has them, by the ids of the records. */
function reviewsOf(view) {
  const { state } = view.corrections;
  const originals = new Map(view.targets.map((target) => [target.id, target]));
  const reviews = {};
  for (const { id } of view.corrections.targets(view)) {
    const verdict = verdictIn(state, id);
    const about = state.about[id];
    if (verdict === "open" && !about?.note) continue;
    const before = Object.keys(state.edits[id] ?? {}).map((name) => [name, originals.get(id)[name]]);
    reviews[id] = {
      verdict: verdict === "open" ? null : verdict, reviewer: about?.reviewer ?? (reviewerName() || null),
      time: about?.time ?? null, note: about?.note ?? null, before: Object.fromEntries(before),
    };
  }
  return reviews;
}

function showLoad() {
  const input = element("input", { type: "file", accept: ".json,application/json", onchange: async (event) => {
    const [file] = event.target.files;
    if (file) loadReviews(await file.text());
  } });
  input.click();
}
