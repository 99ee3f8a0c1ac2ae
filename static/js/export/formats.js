/**
 * The export formats and their options.
 * @typedef {"svg" | "png" | "gif" | "webm" | "mp4" | "json" | "mermaid" | "dot"} FormatId
 * @typedef {object} Format
 * @property {FormatId} id
 * @property {string} title
 * @property {"picture" | "film" | "text"} kind
 * @property {string} ending
 * @property {string} about  one line
 */

/** @type {Format[]} */
export const FORMATS = [
  {
    id: "svg",
    title: "SVG",
    kind: "picture",
    ending: "svg",
    about: "This moment as a drawing: sharp at every size, for slides and papers.",
  },
  {
    id: "png",
    title: "PNG",
    kind: "picture",
    ending: "png",
    about: "This moment as pixels, for anything that takes an image.",
  },
  {
    id: "gif",
    title: "GIF",
    kind: "film",
    ending: "gif",
    about: "The animation, which plays automatically in chats, slides and notebooks.",
  },
  {
    id: "webm",
    title: "WebM",
    kind: "film",
    ending: "webm",
    about: "The animation as video: smooth and small, for web pages.",
  },
  {
    id: "mp4",
    title: "MP4",
    kind: "film",
    ending: "mp4",
    about: "The animation as video that every slide program can play.",
  },
  {
    id: "json",
    title: "JSON",
    kind: "text",
    ending: "json",
    about: "The whole trace with every value, gradient and message, exactly as the API returns it.",
  },
  {
    id: "mermaid",
    title: "Mermaid",
    kind: "text",
    ending: "mmd",
    about: "The graph at this moment as text, for notes and README files.",
  },
  {
    id: "dot",
    title: "DOT",
    kind: "text",
    ending: "dot",
    about: "The graph at this moment as text that Graphviz draws.",
  },
];

/** Widths of an animation, px. */
export const WIDTHS = [640, 960, 1280, 1920];
/** Frames per second; GIF delays are in hundredths of a second. */
export const RATES = { gif: [10, 20, 25], webm: [25, 30, 60], mp4: [25, 30, 60] };
export const SCALES = [1, 2, 4];

/**
 * @param {{width: number, height: number}} size
 * @param {number} width
 * @returns {{width: number, height: number}} even, as video codecs need it
 */
export function filmSize({ width: w, height: h }, width) {
  const even = (/** @type {number} */ x) => Math.max(2, 2 * Math.round(x / 2));
  return { width: even(width), height: even((width * h) / w) };
}
