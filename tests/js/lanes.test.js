import assert from "node:assert/strict";
import test from "node:test";
import { headAt, marksFor, momentAt, phasesOf, spacing } from "../../static/js/timeline/lanes.js";
import { loaded } from "./fixtures/load.js";

const { cues } = loaded("mini");
/** @param {number} forward steps @param {number} backward steps @returns {typeof cues} */
const of = (forward, backward) => ({
  ...cues,
  seedStep: forward + 1,
  steps: Array.from({ length: forward + backward + 2 }, () => cues.steps[1]),
});

test("the phases follow one another without a gap and end with time", () => {
  const phases = phasesOf(cues);
  assert.deepEqual(
    phases.map(({ name }) => name),
    ["forward", "seed", "backward"],
  );
  phases.slice(1).forEach(({ from }, i) => assert.equal(from, phases[i].to + 1));
  assert.equal(phases.at(-1)?.to, cues.steps.length - 1);
});

test("each step has a dot, the seed a mark of its own", () => {
  assert.deepEqual(
    marksFor(cues, "forward", 900).map(({ at, look }) => `${look} ${at}`),
    ["dot 0", "dot 1", "dot 2", "dot 3", "dot 4", "dot 5"],
  );
  assert.deepEqual(
    marksFor(cues, "backward", 900).map(({ look }) => look),
    ["seed", "dot", "dot", "dot", "dot", "dot"],
  );
});

test("two steps are two dots, a thousand no soup", () => {
  assert.equal(marksFor(of(1, 0), "forward", 900).length, 2);
  assert.deepEqual(marksFor(of(1, 0), "backward", 900), [{ at: 2, look: "seed" }]);
  const many = marksFor(of(500, 500), "forward", 900);
  assert.ok(many.every(({ look }) => look === "tick"));
  const [first, second] = many;
  assert.ok(((second.at - first.at) * 900) / 1001 >= 5, "ticks keep their distance");
  assert.ok(many.length > 40, "and still show how dense it is");
});

test("ticks stand at every second, fifth, tenth ...", () => {
  assert.deepEqual([0.3, 1, 1.1, 2.5, 6, 11, 21, 60].map(spacing), [1, 1, 2, 5, 10, 20, 50, 100]);
});

test("a pointer near a step means the step, between two the moment between", () => {
  assert.equal(momentAt(cues, 300, 1100, false), 3);
  assert.equal(momentAt(cues, 308, 1100, false), 3);
  assert.equal(momentAt(cues, 350, 1100, false), 3.5);
  assert.equal(momentAt(cues, 340, 1100, true), 3);
  assert.equal(momentAt(cues, -50, 1100, false), 0);
  assert.equal(momentAt(cues, 5000, 1100, false), 11);
});

test("the moment follows the pointer without a jump", () => {
  let before = 0;
  for (let x = 0; x <= 1100; x += 1) {
    const time = momentAt(cues, x, 1100, false);
    assert.ok(time >= before, "never back");
    assert.ok(time - before <= 0.02, `at ${x}`);
    before = time;
  }
});

test("among a thousand steps every moment of a pointer is a whole step", () => {
  for (let x = 0; x < 900; x += 7) assert.ok(Number.isInteger(momentAt(of(500, 500), x, 900, false)));
});

test("between the passes the head waits at the seed", () => {
  assert.equal(headAt(cues, 5.5, 6), 6);
  assert.equal(headAt(cues, 5, 5), 5);
  assert.equal(headAt(cues, 8.25, 9), 8.25);
});
