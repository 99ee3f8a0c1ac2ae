/** The parts of the page that a link (`hide=`) or a frame may leave out. Style sheets select them by `data-hide`. */

/** @type {{id: string, title: string}[]} */
export const PARTS = [
  { id: "header", title: "Header" },
  { id: "editor", title: "Program" },
  { id: "values", title: "Values" },
  { id: "inspector", title: "Inspector" },
  { id: "legend", title: "Legend" },
  { id: "bar", title: "Zoom and view" },
  { id: "transport", title: "Play buttons" },
  { id: "timeline", title: "Timeline" },
  { id: "sentence", title: "Sentence" },
];

/** The parts that an embedded frame leaves out by default. */
export const FRAMED = ["header", "editor", "values", "inspector", "bar"];

/** @param {string[]} names @returns {Set<string>} the known ones */
export const known = (names) => new Set(names.filter((name) => PARTS.some(({ id }) => id === name)));
