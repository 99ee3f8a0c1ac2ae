/** What the picture of a training's steps is asked for with. */

/**
 * @typedef {object} Asked  a question about a program; `at`: the step of a training, `as`: what decides its shapes and
 *   nodes
 * @property {string} program
 * @property {object} given
 * @property {string} detail
 * @property {object} scalar
 * @property {string} output
 * @property {string} as
 * @property {{run: object, step: number} | null} at
 */

const SAME = /** @type {const} */ (["program", "given", "detail", "scalar", "output", "as"]);

/**
 * Whether two questions are about steps of one training. Its steps come faster than the picture of one of them may: if
 * each gave up the one before, none would be seen until the training ends.
 * @param {Asked} a @param {Asked} b
 */
export const ofOneTraining = (a, b) =>
  a.at !== null && b.at !== null && a.at.run === b.at.run && SAME.every((part) => a[part] === b[part]);
