/** Watches the styles: each file stands in its layer, so that the order of files decides nothing. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const ROOT = new URL("../../static/css/", import.meta.url);
const read = (/** @type {string} */ file) => readFileSync(new URL(file, ROOT), "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
const PAGES = ["main.css", "lesson.css", "gallery.css", "activations.css", "docs.css"];
/** It overrides styles that others bring, which stand in no layer. */
const OUTSIDE = "foreign.css";
const LAYERS = /@layer ([^;]+);/.exec(read("layers.css"))?.[1].split(", ") ?? [];

/** The layer with another name than its folder. @type {Record<string, string>} */
const FOLDERS = { page: "pages" };

/** @param {string} page @returns {{file: string, layer: string}[]} what it imports behind the list of layers */
const imports = (page) =>
  [...read(page).matchAll(/@import "\.\/([^"]+)"(?: layer\((\w+)\))?;/g)]
    .map(([, file, layer]) => ({ file, layer: layer ?? "" }))
    .slice(1);
const all = PAGES.flatMap(imports);

test("a page's sheet is a list of files, the list of layers first", () => {
  for (const page of PAGES) {
    assert.match(read(page), /^\s*@import "\.\/layers\.css";/, page);
    assert.equal(
      read(page)
        .replace(/@import [^;]+;/g, "")
        .trim(),
      "",
      page,
    );
  }
});

test("every file stands in one layer, the same on every page", () => {
  const files = /** @type {string[]} */ (readdirSync(ROOT, { recursive: true })).filter((file) =>
    file.endsWith(".css"),
  );
  for (const file of files) {
    if (PAGES.includes(file) || file === "layers.css") continue;
    const layers = [...new Set(all.filter((each) => each.file === file).map(({ layer }) => layer))];
    assert.equal(layers.length, 1, `${file} is in ${layers.length} layers`);
    if (file === OUTSIDE) assert.deepEqual(layers, [""]);
    else assert.ok(LAYERS.includes(layers[0]), `${file} is in no layer of layers.css`);
    const folder = file.includes("/") ? file.split("/")[0] : "";
    if (folder) assert.equal(folder, FOLDERS[layers[0]] ?? layers[0], `the folder of ${file} is not that of its layer`);
  }
});

test("no two files of a layer say something of the same selector", () => {
  for (const page of PAGES) {
    /** @type {Map<string, string>} */
    const known = new Map();
    for (const { file, layer } of imports(page)) {
      for (const selector of plain(read(file))) {
        const before = known.get(`${layer} ${selector}`);
        assert.ok(before === undefined || before === file, `${selector} stands in ${before} and in ${file}`);
        known.set(`${layer} ${selector}`, file);
      }
    }
  }
});

/** @param {string} css @returns {string[]} the selectors outside of @media and @container */
function plain(css) {
  const found = [];
  let depth = 0;
  let text = "";
  for (const letter of css) {
    if (letter === "{") {
      if (depth === 0 && !text.trim().startsWith("@"))
        found.push(...text.split(/,(?![^(]*\))/).map((each) => each.trim()));
      depth += 1;
      text = "";
    } else if (letter === "}") {
      depth -= 1;
      text = "";
    } else if (letter === ";") text = "";
    else text += letter;
  }
  return found;
}
