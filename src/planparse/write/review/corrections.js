"use strict";

const VERDICTS = ["open", "accepted", "edited", "rejected", "added"];

/**
 * What a reviewer decided on one document, kept in the browser under the document's checksum.
 * `verdicts` maps a record's id to accepted or rejected, `edits` to the fields that were changed, `added` are new records.
 */
class Corrections {
  constructor(sha256) {
    this.key = `planparse.review.${sha256}`;
    this.past = [];
    this.kept = true; // false where the browser has no storage for this page
    this.state = this.load();
  }

  load() {
    const empty = { verdicts: {}, edits: {}, added: [] };
    try {
      const stored = JSON.parse(localStorage.getItem(this.key) ?? "{}");
      return Array.isArray(stored.added) ? { ...empty, ...stored } : empty;
    } catch {
      this.kept = storageWorks();
      return empty;
    }
  }

  save() {
    try {
      localStorage.setItem(this.key, JSON.stringify(this.state));
    } catch {
      this.kept = false;
    }
  }

  /** Applies a change to the state, so that it can be undone. */
  change(apply) {
    this.past.push(JSON.stringify(this.state));
    apply(this.state);
    this.save();
  }

  /** Takes the last change back; false when there is none. */
  undo() {
    if (!this.past.length) return false;
    this.state = JSON.parse(this.past.pop());
    this.save();
    return true;
  }

  verdict(target) {
    if (this.state.added.some((one) => one.id === target.id)) return "added";
    return this.state.verdicts[target.id] ?? (this.state.edits[target.id] ? "edited" : "open");
  }

  /** A verdict on a record; the same verdict again takes it back. */
  judge(target, verdict) {
    this.change((state) => {
      if (state.verdicts[target.id] === verdict) delete state.verdicts[target.id];
      else state.verdicts[target.id] = verdict;
    });
  }

  /** New field values of a record; whoever edits it has read it. */
  edit(target, fields) {
    this.change((state) => {
      const own = state.added.find((one) => one.id === target.id);
      if (own) return Object.assign(own, fields);
      delete state.verdicts[target.id];
      state.edits[target.id] = { ...state.edits[target.id], ...fields };
    });
  }

  add(target) {
    this.change((state) => state.added.push(target));
  }

  remove(target) {
    this.change((state) => { state.added = state.added.filter((one) => one.id !== target.id); });
  }

  /** A record as it stands after the edits. */
  apply(target) {
    const fields = this.state.edits[target.id];
    return fields ? { ...target, ...fields, rule: "review.edited", confidence: 1, why: {} } : target;
  }

  /** All records of a document as they stand, in reading order: the extracted ones and those added. */
  targets(view) {
    const all = [...view.targets.map((target) => this.apply(target)), ...this.state.added];
    return all.sort((one, two) => one.start - two.start || one.end - two.end);
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
