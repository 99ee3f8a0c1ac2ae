/**
 * Reads the code cells of a notebook file, and joins cells into one program.
 * @typedef {object} Cell
 * @property {string} source
 * @property {string} heading  the last heading above it, or ""
 */

/** An error about an unusable file, in words for the reader. */
export class FileError extends Error {}

/** @param {string} text @returns {Cell[]} those with code in them, in order */
export function readNotebook(text) {
  let content;
  try {
    content = JSON.parse(text);
  } catch {
    throw new FileError("It is not a notebook: its text is not JSON.");
  }
  // Notebook format 3 (until 2015) had worksheets, and code was called input.
  const all = content?.cells ?? content?.worksheets?.flatMap?.((/** @type {any} */ sheet) => sheet?.cells ?? []);
  if (!Array.isArray(all)) throw new FileError("It is not a notebook: it has no list of cells.");
  /** @type {Cell[]} */
  const cells = [];
  let heading = "";
  for (const cell of all) {
    const source = textOf(cell?.source ?? cell?.input);
    if (cell?.cell_type === "markdown" || cell?.cell_type === "heading")
      heading = headingIn(source, cell.cell_type === "heading") ?? heading;
    else if (cell?.cell_type === "code" && source.trim() !== "") cells.push({ source: plain(source), heading });
  }
  if (cells.length === 0) throw new FileError("This notebook contains no code.");
  return cells;
}

/** @param {Cell[]} cells @returns {string} a program, one cell after the other in one namespace */
export const joined = (cells) => cells.map(({ source }) => source).join("\n\n");

/**
 * @param {Cell[]} cells
 * @param {number} line of their program, from 1
 * @returns {number} the cell that contains it; -1 for none
 */
export function cellAt(cells, line) {
  let end = 0;
  return cells.findIndex(({ source }) => {
    const begin = end + 1;
    end = begin + source.split("\n").length;
    return line >= begin && line < end;
  });
}

/** @param {string} source with \n line endings and trimmed */
export const tidy = (source) =>
  source
    .replace(/\r\n?/g, "\n")
    .replace(/^\uFEFF/, "")
    .replaceAll("\0", "")
    .replace(/^(?:[ \t]*\n)+|\s+$/g, "");

/** Magics and shell commands (%matplotlib, !pip) are not Python; they become comments. @param {string} source */
const plain = (source) => tidy(source).replace(/^(?=[ \t]*[%!])/gm, "# ");

/** @param {unknown} source a text, or its lines */
const textOf = (source) =>
  Array.isArray(source)
    ? source.filter((line) => typeof line === "string").join("")
    : typeof source === "string"
      ? source
      : "";

/** @param {string} text @param {boolean} whole  whether all of it must be a heading @returns {string | null} */
function headingIn(text, whole) {
  const found = whole ? text : /^#{1,6}[ \t]+(.+?)[ \t#]*$/m.exec(text)?.[1];
  return found?.replace(/[*_`]/g, "").trim() || null;
}
