import assert from "node:assert/strict";
import { test } from "node:test";
import { pastOptional } from "../../static/js/lesson/walk.js";

const steps = [false, true, true, false, true].map((optional) => ({ optional }));

test("whoever skips what is optional goes to the next step that is not, or to the end", () => {
  assert.equal(pastOptional(steps, 0), 3);
  assert.equal(pastOptional(steps, 1), 3);
  assert.equal(pastOptional(steps, 3), 5);
});

test("where no optional step follows there is nothing to skip", () => {
  assert.equal(pastOptional(steps, 2), null);
  assert.equal(pastOptional(steps, 4), null);
});
