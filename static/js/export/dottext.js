/** The graph at one moment as DOT text for Graphviz. Nodes are numbers, so names occur only in labels. */
import { nested } from "../graph/nested.js";

/** Colours that are legible on white paper: blue is forward, amber backward, as on the stage. */
const LOOKS = {
  dark: "",
  lit: ', color="#a95705", fillcolor="#fff3e2"',
  zero: ', style="rounded,dashed"',
  nonfinite: ', color="#b3261e", style="rounded,bold"',
  covered: ', color="#566070", fillcolor="#eceef1"',
};
const SHAPES = {
  input: 'shape=box, style="rounded,filled", fillcolor="#ffffff"',
  operation: 'shape=box, style="rounded,filled", fillcolor="#ffffff"',
  group: 'shape=box3d, style=filled, fillcolor="#ffffff"',
};

/**
 * Escapes a quoted DOT string, in which quotation marks, backslashes and HTML entities have a meaning.
 * @param {string} text @returns {string}
 */
export const quoted = (text) =>
  `"${text
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("&", "&amp;")
    .replace(/[\r\n]+/g, "\\n")}"`;

/** @param {import("./labels.js").GraphText} graph @param {string} title @returns {string} */
export function dotText(graph, title) {
  const pad = (/** @type {number} */ depth) => "  ".repeat(depth + 1);
  const body = nested(graph.items, graph.boxes, {
    item: (i, depth) => {
      const { words, kind, look } = graph.items[i];
      return `${pad(depth)}n${i} [label=${quoted(words.join("\n"))}, ${SHAPES[kind]}${LOOKS[look]}]`;
    },
    open: ({ name }, at, depth) => `${pad(depth)}subgraph cluster_${at} {\n${pad(depth + 1)}label=${quoted(name)}`,
    close: (depth) => `${pad(depth)}}`,
  });
  const lines = graph.lines.map(({ source, target, message, lit }) => {
    const label = message
      ? ` [label=${quoted(message)}, fontcolor="#a95705"${lit ? ', color="#a95705", penwidth=2' : ""}]`
      : "";
    return `  n${source} -> n${target}${label}`;
  });
  const head = [
    `digraph ${quoted(title)} {`,
    "  rankdir=LR",
    '  graph [fontname="Helvetica", style=rounded, color="#cfc8ba"]',
    '  node [fontname="Helvetica"]',
    '  edge [fontname="Helvetica"]',
  ];
  return [...head, ...body, ...lines, "}", ""].join("\n");
}
