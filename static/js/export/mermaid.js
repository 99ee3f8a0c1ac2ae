/** The graph at one moment as Mermaid text, for notes, wikis and README files. */
import { nested } from "../graph/nested.js";

/**
 * Escapes characters as Mermaid does, with #code;, since it has no backslash escapes: those that end a label or start a
 * tag, and the marks of its Markdown.
 * @param {string} text @returns {string}
 */
export const quoted = (text) =>
  `"${text.replace(/["#&<>`\\%;*_~|{}]/g, (char) => `#${char.codePointAt(0)};`).replace(/[\r\n]+/g, "<br/>")}"`;

/** @param {import("./labels.js").GraphText} graph @param {string} title @returns {string} */
export function mermaidText(graph, title) {
  const pad = (/** @type {number} */ depth) => "  ".repeat(depth + 1);
  const around = { input: ["([", "])"], operation: ["[", "]"], group: ["[[", "]]"] };
  const body = nested(graph.items, graph.boxes, {
    item: (i, depth) => {
      const { words, kind, look } = graph.items[i];
      const [open, close] = around[kind];
      return `${pad(depth)}n${i}${open}${quoted(words.join("\n"))}${close}${look === "dark" ? "" : `:::${look}`}`;
    },
    open: ({ name }, at, depth) => `${pad(depth)}subgraph g${at}[${quoted(name)}]`,
    close: (depth) => `${pad(depth)}end`,
  });
  const lines = graph.lines.map(
    ({ source, target, message, lit }) =>
      `  n${source} ${lit ? "==>" : "-->"}${message ? `|${quoted(message)}|` : ""} n${target}`,
  );
  return [
    // A comment ends at the end of its line, and %%{ would start a directive.
    `%% ${title.replace(/[\r\n{}]+/g, " ")}`,
    "flowchart LR",
    ...body,
    ...lines,
    "  classDef lit stroke:#a95705,fill:#fff3e2,color:#1b2330",
    "  classDef zero stroke-dasharray:5 4",
    "  classDef covered stroke:#566070,fill:#eceef1,color:#1b2330",
    "  classDef nonfinite stroke:#b3261e,stroke-width:3px",
    "",
  ].join("\n");
}
