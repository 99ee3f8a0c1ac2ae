import assert from "node:assert/strict";
import test from "node:test";
import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { dotText, quoted as dotQuoted } from "../../static/js/export/dottext.js";
import { fileName, momentName, slug } from "../../static/js/export/filename.js";
import { toldGraph } from "../../static/js/export/labels.js";
import { mermaidText, quoted as mermaidQuoted } from "../../static/js/export/mermaid.js";
import { HOLD, lengthOf, shotsOf, spanOf } from "../../static/js/export/span.js";
import { endOf } from "../../static/js/timeline/cues.js";
import { frameAt } from "../../static/js/timeline/frame.js";
import { loaded } from "./fixtures/load.js";

const graphviz = await Graphviz.load();

/** @param {import("./fixtures/load.js").Recorded} name @param {number} [time] */
function graphOf(name, time = Infinity) {
  const { trace, cues } = loaded(name);
  return toldGraph(frameAt(trace, cues, Math.min(time, endOf(cues))));
}

const ENTITIES = new Map([
  ["lt", "<"],
  ["gt", ">"],
  ["amp", "&"],
  ["quot", '"'],
  ["apos", "'"],
]);
const HOSTILE = [
  '"',
  "\\",
  "\\N",
  "<b>&amp;</b>",
  "];}",
  '"]; evil',
  "end",
  "a\nb",
  "%%{init}%%",
  "#quot;",
  "`md`",
  "*x*",
  "n0 --> n1",
  "x_1",
  "ŷ σ",
  "--",
];

test("labels tell what is known at the moment, and no more", () => {
  const early = graphOf("mini", 1).items.map(({ words }) => words.join("; "));
  assert.ok(
    early.some((words) => /^W1; value \[1 {2}−1\]; gradient ·$/.test(words)),
    early.join("\n"),
  );
  assert.ok(early.some((words) => /^z1 = .*; value ·/.test(words)));
  const late = graphOf("fork").items.find(({ words }) => words[0] === "x");
  assert.deepEqual(late?.words, ["x", "value 2", "gradient 5"]);
});

test("lines carry the messages that have come", () => {
  assert.deepEqual(
    graphOf("fork", 0)
      .lines.map(({ message }) => message)
      .filter(Boolean),
    [],
  );
  assert.deepEqual(
    graphOf("fork")
      .lines.map(({ message }) => message)
      .sort(),
    ["2", "2", "2", "3"],
  );
});

/** @param {string} name @returns {any} what Graphviz understood */
const understood = (name) => JSON.parse(graphviz.layout(name, /** @type {any} */ ("json0"), "dot"));

for (const name of /** @type {const} */ (["mini", "fork", "nested", "transformer", "softmax"])) {
  test(`Graphviz reads the text of ${name}: every item, every line, every box`, () => {
    const graph = graphOf(name);
    const { objects = [], edges = [] } = understood(dotText(graph, name));
    assert.equal(objects.filter((/** @type {any} */ each) => /^n\d+$/.test(each.name)).length, graph.items.length);
    assert.equal(objects.filter((/** @type {any} */ each) => /^cluster_/.test(each.name)).length, graph.boxes.length);
    assert.equal(edges.length, graph.lines.length);
  });
}

for (const name of HOSTILE) {
  test(`Graphviz keeps ${JSON.stringify(name)} a name`, () => {
    const item = {
      words: [name, "value 1"],
      kind: /** @type {const} */ ("operation"),
      look: /** @type {const} */ ("lit"),
      group: "g",
    };
    const graph = {
      items: [item, item],
      lines: [{ source: 0, target: 1, message: name, lit: true }],
      boxes: [{ id: "g", name, parent: null }],
    };
    const { name: title, objects, edges } = understood(dotText(graph, name));
    assert.equal(objects.length, 3);
    assert.equal(edges.length, 1);
    assert.ok(title.length > 0);
    const svg = graphviz.layout(dotText(graph, name), "svg", "dot");
    const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
    const plain = (/** @type {string} */ text) =>
      text.replace(
        /&(#\d+|#x[0-9a-f]+|\w+);/gi,
        (_, code) => ENTITIES.get(code) ?? String.fromCodePoint(Number(code.replace(/^#x/i, "0x").replace("#", ""))),
      );
    const seen = texts.map(plain).map((text) => text.replaceAll("\u00a0", " "));
    for (const line of name.split("\n")) assert.equal(seen.filter((text) => text === line).length, 4, seen.join(" | "));
  });

  test(`in Mermaid ${JSON.stringify(name)} ends no label and begins nothing`, () => {
    const text = mermaidQuoted(name);
    assert.match(text, /^"[^"]*"$/);
    assert.doesNotMatch(text.slice(1, -1).replaceAll("<br/>", "").replace(/#\d+;/g, ""), /["#<>`\\%;{}|]/);
    const back = text
      .slice(1, -1)
      .replaceAll("<br/>", "\n")
      .replace(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
    assert.equal(back, name);
  });
}

test("Mermaid gets a line for every item and every line, and closes its boxes", () => {
  const graph = graphOf("transformer");
  const lines = mermaidText(graph, "a\nb %%{init}").split("\n");
  assert.equal(lines[1], "flowchart LR");
  assert.equal(lines.filter((line) => /^\s*n\d+[[(]/.test(line)).length, graph.items.length);
  assert.equal(lines.filter((line) => /^ {2}n\d+ (-->|==>)/.test(line)).length, graph.lines.length);
  assert.equal(
    lines.filter((line) => /^\s*subgraph /.test(line)).length,
    lines.filter((line) => /^\s*end$/.test(line)).length,
  );
});

test("a quotation mark at the end of a name does not swallow Graphviz' own", () => {
  assert.equal(dotQuoted('a\\"'), '"a\\\\\\""');
});

test("files are called by program and moment", () => {
  const { cues } = loaded("mini");
  assert.equal(fileName("A mini neural network", momentName(cues, 8.4), "svg"), "a-mini-neural-network-backward-3.svg");
  assert.equal(momentName(cues, 0), "start");
  assert.equal(momentName(cues, 2), "forward-2");
  assert.equal(momentName(cues, 6), "seed");
  assert.equal(momentName(cues, endOf(cues)), "end");
  assert.equal(slug("x · (x + y)"), "x-x-y");
  assert.equal(slug("../../etc/passwd"), "etc-passwd");
  assert.equal(slug("ŷ / σ"), "ŷ-σ");
  assert.equal(slug("<>:|?*"), "program");
  assert.ok(slug("long ".repeat(40)).length <= 48);
});

test("the frames of a range begin and end with it and last as long as playing it", () => {
  const { cues } = loaded("mini");
  const end = endOf(cues);
  const ms = (/** @type {number} */ from, /** @type {number} */ to) =>
    cues.steps.slice(from + 1, to + 1).reduce((sum, { duration }) => sum + duration, 0);
  for (const range of /** @type {const} */ (["all", "forward", "backward", "step"])) {
    const span = spanOf(cues, range, 8.4);
    const shots = shotsOf(cues, span, 25, 1);
    assert.equal(shots[0].time, span.from);
    assert.equal(shots.at(-1)?.time, span.to);
    assert.ok(shots.every(({ time }, i) => i === 0 || time > shots[i - 1].time));
    assert.ok(Math.abs(lengthOf(shots) - HOLD - ms(span.from, span.to)) <= 40, `${range}: ${lengthOf(shots)}`);
  }
  assert.deepEqual(spanOf(cues, "step", 8.4), { from: 8, to: 9 });
  assert.deepEqual(spanOf(cues, "step", 0), { from: 0, to: 1 });
  assert.deepEqual(spanOf(cues, "step", end), { from: end - 1, to: end });
  assert.ok(Math.abs(lengthOf(shotsOf(cues, { from: 0, to: end }, 20, 2)) - HOLD - ms(0, end) / 2) <= 50);
});
