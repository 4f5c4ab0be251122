// What is searched, and how typed words are read: the folding of the seedbank command, in the small.

/** Lower case without accents: what people type and what prompts say meet in the middle. */
function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase()
    .replace(/ß/g, "ss").replace(/ø/g, "o").replace(/ł/g, "l").replace(/æ/g, "ae").replace(/œ/g, "oe");
}

const wordless = /[^\p{L}\p{N}]+/gu;
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

/** All that is looked for in one picture, its words parted by single spaces. */
function haystack(item) {
  item.hay ??= " " + fold([item.prompt, item.tags.join(" "), item.note ?? "", item.seed ?? ""].join(" "))
    .replace(wordless, " ");
  return item.hay;
}

/** Words, "phrases", -without, tag: seed: model: size: id: as a list of tests that all must hold. */
function readQuery(text) {
  const terms = text.match(/-?(?:\w+:)?"[^"]*"?|\S+/g) ?? [];
  return terms.map(readTerm).filter(Boolean);
}

function readTerm(term) {
  const negative = term.length > 1 && term.startsWith("-");
  const rest = negative ? term.slice(1) : term;
  const field = /^(tag|seed|model|size|id):(.+)$/i.exec(rest);
  const test = field ? fieldTest(field[1].toLowerCase(), field[2].replace(/"/g, "")) : wordTest(rest);
  return test && (negative ? (item) => !test(item) : test);
}

function fieldTest(field, value) {
  const wanted = fold(value);
  switch (field) {
    case "tag": return (item) => item.tags.some((tag) => isUnder(fold(tag), wanted));
    case "seed": return wanted.endsWith("*")
      ? (item) => String(item.seed ?? "").startsWith(wanted.slice(0, -1))
      : (item) => String(item.seed ?? "") === wanted;
    case "model": return (item) => fold(item.model ?? "").startsWith(wanted.replace(/\*$/, ""));
    case "size": return (item) => `${item.w}x${item.h}` === wanted;
    default: return (item) => item.id === wanted || item.id.startsWith(wanted + ".");
  }
}

/** A word is found where a word begins, so that it matches while it is typed; scripts without spaces anywhere. */
function wordTest(text) {
  const words = fold(text).replace(wordless, " ").trim();
  if (!words) return null;
  const needle = unspaced.test(words) ? words : " " + words;
  return (item) => haystack(item).includes(needle);
}

function isUnder(tag, wanted) {
  return tag === wanted || tag.startsWith(wanted + "/");
}
