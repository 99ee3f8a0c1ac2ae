/** The graph of a moment as Mermaid reads it, for notes, wikis and README files. */
import { nested } from "./labels.js";

/**
 * Mermaid's own spelling for a character that must not mean anything: #code; — it knows no backslash. Beside what ends a
 * label or begins a tag these are the marks of its Markdown.
 * @param {string} text @returns {string}
 */
export const quoted = (text) => `"${text.replace(/["#&<>`\\%;*_~|{}]/g, (char) => `#${char.codePointAt(0)};`).replace(/[\r\n]+/g, "<br/>")}"`;

/** @param {import("./labels.js").ToldGraph} graph @param {string} title @returns {string} */
export function mermaidText(graph, title) {
  const pad = (/** @type {number} */ depth) => "  ".repeat(depth + 1);
  const around = { input: ["([", "])"], operation: ["[", "]"], group: ["[[", "]]"] };
  const body = nested(graph, {
    item: (i, depth) => {
      const { words, kind, look } = graph.items[i];
      const [open, close] = around[kind];
      return `${pad(depth)}n${i}${open}${quoted(words.join("\n"))}${close}${look === "dark" ? "" : `:::${look}`}`;
    },
    open: ({ name }, at, depth) => `${pad(depth)}subgraph g${at}[${quoted(name)}]`,
    close: (depth) => `${pad(depth)}end`,
  });
  const lines = graph.lines.map(({ source, target, message, lit }) => `  n${source} ${lit ? "==>" : "-->"}${message ? `|${quoted(message)}|` : ""} n${target}`);
  return [
    // A comment ends with its line, and %%{ would begin a directive.
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
