import assert from "node:assert/strict";
import test from "node:test";
import { commandFor, keyName } from "../../static/js/commands/command.js";

/** @type {any} */
const COMMANDS = {
  toggle: { id: "toggle", keys: [" "] },
  forward: { id: "forward", keys: ["ArrowRight"] },
  fit: { id: "fit", keys: ["f"] },
  release: { id: "release", keys: ["Escape"] },
  undo: { id: "undo", keys: ["Mod+z"], anywhere: true },
  redo: { id: "redo", keys: ["Mod+Shift+z", "Mod+y"] },
};

/** @param {string} key @param {string} kind @param {object} [more] */
const found = (key, kind, more) =>
  commandFor(
    COMMANDS,
    { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, defaultPrevented: false, ...more },
    kind,
  )?.id ?? null;

test("keys find their command", () => {
  assert.equal(found(" ", ""), "toggle");
  assert.equal(found("F", ""), "fit");
  assert.equal(found("x", ""), null);
});

test("controls keep the keys they use themselves", () => {
  assert.equal(found(" ", "button"), null);
  assert.equal(found("ArrowRight", "button"), "forward");
  assert.equal(found("ArrowRight", "range"), null);
  assert.equal(found(" ", "range"), "toggle");
  assert.equal(found("f", "editor"), null);
  assert.equal(found("Escape", "editor"), "release");
});

test("the browser's own shortcuts are left alone", () => {
  assert.equal(found("f", "", { ctrlKey: true }), null);
  assert.equal(found(" ", "", { defaultPrevented: true }), null);
});

test("Ctrl and Cmd are one key to a command", () => {
  assert.equal(found("z", "", { ctrlKey: true }), "undo");
  assert.equal(found("Z", "", { metaKey: true, shiftKey: true }), "redo");
  assert.equal(found("z", ""), null);
  assert.equal(found("z", "editor", { ctrlKey: true }), "undo", "one history for all");
  assert.equal(found("z", "text", { ctrlKey: true }), "undo");
  assert.equal(found("z", "unfinished", { ctrlKey: true }), null, "what nobody has been told yet is the field's own");
  assert.equal(found("z", "dialog", { ctrlKey: true }), null);
  assert.equal(found("Escape", "unfinished"), "release");
});

test("with Shift a letter is another key only where a command says so", () => {
  const commands = /** @type {any} */ ({
    next: { id: "next", keys: ["n"] },
    previous: { id: "previous", keys: ["Shift+n"] },
    ...COMMANDS,
  });
  const event = { key: "N", ctrlKey: false, metaKey: false, altKey: false, shiftKey: true, defaultPrevented: false };
  assert.equal(commandFor(commands, event, "")?.id, "previous");
  assert.equal(commandFor(commands, { ...event, key: "n", shiftKey: false }, "")?.id, "next");
  assert.equal(found("F", "", { shiftKey: true }), "fit");
});

test("a mode takes its keys for itself while it lasts", () => {
  let on = true;
  const commands = /** @type {any} */ ({
    faster: { id: "faster", keys: ["."] },
    freeze: { id: "freeze", keys: ["."], only: () => on },
  });
  const event = { key: ".", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, defaultPrevented: false };
  assert.equal(commandFor(commands, event, "")?.id, "freeze");
  on = false;
  assert.equal(commandFor(commands, event, "")?.id, "faster");
});

test("keys are named as keyboards show them", () => {
  assert.equal(keyName("Mod+Shift+z"), "Ctrl+Shift+Z");
  assert.equal(keyName("Mod+z", true), "⌘+Z");
  assert.equal(keyName("+"), "+");
  assert.equal(keyName(" "), "Space");
});
