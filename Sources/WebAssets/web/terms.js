// Pieces of the query language that the page reads and writes.

/** A value as the language takes it: with quotation marks if it has spaces or signs. */
export const quoted = (value) => /^[\p{L}\p{N}_./-]+$/u.test(value) ? value : `"${value.replace(/"/g, '""')}"`;

/** The fields in whose values a star means any text, unless a backslash precedes it. */
const fieldsWithStars = new Set(["tag", "model"]);

export const term = (field, value) =>
  `${field}:${quoted(fieldsWithStars.has(field) ? value.replace(/\*/g, "\\*") : value)}`;

const isSign = (part) => part === "-" || part === "NOT";
const isJoint = (part) => part === "AND" || part === "OR";

/**
 * The text up to the next space, or to the bracket that closes a group. It gets quotation marks if other text after it
 * could change how it is read.
 */
function bareTerm(query, at, isInGroup) {
  let end = at, inner = 0, isPaired = true;
  for (; end < query.length && !/\s/.test(query[end]); end++) {
    if (query[end] === "(") inner++;
    if (query[end] !== ")") continue;
    if (inner > 0) inner--; else if (isInGroup) break; else isPaired = false;
  }
  const text = query.slice(at, end), [, field, value] = /^((?:\w+:=?)?)(.*)$/s.exec(text);
  return { end, part: isPaired && inner === 0 && !value.startsWith('"') ? text : field + quoted(value) };
}

/** The parts of a query as the server reads them: paired brackets, operators and terms. */
function partsOf(query) {
  const parts = [], open = [], phrase = /(?:\w+:=?)?"(?:[^"]|"")*"(?!")\*?/y;
  for (let at = 0; at < query.length;) {
    const sign = query[at], next = query[at + 1] ?? " ";
    phrase.lastIndex = at;
    if (/\s/.test(sign)) {
      at++;
    } else if (sign === "(") {
      open.push(parts.length);
      parts.push(sign);
      at++;
    } else if (sign === ")") {
      // A pair without content has no meaning.
      if (open.at(-1) === parts.length - 1) parts.pop(); else if (open.length) parts.push(sign);
      open.pop();
      at++;
    } else if (sign === "-" && !/\s/.test(next) && !(next === ")" && open.length)) {
      parts.push(sign);
      at++;
    } else if (phrase.test(query)) {
      parts.push(query.slice(at, phrase.lastIndex));
      at = phrase.lastIndex;
    } else {
      const { end, part } = bareTerm(query, at, open.length > 0);
      // The space keeps a minus without a term apart from one that excludes a term.
      parts.push(part === "-" ? "- " : part);
      at = end;
    }
  }
  return parts.filter((_, index) => !open.includes(index));
}

/** The position of a term that is not excluded, or -1. */
function placeOf(parts, wanted) {
  const isExcluded = [false];
  let isNot = false;
  return parts.findIndex((part) => {
    if (isSign(part)) {
      isNot = !isNot;
      return false;
    }
    if (part === "(") isExcluded.push(isExcluded.at(-1) !== isNot);
    else if (part === ")") isExcluded.pop();
    const isFound = part === wanted && isExcluded.at(-1) === isNot;
    isNot = false;
    return isFound;
  });
}

/** The parts without the one at a position, and without brackets and operators that were only for it. */
function without(parts, place) {
  const left = parts.slice(0, place), right = parts.slice(place + 1);
  for (;;) {
    const before = left.at(-1), after = right[0];
    if (isSign(before)) {
      left.pop();
    } else if (before === "(" && after === ")") {
      left.pop();
      right.shift();
    } else if (isJoint(before) && (after === undefined || after === ")" || after === "OR")) {
      left.pop();
    } else if (isJoint(after) && (before === undefined || before === "(" || isJoint(before))) {
      right.shift();
    } else {
      return [...left, ...right];
    }
  }
}

const written = (parts) => parts.reduce((text, part, index) => {
  const before = parts[index - 1];
  return text + (index === 0 || part === ")" || ["(", "-", "- "].includes(before) ? "" : " ") + part;
}, "").trim();

/** Whether another term would be read as a part of the last alternative, or as the operand of the last operator. */
function isOpen(parts) {
  let depth = 0;
  const hasAlternatives = parts.some((part) => {
    depth += part === "(" ? 1 : part === ")" ? -1 : 0;
    return part === "OR" && depth === 0;
  });
  return hasAlternatives || isSign(parts.at(-1)) || isJoint(parts.at(-1));
}

/** Whether a query has a term, which is not excluded. */
export const hasTerm = (query, wanted) => placeOf(partsOf(query), wanted) >= 0;

/** Adds a term to a query, or takes it away. A query with alternatives is put in parentheses. */
export function toggled(query, wanted) {
  const parts = partsOf(query), place = placeOf(parts, wanted);
  if (place >= 0) return written(without(parts, place));
  const text = isOpen(parts) ? `(${written(parts)})` : written(parts);
  return text ? `${text} ${wanted}` : wanted;
}

/** The query while it is typed: the last word also finds longer ones. */
export function whileTyping(text) {
  return /(^|[\s(])-?[\p{L}\p{N}]{2,}$/u.test(text) && !/(^|\s)(OR|AND|NOT)$/.test(text)
    && (text.match(/"/g) ?? []).length % 2 === 0 ? text + "*" : text;
}
