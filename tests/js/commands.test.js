import assert from "node:assert/strict";
import test from "node:test";
import { commandFor } from "../../static/js/commands.js";

/** @type {any} */
const COMMANDS = { toggle: { id: "toggle", keys: [" "] }, forward: { id: "forward", keys: ["ArrowRight"] }, fit: { id: "fit", keys: ["f"] }, release: { id: "release", keys: ["Escape"] } };

/** @param {string} key @param {string} kind @param {object} [more] */
const found = (key, kind, more) =>
  commandFor(COMMANDS, { key, ctrlKey: false, metaKey: false, altKey: false, defaultPrevented: false, ...more }, kind)?.id ?? null;

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
