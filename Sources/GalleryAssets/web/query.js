// The query language of the seedbank command, as far as a page can answer it. docs/search.md describes it.

import { folded, wordsOf } from "./fold.js";

/** A query that cannot be answered; the message is shown under the search field. */
export class QueryError extends Error {}

const sizeOf = (item) => `${item.w}x${item.h}`;
const day = 86_400_000;

/** Splits a query into parentheses and terms; text in quotation marks stays together. */
function lex(text) {
  const tokens = [];
  const term = /\s*(?:([()])|(-?)((?:[a-z0-9]+:=?)?)"((?:[^"]|"")*)("?)(\*?)|([^\s()"]+))/giy;
  let match;
  while ((match = term.exec(text)) && match[0]) {
    const [, bracket, minus, field, quoted, , star, word] = match;
    if (bracket) tokens.push({ bracket });
    else if (word == null) tokens.push({ minus: Boolean(minus), field, text: quoted.replace(/""/g, '"'), isPhrase: true, isPrefix: Boolean(star) });
    else tokens.push({ word, end: term.lastIndex });
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
    const token = this.tokens[this.at++];
    if (token.word === "NOT" || (token.word === "-" && this.next?.bracket === "(")) {
      const test = this.next && this.next.bracket !== ")" ? this.one() : null;
      return test && ((item) => !test(item));
    }
    if (token.bracket === "(") {
      const test = this.either();
      if (this.next?.bracket === ")") this.at++;
      return test;
    }
    if (token.bracket) return null;
    const isNot = token.minus || (token.word?.length > 1 && token.word.startsWith("-"));
    const test = this.term(token, isNot);
    return test && (isNot ? (item) => !test(item) : test);
  }

  term(token, isNot) {
    if (token.isPhrase) {
      const [, name, exact] = /^(?:([a-z0-9]+):(=?))?$/i.exec(token.field) ?? [];
      return name ? this.field(name, (exact ?? "") + token.text, token) : textTest(haystack, token.text, token.isPrefix);
    }
    const word = isNot ? token.word.slice(1) : token.word;
    const split = /^([a-z0-9]+):(.+)$/i.exec(word);
    if (split) {
      const test = this.field(split[1], split[2], token);
      if (test) return test;
    }
    return textTest(haystack, word, word.endsWith("*") || token.isOpen);
  }

  field(name, value, token) {
    const field = fields[name.toLowerCase()];
    if (field) return field(value, token);
    if (elsewhere.has(name.toLowerCase())) {
      throw new QueryError(`This page cannot search by “${name}:”. Use seedbank search in the library.`);
    }
    this.notes.push(`“${name}:” is not a field; it is searched as text.`);
    return null;
  }
}

/** What only the library knows. */
const elsewhere = new Set(["status", "search", "similar", "raw", "negative", "settings", "tool"]);

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

/** Text in which `*` stands for any text. */
function pattern(value) {
  const parts = value.split("*").map((part) => part.toLowerCase().replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const expression = new RegExp("^" + parts.join(".*") + "$", "su");
  return (text) => expression.test(text.toLowerCase());
}

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

/** A day, month, year or age in local time, as milliseconds from its start to its end. */
export function readDate(text, now = Date.now()) {
  const today = new Date(now);
  today.setHours(0, 0, 0, 0);
  const dayAfter = (date, days) => new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
  if (text === "today") return { from: today.getTime(), after: dayAfter(today, 1) };
  if (text === "yesterday") return { from: dayAfter(today, -1), after: today.getTime() };
  const age = /^(\d{1,4})([hdwmy])$/.exec(text);
  if (age) {
    const count = Number(age[1]);
    const start = { h: now - count * day / 24, d: now - count * day, w: now - 7 * count * day }[age[2]]
      ?? new Date(now).setMonth(new Date(now).getMonth() - count * (age[2] === "y" ? 12 : 1));
    return { from: start, after: start, isAge: true };
  }
  const parts = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(text);
  if (!parts) return null;
  const [year, month, date] = parts.slice(1).map((part) => part === undefined ? undefined : Number(part));
  if (month === 0 || month > 12 || date === 0 || date > new Date(year, month, 0).getDate()) return null;
  if (month === undefined) return { from: new Date(year, 0).getTime(), after: new Date(year + 1, 0).getTime() };
  if (date === undefined) return { from: new Date(year, month - 1).getTime(), after: new Date(year, month).getTime() };
  return { from: new Date(year, month - 1, date).getTime(), after: new Date(year, month - 1, date + 1).getTime() };
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
    const test = tests[value.toLowerCase()];
    return test ? (item) => Boolean(test(item)) : wrong(name, Object.keys(tests).join(", ") + " on this page");
  };
}

const plainText = (text) => wordsOf(text).join(" ");

const fields = {
  tag(value) {
    const isExact = value.startsWith("=");
    const wanted = value.replace(/^=/, "").split("/").map(plainText).join("/");
    return (item) => item.tags.some((tag) => {
      const own = tag.split("/").map(plainText).join("/");
      return own === wanted || (!isExact && own.startsWith(wanted + "/"));
    });
  },
  collection: (value) => {
    const wanted = plainText(value);
    return (item) => item.collections.some((name) => plainText(name) === wanted);
  },
  seed(value) {
    if (/^\d+\*$/.test(value)) return (item) => item.seed != null && String(item.seed).startsWith(value.slice(0, -1));
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
    if (wanted === "none") return (item) => !item.size;
    return (item) => sizeOf(item) === wanted || item.size?.toLowerCase() === wanted;
  },
  width: numberField("width", "a number of pixels or a range, as in >=1024 or 512..1024", (item) => item.w, { allowsNone: false }),
  height: numberField("height", "a number of pixels or a range, as in >=1024 or 512..1024", (item) => item.h, { allowsNone: false }),
  ratio(value) {
    const shape = { portrait: (r) => r < 1, landscape: (r) => r > 1, square: (r) => r === 1 }[value.toLowerCase()];
    if (shape) return (item) => shape(item.w / item.h);
    const numbers = /^(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)$/.exec(value);
    if (!numbers || Number(numbers[2]) === 0) wrong("ratio", "portrait, landscape, square or two numbers, as in 16:9");
    const wanted = numbers[1] / numbers[2];
    return (item) => Math.abs(item.w / item.h / wanted - 1) <= .02;
  },
  guidance: numberField("guidance", "a number or a range, as in 2.5 or 2..3.5, or none", (item) => item.guidance),
  watermark(value) {
    const wanted = { yes: true, no: false, none: undefined };
    if (!Object.hasOwn(wanted, value.toLowerCase())) wrong("watermark", "yes, no or none");
    return (item) => (item.watermark ?? undefined) === wanted[value.toLowerCase()];
  },
  rating: numberField("rating", "1 to 5, a range as in >=4, or none", (item) => item.rating || null),
  is: wordField("is", states),
  has: wordField("has", parts),
  created: dateField("created", (value) => {
    const single = readDate(value);
    return single?.isAge ? (time) => time >= single.from : range(value, readDate);
  }),
  before: dateField("before", (value) => { const date = readDate(value); return date && ((time) => time < date.from); }),
  after: dateField("after", (value) => { const date = readDate(value); return date && ((time) => time >= date.after); }),
  note: (value, token) => textTest((item) => folded(item.note ?? ""), value, token.isPrefix || value.endsWith("*")),
  prompt: (value, token) => textTest((item) => folded(item.prompt), value, token.isPrefix || value.endsWith("*")),
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
  const tests = [];
  while (parser.next) {
    const test = parser.either();
    if (test) tests.push(test);
    // A closing parenthesis that nothing opened is text without words.
    if (parser.next?.bracket === ")") parser.at++;
  }
  // Signs alone are nothing to look for, and nothing is found.
  if (!tests.length && text.trim()) tests.push(() => false);
  return { test: tests.length ? (item) => tests.every((test) => test(item)) : undefined, notes: parser.notes };
}
