/**
 * Where a program branches otherwise for other values than before.
 * @typedef {import("../types.js").Decision} Decision
 */

/**
 * @param {string} program @param {Decision[]} before @param {Decision[]} now  in the order in which they were taken
 * @returns {string} a sentence about the first decision that came out otherwise; "" if there is none
 */
export function branched(program, before, now) {
  const at = now.findIndex(({ line, answer }, i) => before[i]?.line !== line || before[i].answer !== answer);
  if (at < 0) return "";
  const { line, answer } = now[at];
  const text = program.split("\n")[line - 1]?.trim() ?? "";
  const was = before[at]?.line === line ? before[at].answer : null;
  return `Line ${line} goes another way now, ${outcome(was, answer)}: ${text.replace(/:$/, "")}`;
}

/** @param {unknown} was @param {unknown} is */
function outcome(was, is) {
  if (typeof is === "boolean") return is ? "since its condition holds" : "since its condition does not hold";
  return typeof is === "number" && typeof was === "number" ? `with ${is} instead of ${was}` : "with other numbers";
}
