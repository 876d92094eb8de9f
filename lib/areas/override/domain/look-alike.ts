import { readableOf } from "@/lib/kernel/words/text";
import { isSameOwner } from "./owner";

/**
 * Letters and signs that are drawn like an ASCII one in most typefaces, of the scripts that tags are written in: the one-to-one rows of
 * Unicode's confusables.txt (UTS #39) for Cyrillic, Greek, Armenian, and the Latin and signs beyond ASCII. What Unicode itself calls
 * compatible (full width, ligatures, mathematical letters) is folded by NFKC.
 */
const drawnAs: Readonly<Record<string, string>> = {
  A: "АΑᎪ",
  B: "ВΒᏴ",
  C: "СϹᏟ",
  D: "ᎠᗞԀ",
  E: "ЕΕᎬ",
  F: "Ϝᖴ",
  G: "ԌᏀ",
  H: "НΗᎻ",
  I: "ІΙӀ",
  J: "ЈᎫ",
  K: "КΚᏦ",
  L: "ᏞԼ",
  M: "МΜᎷ",
  N: "Ν",
  O: "ОΟՕ",
  P: "РΡᏢ",
  Q: "Ԛ",
  R: "ᎡᏒ",
  S: "ЅՏᏚ",
  T: "ТΤᎢ",
  U: "ՍԱ",
  V: "ѴᏙ",
  W: "ԜᎳ",
  X: "ХΧ",
  Y: "УΥҮ",
  Z: "ΖᏃ",
  a: "аαɑ",
  b: "Ьƅ",
  c: "сϲ",
  d: "ԁ",
  e: "еҽ",
  f: "ƒẝ",
  g: "ɡց",
  h: "һհ",
  i: "іıɩιɪ",
  j: "јϳյ",
  k: "κ",
  l: "ӏǀ",
  n: "ոռ",
  o: "оοօσ",
  p: "рρ",
  q: "ԛզ",
  r: "гᴦ",
  s: "ѕꜱ",
  u: "υսᴜ",
  v: "νѵᴠ",
  w: "ѡԝա",
  x: "хχ",
  y: "уγүʏ",
  z: "ᴢ",
  ":": "∶ː։׃ꓽ",
  "-": "‐‑‒–⁃−",
  "/": "⁄∕",
  ".": "․",
  _: "ߺ",
  "'": "’‘ʼ",
  ",": "‚",
};
const asDrawn = new Map(
  Object.entries(drawnAs).flatMap(([ascii, others]) => [...others].map((other) => [other, ascii] as const)),
);

/** What a right-to-left override turns round until it is taken back. */
const turned = /\u202e([^\u202c]*)\u202c?/g;

const drawn = (text: string): string => {
  const compatible = text.replace(turned, (_, inside: string) => [...inside].reverse().join("")).normalize("NFKC");
  return [...readableOf(compatible)]
    .map((character) => asDrawn.get(character) ?? character)
    .join("")
    .replaceAll(" ", "");
};

/** Two names are alike when they agree in either: as drawn, where 0 is O and I, 1, | are l; or without regard to case, too. */
const shapeOf = (name: string): string => name.replace(/0/g, "O").replace(/[I1|]/g, "l").replaceAll("rn", "m");
const soundOf = (name: string): string =>
  name.toLowerCase().replaceAll("ß", "ss").replace(/0/g, "o").replace(/[1|]/g, "l");

/** Those of the known names that a reader may take this one for, though thegent tells them apart; in the order they come. */
export function lookAlikes(name: string, known: readonly string[]): string[] {
  const mine = drawn(name);
  const [shape, sound] = [shapeOf(mine), soundOf(mine)];
  return known.filter((other) => {
    if (isSameOwner(other, name)) return false;
    const theirs = drawn(other);
    return shapeOf(theirs) === shape || soundOf(theirs) === sound;
  });
}
