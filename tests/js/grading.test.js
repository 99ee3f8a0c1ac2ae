import assert from "node:assert/strict";
import test from "node:test";
import { marksOf } from "../../static/js/queries/grading.js";

/** @param {number} line @param {boolean | null} agrees @param {string[]} [follows] */
const graded = (line, agrees, follows = []) =>
  /** @type {import("../../static/js/wire.d.ts").GradedLineAnswer} */ (
    /** @type {unknown} */ ({ line, agrees, error: null, follows })
  );

test("of a line that is graded more than once, the worst verdict marks it", () => {
  const text = "for i in range(3):\n    dx += dy\n    dw = dy\ndb = dy";
  const lines = [
    graded(2, true),
    graded(2, false, ["dy"]),
    graded(2, true),
    graded(3, false),
    graded(3, false, ["dy"]),
    graded(4, null),
  ];
  const answer = /** @type {import("../../static/js/wire.d.ts").GradeAnswer} */ (/** @type {unknown} */ ({ lines }));
  const found = marksOf({ text, program: "", answer, refusal: "" }, text);
  assert.deepEqual(
    [...found],
    [
      [2, "follows"],
      [3, "wrong"],
    ],
  );
});
