"use strict";
// Amounts and days as a person types or selects them: 7232亿元, 1,200, 1.2万, 两所, 2025年6月底前. They are proposals that
// stand in a form for the reviewer to see; what the rules read is not read here again.

const SIZES = { 十: 10, 百: 100, 千: 1e3, 万: 1e4, 亿: 1e8, 万亿: 1e12 };
const DIGITS = "零一二三四五六七八九";
const NUMBER = /(-?\d[\d,]*(?:\.\d+)?|[零一二两三四五六七八九十百千]+)((?:万亿|千亿|百亿|十亿|千万|百万|十万|亿|万|千|百)?)/;
const BEFORE = [[/(?:不低于|不少于|至少|不小于)$/, ">="], [/(?:不超过|不高于|不大于|至多)$/, "<="], [/(?:超过|突破|超|逾)$/, ">"], [/(?:低于|不足|少于)$/, "<"], [/(?:近|约|接近)$/, "~"]];
const BEHIND = [[/^(?:以上|及以上)/, ">="], [/^(?:以下|以内|之内)/, "<="], [/^(?:左右|上下)/, "~"]];

/** The first amount of a text: {value, unit, kind, at, end}, unit and kind null where none is known; null for none. */
function readAmount(text) {
  const plainText = text.normalize("NFKC").replaceAll("，", ",");
  const match = plainText.match(NUMBER);
  if (!match) return null;
  const [whole, digits, size] = match;
  const number = /\d/.test(digits) ? Number(digits.replaceAll(",", "")) : readHanzi(digits);
  if (!Number.isFinite(number)) return null;
  const value = Number((number * sizeOf(size)).toPrecision(15));
  const rest = plainText.slice(match.index + whole.length).replace(/^[余多几]/, "");
  const spelling = longestUnit(rest);
  const [kind, unit] = spelling ? DATA.units[spelling] : [null, null];
  return { value, unit, kind, at: match.index, end: plainText.length - rest.length + (spelling?.length ?? 0) };
}

/** What 百万, 亿 and their like multiply by; 1 for nothing. */
function sizeOf(size) {
  return Object.hasOwn(SIZES, size) ? SIZES[size] : [...size].reduce((product, one) => product * SIZES[one], 1);
}

/** A number in hanzi below ten thousand: 两, 十二, 三百五十. */
function readHanzi(text) {
  let sum = 0;
  let digit = 0;
  for (const char of text.replaceAll("两", "二")) {
    if (DIGITS.includes(char)) digit = DIGITS.indexOf(char);
    else {
      sum += (digit || 1) * SIZES[char];
      digit = 0;
    }
  }
  return sum + digit;
}

/** The longest spelling of a unit that a text begins with. */
function longestUnit(text) {
  for (let length = Math.min(8, text.length); length > 0; length -= 1) {
    if (Object.hasOwn(DATA.units, text.slice(0, length))) return text.slice(0, length);
  }
  return null;
}

/** The comparator that the words on either side of an amount say. */
function comparatorAround(before, behind) {
  const found = BEHIND.find(([words]) => words.test(behind)) ?? BEFORE.find(([words]) => words.test(before));
  return found ? found[1] : "=";
}

/** The time that a sentence says, else the document's own for a plan: {text, start, end, basis}, or null. */
function timeIn(sentence, period) {
  const match = sentence.match(/(?:到|至)?((?:19|20)\d\d)年(?:(\d{1,2})月(?:(\d{1,2})日)?)?[底末]?(?:之?前)?/);
  if (match) return { text: match[0], ...daysOf(match), basis: "explicit" };
  if (!period) return null;
  const words = sentence.match(/(?:今年|年内|年底前|年底|年末)/);
  return { text: words ? words[0] : null, start: period.start, end: period.end, basis: words ? "explicit" : "document" };
}

/** The first and last day; only the last where the words are a limit. */
function daysOf([words, year, month, day]) {
  const last = new Date(Date.UTC(Number(year), month ? Number(month) : 12, 0)).getUTCDate();
  const two = (number) => String(number).padStart(2, "0");
  const start = `${year}-${two(month ?? 1)}-${two(day ?? 1)}`;
  const end = `${year}-${two(month ?? 12)}-${two(day ?? last)}`;
  return { start: /[底末前到至]/.test(words) ? null : start, end };
}
