// Text as search sees it: words in folded form, by the rules that docs/search.md describes.

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u30fc]/u;
const dropped = /[\u{1F3FB}-\u{1F3FF}\uFE00-\uFE0F\u00AD\u200B\u{E0020}-\u{E007F}]/u;
const plain = { "ß": "ss", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i" };
const piece = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u30fc]\p{M}*|[\p{L}\p{N}\p{M}]|\p{Extended_Pictographic}|\p{Regional_Indicator}/gu;

/** One character without case and accents, where its script allows that. */
function foldLetter(character) {
  const lower = character.toLowerCase().replace(/\u0307$/, "");
  if (plain[lower]) return plain[lower];
  const parts = lower.normalize("NFD");
  if (/^[\p{Script=Latin}\p{Script=Greek}]/u.test(parts)) return parts.replace(/\p{M}/gu, "").replace(/ς/g, "σ");
  if (/^\p{Script=Cyrillic}/u.test(parts)) return parts.replace(/[\u0300\u0301\u0308]/gu, "").normalize("NFC");
  return lower;
}

/** Accents and points, which are ignored. Vowel signs are part of their word. */
const isDroppedMark = (character) =>
  /\p{M}/u.test(character) && /[\p{Script=Inherited}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Latin}]/u.test(character);

/** The words of a text; characters of scripts without spaces and emoji are words of their own. */
export function wordsOf(text) {
  const words = [];
  let word = "";
  let end = 0;
  const close = () => { if (word) words.push(word); word = ""; };
  const clean = text.normalize("NFKC");
  for (const match of clean.matchAll(piece)) {
    const between = clean.slice(end, match.index);
    if (between && ![...between].every((character) => dropped.test(character))) close();
    end = match.index + match[0].length;
    const character = match[0];
    if (dropped.test(character)) continue;
    if (/\p{M}/u.test(character) && character.length === 1) {
      if (word && !isDroppedMark(character)) word += character;
    } else if (unspaced.test(character)) {
      close();
      words.push(character.normalize("NFC"));
    } else if (/[\p{L}\p{N}]/u.test(character)) {
      word += foldLetter(character);
    } else {
      close();
      words.push(character);
    }
  }
  close();
  return words;
}

/** Words parted by single spaces, with one at either end, so that whole words and phrases are substrings. */
export const folded = (text) => " " + wordsOf(text).join(" ") + " ";

/** A name without case and accents. Unlike between words, spaces and punctuation count. */
export function foldedName(name) {
  if (/^[ -~]*$/.test(name)) return name.toLowerCase();
  return [...name.normalize("NFKC")].map((character) => {
    if (character < "\x80") return character.toLowerCase();
    if (/\p{Cf}/u.test(character) || dropped.test(character) || isDroppedMark(character)) return "";
    return /[\p{P}\p{Z}]/u.test(character) ? "\0" : foldLetter(character);
  }).join("");
}
