/**
 * Evaluates several functions at one x, or over a whole window, with the engine: one program in which each function has
 * its own x and the output is their sum, so that the gradient of each x is the slope of its function.
 * @typedef {import("../types.js").Curve} Curve
 * @typedef {{y: number, dy: number, kink: string | null}} At
 * @typedef {import("../query.js").Post} Post  to "trace"
 */
import { number } from "../trace/tensor.js";

/** @param {readonly string[]} names of functions */
export const programOf = (names) =>
  [...names.map((name, i) => `a${i} = ${name}(x${i})`), `total = ${names.map((_, i) => `a${i}`).join(" + ")}`].join(
    "\n",
  );

/**
 * The same function stacked: one deep, two deep, and so on, each stack with its own x.
 * @param {string} name @param {number} deepest
 */
export function stackProgram(name, deepest) {
  const stacks = Array.from({ length: deepest }, (_, i) => `${`${name}(`.repeat(i + 1)}x${i}${")".repeat(i + 1)}`);
  return [...stacks.map((stack, i) => `a${i} = ${stack}`), `total = ${stacks.map((_, i) => `a${i}`).join(" + ")}`].join(
    "\n",
  );
}

/**
 * Requests the numbers of such programs. The structure of each is requested once; after that, moving a slider needs
 * only numbers.
 */
export function createAsker() {
  /**
   * Program -> the forward-order indices of x0, x1 ... and a0, a1 ...
   * @type {Map<string, {xs: number[], as: number[]}>}
   */
  const known = new Map();

  /** @param {string} program @param {number} count of functions @param {number | number[]} x @param {Post} post */
  async function ask(program, count, x, post) {
    const spelled = typeof x === "number" && !Number.isFinite(x) ? String(x) : x;
    const values = Object.fromEntries(Array.from({ length: count }, (_, i) => [`x${i}`, spelled]));
    const include = known.has(program) ? ["numbers"] : ["structure", "numbers"];
    const answer = await post({ program, values, output: "total", include });
    let places = known.get(program);
    if (places === undefined) {
      const order = new Map(
        answer.nodes.map((/** @type {{id: string}} */ node, /** @type {number} */ place) => [node.id, place]),
      );
      const of = (/** @type {string} */ letter) => Array.from({ length: count }, (_, i) => order.get(`${letter}${i}`));
      places = { xs: of("x"), as: of("a") };
      known.set(program, places);
    }
    const { xs, as } = places;
    const columns = answer.numbers ?? columnsOf(answer);
    return {
      values: as.map((place) => columns.values[place]),
      grads: xs.map((place) => columns.grads[place]),
      kinks: as.map((place) => columns.kinks[place]),
    };
  }

  /** @param {string} program @param {number} count @param {number} x @param {Post} post @returns {Promise<At[]>} */
  async function at(program, count, x, post) {
    const { values, grads, kinks } = await ask(program, count, x, post);
    return values.map((value, i) => ({ y: number(value), dy: number(grads[i] ?? 0), kink: kinks[i] }));
  }

  return {
    /** Each function at x. @param {readonly string[]} names @param {number} x @param {Post} post */
    at: (names, x, post) => at(programOf(names), names.length, x, post),
    /**
     * One function, one deep, two deep, and so on.
     * @param {string} name
     * @param {number} deepest
     * @param {number} x
     * @param {Post} post
     */
    stack: (name, deepest, x, post) => at(stackProgram(name, deepest), deepest, x, post),
    /** @param {readonly string[]} names @param {number[]} xs @param {Post} post @returns {Promise<Curve[]>} */
    async curves(names, xs, post) {
      const { values, grads } = await ask(programOf(names), names.length, xs, post);
      return names.map((_, i) => ({ x: xs, y: values[i].map(number), dy: grads[i].map(number) }));
    },
  };
}

/** @typedef {ReturnType<typeof createAsker>} Asker */

/** @param {any} answer an answer with structure, in which each node holds its numbers */
const columnsOf = ({ nodes }) => ({
  values: nodes.map((/** @type {any} */ node) => node.value),
  grads: nodes.map((/** @type {any} */ node) => node.grad),
  kinks: nodes.map((/** @type {any} */ node) => node.kink),
});

/** The range of x that all curves share. */
export const WINDOW = /** @type {[number, number]} */ ([-4, 4]);
/** The x of a curve's points: multiples of 1/8, which are exact in binary and include 0. */
export const POINTS = Array.from({ length: 65 }, (_, i) => WINDOW[0] + i / 8);
