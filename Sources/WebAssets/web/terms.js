// Pieces of the query language that the page writes.

/** A value as the language takes it: with quotation marks if it has spaces or signs. */
export const quoted = (value) => /^[\p{L}\p{N}_./-]+$/u.test(value) ? value : `"${value.replace(/"/g, '""')}"`;

export const term = (field, value) => `${field}:${quoted(value)}`;

function placeOf(query, wanted) {
  for (let at = query.indexOf(wanted); at >= 0; at = query.indexOf(wanted, at + 1)) {
    const before = query[at - 1], after = query[at + wanted.length];
    if ((before === undefined || /\s/.test(before)) && (after === undefined || /\s/.test(after))) return at;
  }
  return -1;
}

export const hasTerm = (query, wanted) => placeOf(query, wanted) >= 0;

/** Adds a term to a query, or takes it away. A query with OR is put in parentheses. */
export function toggled(query, wanted) {
  const at = placeOf(query, wanted);
  if (at >= 0) return (query.slice(0, at) + query.slice(at + wanted.length)).replace(/\s+/g, " ").trim();
  const text = query.trim();
  const whole = /(^|\s)OR(\s|$)/.test(text) && !/^\(.*\)$/.test(text) ? `(${text})` : text;
  return whole ? `${whole} ${wanted}` : wanted;
}

/** The query while it is typed: the last word also finds longer ones. */
export function whileTyping(text) {
  return /(^|[\s(])-?[\p{L}\p{N}]{2,}$/u.test(text) && !/(^|\s)(OR|AND|NOT)$/.test(text)
    && (text.match(/"/g) ?? []).length % 2 === 0 ? text + "*" : text;
}
