"use strict";

/**
 * A text whose offsets are code points, as in the output of planparse. JavaScript counts UTF-16 units, in which a
 * character outside the basic plane (a rare hanzi, say) counts two.
 */
class CodePoints {
  constructor(text) {
    this.text = text;
    this.pairs = []; // the units at which such characters begin
    for (const match of text.matchAll(/[\u{10000}-\u{10ffff}]/gu)) this.pairs.push(match.index);
  }

  /** The unit at which a code point begins. */
  unit(point) {
    return point + countUntil(this.pairs.length, (i) => this.pairs[i] - i < point);
  }

  /** The code point that begins at a unit. */
  point(unit) {
    return unit - countUntil(this.pairs.length, (i) => this.pairs[i] < unit);
  }
}

/** How many of the first whole numbers below `size` a test holds for, which holds for a beginning of them only. */
function countUntil(size, holds) {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

// What Python's str.isspace() calls white space, and the marks that have no width: gold files leave both out.
const UNSEEN = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200d\u2028\u2029\u202f\u205f\u3000\ufeff]/g;

/** The text without white space and invisible marks. */
function squeeze(text) {
  return text.replace(UNSEEN, "");
}
