/**
 * Arrays of numbers as a program writes them: found in its text, read, and written. Pure.
 * @typedef {number | Nested[]} Nested
 * @typedef {{from: number, to: number, value: Nested, whole: boolean}} Literal  where in the text its expression
 *   stands, its numbers, and whether all of them are written as whole numbers
 */

/** Longest line that is written. */
const WIDTH = 96;

const NUMBER = /[-+]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/y;
const SPACE = /(?:\s|#[^\n]*)*/y;

/** @param {string} name */
const escaped = (name) => name.replace(/[.*+?^${}()|[\]\\#]/g, "\\$&");

/**
 * The array of numbers that a text gives a name.
 * @param {string} program @param {string} name
 * @returns {Literal | string} or why there is none: "free" where the text leaves the name free
 */
export function literalOf(program, name) {
  const word = escaped(name);
  const bound = [
    ...program.matchAll(
      new RegExp(`^[ \\t]*(?:[^#\\n=([]*,[ \\t]*)?${word}[ \\t]*(?:,[^#\\n=([]*)?[-+*/%@&|^<>]*=(?!=)`, "gm"),
    ),
  ];
  const stored = new RegExp(`^[ \\t]*${word}(?:\\[[^\\n]*\\]|\\.\\w+)[ \\t]*[-+*/]*=(?!=)`, "m").test(program);
  if (bound.length === 0 && !stored) return "free";
  if (bound.length > 1 || stored) return `the text changes ${name} in several places`;
  const from = bound[0].index + bound[0][0].length;
  const found = new RegExp(`^${word}[ \\t]*=$`).test(bound[0][0]) ? arrayAt(program, from) : null;
  return found ?? `the text does not write ${name} as a list of numbers`;
}

/** @param {string} text @param {number} start behind the `=` @returns {Literal | null} */
function arrayAt(text, start) {
  const from = start + (/^[ \t]*/.exec(text.slice(start, start + 200))?.[0].length ?? 0);
  const call = /^np\.(?:array|asarray)\(/.exec(text.slice(from, from + 20));
  const list = listAt(text, from + (call?.[0].length ?? 0));
  if (list === null || typeof list.value === "number") return null;
  let to = list.to;
  if (call) {
    const end = /^(?:\s|#[^\n]*)*(?:,\s*)?(?:dtype\s*=\s*(?:float|np\.float64)\s*,?\s*)?\)/.exec(
      text.slice(to, to + 400),
    );
    if (!end) return null;
    to += end[0].length;
  }
  return /^[ \t]*(?:#[^\n]*)?(?:\n|$)/.test(text.slice(to, to + 2000))
    ? { from, to, value: list.value, whole: list.whole }
    : null;
}

/** @param {string} text @param {number} at @returns {{value: Nested, to: number, whole: boolean} | null} */
function listAt(text, at) {
  /** @param {RegExp} what @param {number} from */
  const skip = (what, from) => {
    what.lastIndex = from;
    return what.exec(text)?.[0] ?? "";
  };
  let to = at + skip(SPACE, at).length;
  if (text[to] !== "[") {
    const word = skip(NUMBER, to);
    return word === ""
      ? null
      : { value: Number(word.replaceAll("_", "")), to: to + word.length, whole: !/[.eE]/.test(word) };
  }
  /** @type {Nested[]} */
  const value = [];
  let whole = true;
  to += 1;
  for (;;) {
    to += skip(SPACE, to).length;
    if (text[to] === "]") return { value, to: to + 1, whole };
    const item = listAt(text, to);
    if (item === null) return null;
    value.push(item.value);
    whole &&= item.whole;
    to = item.to + skip(SPACE, item.to).length;
    if (text[to] === ",") to += 1;
    else if (text[to] !== "]") return null;
  }
}

/** @param {number} x @param {boolean} whole @returns {string} as Python writes it */
function spelled(x, whole) {
  const word = String(x);
  return whole || /[.eE]/.test(word) ? word : `${word}.0`;
}

/** @param {Nested} value @param {boolean} whole @returns {string} */
const inner = (value, whole) =>
  typeof value === "number" ? spelled(value, whole) : `[${value.map((each) => inner(each, whole)).join(", ")}]`;

/** @param {Nested} value @returns {boolean} */
const isWhole = (value) => (typeof value === "number" ? Number.isInteger(value) : value.every(isWhole));

/**
 * An array as an expression: on one line where it fits, else several rows to a line.
 * @param {Nested[]} rows @param {boolean} [whole]  whether whole numbers are written without a point
 */
export function writtenArray(rows, whole = false) {
  const plain = whole && isWhole(rows);
  const words = rows.map((row) => inner(row, plain));
  const short = `np.array([${words.join(", ")}])`;
  if (short.length <= WIDTH - 10) return short;
  /** @type {string[]} */
  const lines = [];
  let line = "";
  for (const word of words) {
    if (line !== "" && line.length + word.length + 2 > WIDTH - 4) {
      lines.push(line);
      line = "";
    }
    line += line === "" ? `${word},` : ` ${word},`;
  }
  return `np.array([\n${[...lines, line].map((each) => `    ${each}`).join("\n")}\n])`;
}
