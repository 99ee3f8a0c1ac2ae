/**
 * Names in mathematical notation: W1 -> W₁, y_hat -> ŷ, theta -> θ. Pure; the caller decides how an index is drawn.
 * Screen readers and copied text get the program's own spelling.
 * @typedef {object} Letters  of one height
 * @property {string} text
 * @property {"" | "sub" | "super"} shift
 */

/** Names and letters, in turn. */
const GREEK_PAIRS = `
  alpha α beta β gamma γ delta δ epsilon ε eps ε zeta ζ eta η theta θ iota ι kappa κ lambda λ lam λ mu μ nu ν
  xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π
  Sigma Σ Phi Φ Psi Ψ Omega Ω
`
  .trim()
  .split(/\s+/);
const GREEK = new Map(GREEK_PAIRS.flatMap((name, i) => (i % 2 === 0 ? [[name, GREEK_PAIRS[i + 1]]] : [])));
/** Combining marks, drawn over the letter before them. */
const ACCENTS = new Map(Object.entries({ hat: "\u0302", bar: "\u0304", tilde: "\u0303", dot: "\u0307", prime: "′" }));
/** Longer stems are words and keep their underscores: learning_rate is not "learning with index rate". */
const LETTERS = 2;

/** @param {string} name @returns {Letters[]} at least one piece */
export function typeset(name) {
  const match = /^(\p{L}+)(\d*)((?:_[\p{L}\d]+)*)_?((?:\[[^\]]*\])*)$/u.exec(name);
  if (!match) return [{ text: name, shift: "" }];
  const [, word, digits, tail, element] = match;
  const marks = tail.split("_").slice(1);
  const accent = ACCENTS.get(marks[0] ?? "");
  if (accent !== undefined) marks.shift();
  const { text, short } = letter(word);
  const indexed = marks.every((mark) => /^\d+$/.test(mark)) || short;
  if (!indexed || (accent !== undefined && !short)) return [{ text: name, shift: "" }];
  const index = [digits, ...marks].filter(Boolean).join(",");
  /** @type {Letters[]} */
  const pieces = [{ text: (text + (accent ?? "")).normalize("NFC"), shift: "" }];
  if (index) pieces.push({ text: index, shift: "sub" });
  if (element) pieces.push({ text: element, shift: "" });
  return pieces;
}

/**
 * @param {string} word
 * @returns {{text: string, short: boolean}} short: a single letter, which may have an index or a mark
 */
function letter(word) {
  const greek = GREEK.get(word);
  if (greek) return { text: greek, short: true };
  // A gradient is named d plus the name: dtheta.
  const inner = word.startsWith("d") ? GREEK.get(word.slice(1)) : undefined;
  if (inner) return { text: `d${inner}`, short: true };
  return { text: word, short: word.length <= LETTERS };
}

/**
 * The last part of an address: `net.layers[0].W` -> `W`, `params["W1"]` -> `W1`, but `Ws[3]` stays.
 * @param {string} name @returns {string}
 */
export const shortAddress = (name) =>
  /\[["']([^"']+)["']\]((?:\[\d+\])*)$/.exec(name)?.slice(1, 3).join("") ?? name.slice(name.lastIndexOf(".") + 1);

/**
 * An operation's glyph with folded constants: "+ 2" is +2, and a constant power is x².
 * @param {string} glyph
 * @returns {Letters[]}
 */
export function typesetSign(glyph) {
  const power = /^\^ (\S+)$/.exec(glyph);
  if (power)
    return [
      { text: "x", shift: "" },
      { text: power[1].replace("-", "−"), shift: "super" },
    ];
  const base = /^(\S+) \^$/.exec(glyph);
  if (base)
    return [
      { text: base[1].replace("-", "−"), shift: "" },
      { text: "x", shift: "super" },
    ];
  // A word keeps its space; a sign is set close, unless a minus would run into it.
  const close = glyph.replace(/^([^\w\s]) (?=[\d.])/, "$1").replace(/(?<=\d) ([^\w\s])$/, "$1");
  return [{ text: close.replace(/-(?=[\d.])/g, "−"), shift: "" }];
}
