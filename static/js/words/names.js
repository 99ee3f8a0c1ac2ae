/**
 * Names as mathematics writes them: W1 -> W₁, y_hat -> ŷ, theta -> θ. Pure; whoever shows a name decides how an index
 * is drawn. What a screen reader hears, and what is copied, stays the program's own spelling.
 * @typedef {object} Piece
 * @property {string} text
 * @property {"" | "sub" | "super"} shift
 */

const GREEK = new Map(
  Object.entries({
    alpha: "α", beta: "β", gamma: "γ", delta: "δ", epsilon: "ε", eps: "ε", zeta: "ζ", eta: "η", theta: "θ", iota: "ι",
    kappa: "κ", lambda: "λ", lam: "λ", mu: "μ", nu: "ν", xi: "ξ", pi: "π", rho: "ρ", sigma: "σ", tau: "τ", upsilon: "υ",
    phi: "φ", chi: "χ", psi: "ψ", omega: "ω", Gamma: "Γ", Delta: "Δ", Theta: "Θ", Lambda: "Λ", Xi: "Ξ", Pi: "Π",
    Sigma: "Σ", Phi: "Φ", Psi: "Ψ", Omega: "Ω",
  }),
);
/** Marks that stand over the letter before them. */
const ACCENTS = new Map(Object.entries({ hat: "\u0302", bar: "\u0304", tilde: "\u0303", dot: "\u0307", prime: "′" }));
/** Longer stems are words: they keep their underscores, since nobody reads learning with the index rate. */
const LETTERS = 2;

/** @param {string} name @returns {Piece[]} what is read aloud in one breath; at least one piece */
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
  /** @type {Piece[]} */
  const pieces = [{ text: (text + (accent ?? "")).normalize("NFC"), shift: "" }];
  if (index) pieces.push({ text: index, shift: "sub" });
  if (element) pieces.push({ text: element, shift: "" });
  return pieces;
}

/** @param {string} word @returns {{text: string, short: boolean}} short: a letter, which may carry an index or a mark */
function letter(word) {
  const greek = GREEK.get(word);
  if (greek) return { text: greek, short: true };
  // A gradient's name is d and the name: dtheta.
  const inner = word.startsWith("d") ? GREEK.get(word.slice(1)) : undefined;
  if (inner) return { text: `d${inner}`, short: true };
  return { text: word, short: word.length <= LETTERS };
}

/**
 * An operation's sign with the constants folded into it: "+ 2" is +2, and a power of a constant is x².
 * @param {string} glyph
 * @returns {Piece[]}
 */
export function typesetSign(glyph) {
  const power = /^\^ (\S+)$/.exec(glyph);
  if (power) return [{ text: "x", shift: "" }, { text: power[1].replace("-", "−"), shift: "super" }];
  const base = /^(\S+) \^$/.exec(glyph);
  if (base) return [{ text: base[1].replace("-", "−"), shift: "" }, { text: "x", shift: "super" }];
  // A word needs its space; a sign stands close, unless a minus would run into it.
  const close = glyph.replace(/^([^\w\s]) (?=[\d.])/, "$1").replace(/(?<=\d) ([^\w\s])$/, "$1");
  return [{ text: close.replace(/-(?=[\d.])/g, "−"), shift: "" }];
}

const DIGITS = "₀₁₂₃₄₅₆₇₈₉";

/** @param {string} name on one line of plain text, where an index has to be a character */
export const plainName = (name) =>
  typeset(name)
    .map(({ text, shift }) => {
      if (shift !== "sub") return text;
      return /^\d+$/.test(text) ? [...text].map((digit) => DIGITS[Number(digit)]).join("") : `_${text}`;
    })
    .join("");
