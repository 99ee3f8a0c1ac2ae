/** Watches the shape of the page's code: who may import whom, and no circles. Imports of types alone do not count. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { test } from "node:test";

const ROOT = new URL("../../static/js", import.meta.url).pathname;

/** From the ground up: a module may import from its own folder and from floors below. */
const FLOORS = [
  ["busy.js", "examples"],
  ["api.js", "built.js", "dom.js", "examples.js", "redirect.js", "theme.js", "types.js", "trace"],
  ["graph", "query.js", "points", "training", "typing_pace.js", "words"],
  ["layout", "plots", "timeline"],
  ["predict.js", "search.js", "tracing.js"],
  ["store"],
  ["queries", "clock.js", "session.js", "store.js", "table"],
  ["links"],
  ["commands", "edits"],
  ["appearance.js", "keys.js", "scene"],
  ["export"],
  ["panels"],
  ["activations", "main.js"],
  ["lesson"],
  ["gallery"],
];

/** The folders of the panels, in the same way. */
const PANELS = [
  ["kit"],
  ["editor", "exercises", "experiments", "find", "share", "time", "training"],
  ["chrome", "node"],
];

/** Neither knows of the other, whatever their floors. */
const STRANGERS = [["scene", "panels"]];

const modules = /** @type {string[]} */ (readdirSync(ROOT, { recursive: true })).filter((path) => path.endsWith(".js"));

/** @param {string} path @returns {string} the folder at the top, or the module itself */
const room = (path) => path.split("/")[0];

/** @param {string} path */
const floor = (path) => FLOORS.findIndex((rooms) => rooms.includes(room(path)));

/** @param {string} path @returns {string[]} the modules of ours that it needs, at once or later */
function imported(path) {
  const text = readFileSync(join(ROOT, path), "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
  return [...text.matchAll(/\b(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map(([, to]) =>
    normalize(join(dirname(path), to)),
  );
}

test("every module and folder has its floor", () => {
  assert.ok(modules.length > 100);
  assert.deepEqual(
    modules.filter((path) => floor(path) < 0),
    [],
  );
});

test("modules import from their own folder and from below", () => {
  const wrong = modules.flatMap((path) =>
    imported(path)
      .filter((to) => room(to) !== room(path) && floor(to) >= floor(path))
      .map((to) => `${path} imports ${to}`),
  );
  assert.deepEqual(wrong, []);
});

test("panels import from their own folder and from below", () => {
  /** @param {string} path */
  const folder = (path) => path.split("/")[1];
  /** @param {string} path */
  const storey = (path) => PANELS.findIndex((folders) => folders.includes(folder(path)));
  const panels = modules.filter((path) => room(path) === "panels");
  assert.deepEqual(
    panels.filter((path) => storey(path) < 0),
    [],
  );
  const wrong = panels.flatMap((path) =>
    imported(path)
      .filter((to) => room(to) === "panels" && folder(to) !== folder(path) && storey(to) >= storey(path))
      .map((to) => `${path} imports ${to}`),
  );
  assert.deepEqual(wrong, []);
});

test("scene and panels do not know each other", () => {
  const wrong = STRANGERS.flatMap(([a, b]) =>
    modules.flatMap((path) =>
      imported(path)
        .filter((to) => [`${room(path)} ${room(to)}`].some((pair) => pair === `${a} ${b}` || pair === `${b} ${a}`))
        .map((to) => `${path} imports ${to}`),
    ),
  );
  assert.deepEqual(wrong, []);
});

test("no module imports itself by a circle", () => {
  /** @type {Set<string>} */
  const done = new Set();
  /** @param {string} path @param {string[]} way @returns {string[] | null} */
  const circle = (path, way) => {
    if (way.includes(path)) return [...way.slice(way.indexOf(path)), path];
    if (done.has(path)) return null;
    for (const to of imported(path)) {
      const found = circle(to, [...way, path]);
      if (found) return found;
    }
    done.add(path);
    return null;
  };
  for (const path of modules) assert.equal(circle(path, []), null);
});
