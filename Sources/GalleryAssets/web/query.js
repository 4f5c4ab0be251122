// The query language of the seedbank command, as far as a page can answer it. docs/search.md describes it.

import { readDate } from "./dates.js";
import { isMeasured } from "./dom.js";
import { folded, foldedName, wordsOf } from "./fold.js";

/** A query that cannot be answered; the message is shown under the search field. */
export class QueryError extends Error {}

/** The maximum depth of parentheses. Deeper ones are left out, so that a query does not overflow the stack. */
const deepest = 64;

/** The entry for a typed name. Every object also has names such as `constructor`, which are no entries. */
const entry = (entries, name) => Object.hasOwn(entries, name.toLowerCase()) ? entries[name.toLowerCase()] : undefined;

/** The end of a word: the next space, or the parenthesis that closes a group. Its own parentheses are text. */
function endOfWord(text, start, isInGroup) {
  let end = start, inner = 0;
  for (; end < text.length && !/\s/.test(text[end]); end++) {
    if (text[end] === "(") inner++;
    if (text[end] !== ")") continue;
    if (inner > 0) inner--; else if (isInGroup) break;
  }
  return end;
}

/** Splits a query into parentheses, exclusions and terms; text in quotation marks stays together. */
function lex(text) {
  const tokens = [], quoted = /((?:[a-z0-9]+:=?)?)"((?:[^"]|"")*)"?(\*?)/iy;
  let depth = 0;
  for (let at = 0; at < text.length;) {
    const sign = text[at], next = text[at + 1] ?? " ";
    quoted.lastIndex = at;
    const match = quoted.exec(text);
    if (/\s/.test(sign)) {
      at++;
    } else if (sign === "(" || sign === ")") {
      // One that is too deep, or that closes nothing, has no meaning.
      if (sign === "(" ? depth < deepest : depth > 0) {
        tokens.push({ bracket: sign });
        depth += sign === "(" ? 1 : -1;
      }
      at++;
    } else if (sign === "-" && !/\s/.test(next) && !(next === ")" && depth > 0)) {
      tokens.push({ word: "NOT" });
      at++;
    } else if (match) {
      const [, field, phrase, star] = match;
      tokens.push({
        field: field.replace(/:=?$/, ""), isExact: field.endsWith("="), text: phrase.replace(/""/g, '"'), isPhrase: true,
        isPrefix: Boolean(star),
      });
      at = quoted.lastIndex;
    } else {
      const end = endOfWord(text, at, depth > 0);
      tokens.push({ word: text.slice(at, end), end });
      at = end;
    }
  }
  return tokens;
}

class Parser {
  constructor(text, isTyping) {
    this.tokens = lex(text);
    // The word that is being typed also finds longer words.
    const last = this.tokens.at(-1);
    if (isTyping && last?.word && last.end === text.length) last.isOpen = true;
    this.at = 0;
    this.notes = [];
  }

  get next() { return this.tokens[this.at]; }

  either() {
    const parts = [this.all()];
    while (this.next?.word === "OR") {
      this.at++;
      parts.push(this.all());
    }
    const tests = parts.filter(Boolean);
    return tests.length > 1 ? (item) => tests.some((test) => test(item)) : tests[0];
  }

  all() {
    const tests = [];
    while (this.next && this.next.word !== "OR" && this.next.bracket !== ")") {
      if (this.next.word === "AND") { this.at++; continue; }
      const test = this.one();
      if (test) tests.push(test);
    }
    return tests.length > 1 ? (item) => tests.every((test) => test(item)) : tests[0];
  }

  one() {
    // Many exclusions in a row would overflow the stack with one call for each.
    let isNot = false;
    for (; this.next?.word === "NOT"; this.at++) isNot = !isNot;
    const test = this.next && this.next.bracket !== ")" ? this.operand() : null;
    return test && isNot ? (item) => !test(item) : test;
  }

  operand() {
    const token = this.tokens[this.at++];
    if (!token.bracket) return this.term(token);
    const test = this.either();
    if (this.next?.bracket === ")") this.at++;
    return test;
  }

  term(token) {
    if (token.isPhrase) {
      const test = token.field ? this.field(token.field, token.text, token) : undefined;
      return test !== undefined ? test : textTest(haystack, `${token.field} ${token.text}`, token.isPrefix);
    }
    const { word } = token;
    const split = /^([a-z0-9]+):(.+)$/i.exec(word);
    const test = split ? this.field(split[1], split[2], token) : undefined;
    return test !== undefined ? test : textTest(haystack, word, word.endsWith("*") || token.isOpen);
  }

  /** The test of a field; null if the value has no words, undefined if no field has that name. */
  field(name, value, token) {
    const field = entry(fields, name);
    if (field) return field(value, token);
    if (elsewhere.has(name.toLowerCase())) {
      throw new QueryError(`This page cannot search by “${name}:”. Use seedbank search in the library.`);
    }
    // An address or a time is not meant as a field.
    if (/^[a-z]+$/i.test(name) && !value.startsWith("/")) {
      this.notes.push(`“${name}:” is not a field; it is searched as text.`);
    }
    return undefined;
  }
}

/** What only the library knows. */
const elsewhere = new Set([
  "status", "search", "similar", "raw", "negative", "settings", "tool", "provider", "reference",
]);

/** All words of one image; no phrase reaches from one text into the next. */
function haystack(item) {
  item.hay ??= [item.prompt, ...item.tags, item.note ?? ""].map(folded).join("|");
  return item.hay;
}

function textTest(hay, text, isPrefix) {
  const words = wordsOf(text);
  if (!words.length) return null;
  const needle = " " + words.join(" ") + (isPrefix ? "" : " ");
  return (item) => hay(item).includes(needle);
}

const wrong = (name, takes) => { throw new QueryError(`“${name}:” takes ${takes}.`); };

/** A test of names: in `value`, `*` means any text, and `\*` a star. Case and accents are ignored. */
function pattern(value) {
  const pieces = [""];
  for (const piece of value.match(/\\\*|\*|\\|[^\\*]+/g) ?? []) {
    if (piece === "*") pieces.push(""); else pieces[pieces.length - 1] += piece === "\\*" ? "*" : piece;
  }
  const [first, ...middle] = pieces.map(foldedName), last = middle.pop();
  return (name) => {
    const text = foldedName(name);
    if (last === undefined) return text === first;
    const end = text.length - last.length;
    if (first.length > end || !text.startsWith(first) || !text.endsWith(last)) return false;
    // Using the first match of each piece leaves the most text for the pieces after it.
    let at = first.length;
    return middle.every((piece) => {
      const found = text.indexOf(piece, at);
      at = found + piece.length;
      return found >= 0 && at <= end;
    });
  };
}

/** A tag and the tags above it: `a`, `a/b` and `a/b/c`. */
export const namesIn = (tag) => tag.split("/").map((_, index, levels) => levels.slice(0, index + 1).join("/"));

/** `5`, `1..9`, `1..`, `..9`, `>=5`, `<5` as a test of a value, or null. */
function range(value, read) {
  const compared = /^(>=|<=|>|<)(.+)$/.exec(value);
  if (compared) {
    const bound = read(compared[2]);
    if (bound == null) return null;
    switch (compared[1]) {
      case ">=": return (x) => x >= bound.from;
      case ">": return (x) => x >= bound.after;
      case "<=": return (x) => x < bound.after;
      default: return (x) => x < bound.from;
    }
  }
  const [low, high] = value.includes("..") ? value.split("..") : [value, value];
  if (!low && !high) return null;
  const [from, to] = [low ? read(low) : undefined, high ? read(high) : undefined];
  if (from === null || to === null) return null;
  return (x) => (!from || x >= from.from) && (!to || x < to.after);
}

/** A number as the span of values that it means, for whole numbers of any size and fractions. */
function readWhole(text) {
  if (!/^-?\d+$/.test(text)) return null;
  const value = BigInt(text);
  return { from: value, after: value + 1n };
}
function readNumber(text) {
  const value = Number(text);
  return text.trim() === "" || !Number.isFinite(value) ? null : { from: value, after: value + Math.max(Math.abs(value), 1) * 1e-12 };
}

function numberField(name, takes, valueOf, { read = readNumber, allowsNone = true } = {}) {
  return (value) => {
    if (allowsNone && value.toLowerCase() === "none") return (item) => valueOf(item) == null;
    const test = range(value, read) ?? wrong(name, takes);
    return (item) => { const own = valueOf(item); return own != null && test(read === readWhole ? BigInt(own) : Number(own)); };
  };
}

const dates = "a date as in 2026, 2026-11, 2026-11-15, today or 7d, or a range as in 2026-11-01..2026-11-15";
function dateField(name, make) {
  return (value) => {
    const lower = value.toLowerCase();
    const test = make(lower) ?? wrong(name, dates);
    return (item) => item.created != null && test(Date.parse(item.created));
  };
}

const states = {
  favorite: (item) => item.favorite, favourite: (item) => item.favorite, complete: () => true,
  reproduction: (item) => item.parent != null,
};
const parts = {
  note: (item) => item.note, tag: (item) => item.tags.length, prompt: (item) => item.prompt, image: () => true,
  seed: (item) => item.seed != null,
};
function wordField(name, tests) {
  return (value) => {
    const test = entry(tests, value);
    return test ? (item) => Boolean(test(item)) : wrong(name, Object.keys(tests).join(", ") + " on this page");
  };
}

const inText = (hay) => (value, token) => textTest(hay, value, token.isPrefix || value.endsWith("*"));
const pixels = "a number of pixels or a range, as in >=1024 or 512..1024";
const stars = numberField("rating", "1 to 5, a range as in >=4, or none", (item) => item.rating || null);

const fields = {
  tag(value, token) {
    // Within quotation marks, "=" is a part of the name.
    const isExact = token.isPhrase ? token.isExact : value.startsWith("=");
    const typed = isExact && !token.isPhrase ? value.slice(1) : value;
    const wanted = typed.split("/").map((level) => level.trim()).filter(Boolean).join("/");
    if (!wanted) wrong("tag", "a tag's name, as in client/acme, or =NAME for that tag alone");
    const test = pattern(wanted);
    return (item) => item.tags.some((tag) => isExact ? test(tag) : namesIn(tag).some(test));
  },
  collection(value) {
    const wanted = foldedName(value);
    return (item) => item.collections.some((name) => foldedName(name) === wanted);
  },
  seed(value) {
    if (/^-?\d+\*$/.test(value)) return (item) => item.seed != null && String(item.seed).startsWith(value.slice(0, -1));
    return numberField("seed", "a whole number, its first digits as in 12*, a range as in 1..100 or >=5, or none",
      (item) => item.seed, { read: readWhole })(value);
  },
  model(value) {
    if (value.toLowerCase() === "none") return (item) => !item.model;
    const test = pattern(value);
    return (item) => item.model != null && test(item.model);
  },
  size(value) {
    const wanted = value.toLowerCase().replace("×", "x");
    if (wanted === "none") return (item) => !isMeasured(item) && !item.size;
    return (item) => (isMeasured(item) && `${item.w}x${item.h}` === wanted) || item.size?.toLowerCase() === wanted;
  },
  width: numberField("width", pixels, (item) => isMeasured(item) ? item.w : null, { allowsNone: false }),
  height: numberField("height", pixels, (item) => isMeasured(item) ? item.h : null, { allowsNone: false }),
  ratio(value) {
    const shape = entry({ portrait: (r) => r < 1, landscape: (r) => r > 1, square: (r) => r === 1 }, value);
    if (shape) return (item) => isMeasured(item) && shape(item.w / item.h);
    const numbers = /^(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)$/.exec(value);
    if (!numbers || Number(numbers[2]) === 0) wrong("ratio", "portrait, landscape, square or two numbers, as in 16:9");
    const wanted = numbers[1] / numbers[2];
    return (item) => isMeasured(item) && Math.abs(item.w / item.h / wanted - 1) <= .02;
  },
  guidance: numberField("guidance", "a number or a range, as in 2.5 or 2..3.5, or none", (item) => item.guidance),
  watermark(value) {
    const found = [/^(yes|true|on|1)$/i, /^(no|false|off|0)$/i, /^none$/i].findIndex((words) => words.test(value));
    if (found < 0) wrong("watermark", "yes, no or none");
    const wanted = [true, false, null][found];
    return (item) => (item.watermark ?? null) === wanted;
  },
  rating: (value) => stars(value === "0" ? "none" : value),
  is: wordField("is", states),
  has: wordField("has", parts),
  created: dateField("created", (value) => {
    const now = Date.now(), single = readDate(value, now);
    return single?.isAge ? (time) => time >= single.from && time <= now : range(value, readDate);
  }),
  before: dateField("before", (value) => { const date = readDate(value); return date && ((time) => time < date.from); }),
  after: dateField("after", (value) => { const date = readDate(value); return date && ((time) => time >= date.after); }),
  text: inText(haystack),
  note: inText((item) => folded(item.note ?? "")),
  prompt: inText((item) => folded(item.prompt)),
  parent: (value) => (item) => item.parent === "#" + value.replace(/^#/, ""),
  id(value) {
    if (/^\d+\.\d+$/.test(value)) return (item) => item.id === value;
    return numberField("id", "the id of a generation or a range, as in 10..20",
      (item) => item.id.split(".")[0], { read: readWhole, allowsNone: false })(value.replace(/^#/, ""));
  },
  sha256: (value) => (item) => item.sha256.startsWith(value.toLowerCase()),
  format(value) {
    const wanted = value.toLowerCase().replace("jpeg", "jpg");
    return (item) => item.file.toLowerCase().endsWith("." + wanted);
  },
  verdict: (value) => (item) => item.verdict === value.toLowerCase(),
};

/**
 * Reads a query. `test` is undefined if the query asks for nothing; `notes` are sentences for people.
 * `isTyping` lets the last word find longer ones too.
 */
export function readQuery(text, isTyping = false) {
  const parser = new Parser(text, isTyping);
  // Signs alone are nothing to look for, and nothing is found.
  const test = parser.either() ?? (text.trim() ? () => false : undefined);
  return { test, notes: parser.notes };
}
