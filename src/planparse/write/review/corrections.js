"use strict";

const VERDICTS = ["open", "accepted", "edited", "rejected", "added"];
const EDITED = { rule: "review.edited", confidence: 1, why: {} };

/**
 * What reviewers decided on one document, kept in the browser under the document's checksum.
 * `verdicts` maps a record's id to accepted or rejected, `edits` to the fields that were changed, `added` are new
 * records, `about` says of each by whom, when, and with which note.
 */
class Corrections {
  /** `given` is the state that the page was written with; what the browser has kept stands over it. */
  constructor(sha256, given) {
    this.key = `planparse.review.${sha256}`;
    this.given = given;
    this.past = [];
    this.kept = true; // false where the browser has no storage for this page
    this.state = this.load();
  }

  load() {
    try {
      const stored = JSON.parse(localStorage.getItem(this.key) ?? "{}");
      if (!Array.isArray(stored.added)) return this.given;
      const state = { ...emptyState(), ...stored };
      mergeState(state, this.given);
      return state;
    } catch {
      this.kept = storageWorks();
      return this.given;
    }
  }

  save() {
    try {
      localStorage.setItem(this.key, JSON.stringify(this.state));
    } catch {
      this.kept = false;
    }
  }

  /** Applies a change of some records to the state, so that it can be undone. */
  change(ids, apply) {
    this.past.push(ids.map((id) => [id, JSON.stringify(partsOf(this.state, id))]));
    apply(this.state);
    this.save();
  }

  /** Takes the last change back; false when there is none. */
  undo() {
    if (!this.past.length) return false;
    for (const [id, parts] of this.past.pop()) putParts(this.state, id, JSON.parse(parts));
    this.save();
    return true;
  }

  verdict(target) {
    return verdictIn(this.state, target.id);
  }

  /** A verdict on some records, as one change; the same verdict on a single one again takes it back. */
  judge(targets, verdict) {
    this.change(targets.map(({ id }) => id), (state) => {
      for (const { id } of targets) {
        if (targets.length === 1 && state.verdicts[id] === verdict) delete state.verdicts[id];
        else state.verdicts[id] = verdict;
        sign(state, id);
      }
    });
  }

  /** New field values of a record; whoever edits it has read it. */
  edit(target, fields) {
    this.change([target.id], (state) => {
      sign(state, target.id);
      const own = state.added.find((one) => one.id === target.id);
      if (own) return Object.assign(own, fields);
      delete state.verdicts[target.id];
      state.edits[target.id] = { ...state.edits[target.id], ...fields, ...EDITED };
    });
  }

  add(target) {
    this.change([target.id], (state) => {
      state.added.push(target);
      sign(state, target.id);
    });
  }

  remove(target) {
    this.change([target.id], (state) => { state.added = state.added.filter((one) => one.id !== target.id); });
  }

  note(target, text) {
    this.change([target.id], (state) => sign(state, target.id, text || null));
  }

  noteOf(target) {
    return this.state.about[target.id]?.note ?? "";
  }

  /** A record as it stands after the edits. */
  apply(target) {
    const fields = this.state.edits[target.id];
    return fields ? { ...target, ...fields } : target;
  }

  /** All records of a document as they stand, in reading order: the extracted ones and those added. */
  targets(view) {
    const all = [...view.targets.map((target) => this.apply(target)), ...this.state.added];
    return all.sort((one, two) => one.start - two.start || one.end - two.end);
  }
}

function emptyState() {
  return { verdicts: {}, edits: {}, added: [], about: {} };
}

/** What a state has of a record. */
function partsOf(state, id) {
  return {
    verdicts: state.verdicts[id], edits: state.edits[id], about: state.about[id],
    added: state.added.find((one) => one.id === id),
  };
}

/** Gives a state these parts of a record, and no others. */
function putParts(state, id, { added, ...parts }) {
  state.added = state.added.filter((one) => one.id !== id);
  if (added) state.added.push(added);
  for (const part of ["verdicts", "edits", "about"]) {
    if (parts[part] === undefined) delete state[part][id];
    else state[part][id] = parts[part];
  }
}

function verdictIn(state, id) {
  if (state.added.some((one) => one.id === id)) return "added";
  return state.verdicts[id] ?? (state.edits[id] ? "edited" : "open");
}

/** Writes down who says something of a record and when; the note stays when none is given. */
function sign(state, id, note = state.about[id]?.note ?? null) {
  state.about[id] = { reviewer: reviewerName() || null, time: new Date().toISOString(), note };
}

/** The name of whoever uses the page, kept in the browser. */
function reviewerName() {
  try {
    return localStorage.getItem("planparse.reviewer") ?? "";
  } catch {
    return "";
  }
}

function setReviewer(name) {
  try {
    localStorage.setItem("planparse.reviewer", name.trim());
  } catch {
    // what is not kept is asked for again
  }
}

function storageWorks() {
  try {
    localStorage.setItem("planparse.review", "");
    localStorage.removeItem("planparse.review");
    return true;
  } catch {
    return false;
  }
}
