/**
 * Splits one line of Python into tokens for simple colouring. Emitted code has no multi-line strings.
 * @typedef {"keyword" | "call" | "number" | "string" | "comment" | ""} Kind
 */

const PART =
  /(?<comment>#.*)|(?<string>"""[^"]*"""|"[^"]*"|'[^']*')|(?<number>\b\d+(?:\.\d*)?(?:e[-+]?\d+)?)|(?<word>[^\W\d]\w*)(?<called>\()?/gu;
const KEYWORDS = new Set("and as def else for from if import in is lambda not or return True False None".split(" "));

/** @param {string} line @returns {{kind: Kind, text: string}[]} the tokens, which join to the whole line */
export function parts(line) {
  /** @type {{kind: Kind, text: string}[]} */
  const found = [];
  let done = 0;
  /** @param {number} from @param {string} text @param {Kind} kind */
  const add = (from, text, kind) => {
    if (from > done) found.push({ kind: "", text: line.slice(done, from) });
    found.push({ kind, text });
    done = from + text.length;
  };
  for (const match of line.matchAll(PART)) {
    const { comment, string, number, word, called } = match.groups ?? {};
    if (comment) add(match.index, comment, "comment");
    else if (string) add(match.index, string, "string");
    else if (number) add(match.index, number, "number");
    else if (KEYWORDS.has(word)) add(match.index, word, "keyword");
    else if (called) add(match.index, word, "call");
  }
  if (done < line.length) found.push({ kind: "", text: line.slice(done) });
  return found;
}
