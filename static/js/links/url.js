/**
 * State <-> URL fragment, defined by one table. Two spellings of the same fields: plain, for people and programs that
 * write links by hand (`#program=y+%3D+k+*+3&values={"k":7}&t=3`), and packed, for links that are copied or become a QR
 * code (`#v1=…`). A link may contain both; then the plain field wins, so that `&hide=editor` can be added by hand.
 *
 * @typedef {import("../types.js").WireNumber} WireNumber
 * @typedef {{x: number, y: number, k: number}} Camera  what the window shows: the point at its centre, and the scale
 *
 * @typedef {object} Shared
 * @property {string} program
 * @property {string} backward  the reader's own backward pass
 * @property {{of: string, text: string}} formula  a derivative as a formula, and the input that it is for
 * @property {string} output  the name whose gradients are wanted; if absent, what the program is about
 * @property {string} title
 * @property {string} hint
 * @property {Record<string, WireNumber>} values  of free names in the text
 * @property {Record<string, {line: number, value: WireNumber}>} overrides  of literals, with the overridden line (from
 *   1)
 * @property {number} time
 * @property {number} speed
 * @property {boolean} loop
 * @property {Camera} camera  if absent, the drawing fits its window
 * @property {boolean} follow
 * @property {boolean} branch  only what the selection comes from, and what comes of it
 * @property {string} selection
 * @property {import("../queries/nudge.js").Nudge} nudge
 * @property {number} epsilon  the step of the numerical derivatives
 * @property {string[]} open  open groups; if absent, the page decides
 * @property {"beside" | "flow"} parameters  where parameters are drawn; if absent, the page decides
 * @property {string} detail
 * @property {string[]} scalar
 * @property {string} stage
 * @property {string} left
 * @property {string} right
 * @property {import("../queries/codes.js").Target} target  the language of the code
 * @property {boolean} present
 * @property {string} predict  which gradients are covered: "next", "parameters", "all" or "one:" and a node
 * @property {"auto" | "dark" | "light"} theme
 * @property {{run: import("../store/training.js").Run, step: number, last: number, update?: string, example?: number}}
 *   train  a training: what it is trained with, the shown step, how many are taken, the parameter whose update is shown
 *   or the one example
 * @property {string[]} hide
 *
 * @typedef {object} Link
 * @property {Partial<Shared>} state
 * @property {"" | "cut" | "damaged" | "newer"} wrong  what is wrong with the packed part
 * @property {string[]} unread  keys of fields that could not be read
 */
import { isRun } from "../training/rule.js";
import { LARGEST_NUDGE } from "../trace/values.js";
import { canPack, pack, unpack } from "./packing.js";

/** Longest link: this page writes none longer, and browsers guarantee no more. */
const LONGEST = 400_000;
/** Longest formula that the server accepts. */
export const LONGEST_FORMULA = 2000;
/** The key of the packed spelling, with its version. */
const PACKED = "v1";
/** Separator of the packed fields: the one character that no program may contain. */
const BETWEEN = "\0";

const FORMULA = /^([^,[\]]+(?:\[[\d,]*\])?),(.*)$/s;

/** @template T @typedef {{key: string, write: (x: T) => string, read: (text: string) => T}} Field */

/** @param {string} key @returns {Field<string>} */
const text = (key) => ({ key, write: (x) => x.replaceAll(BETWEEN, ""), read: (x) => x });
/** @param {string} key @returns {Field<boolean>} */
const flag = (key) => ({ key, write: (x) => (x ? "1" : "0"), read: (x) => check(x, x === "1" || x === "0") === "1" });
/** @param {string} key @param {number} least @returns {Field<number>} */
const number = (key, least) => ({
  key,
  write: (x) => String(Math.round(x * 1000) / 1000),
  read: (x) => check(Number(x), x.trim() !== "" && Number.isFinite(Number(x)) && Number(x) >= least),
});
/** @template {string} T @param {string} key @param {T[]} words @returns {Field<T>} */
const oneOf = (key, words) => ({
  key,
  write: (x) => x,
  read: (x) => check(/** @type {T} */ (x), words.includes(/** @type {T} */ (x))),
});
/** Ids and names, as JSON or, written by hand, separated by commas. @param {string} key @returns {Field<string[]>} */
const list = (key) => ({
  key,
  write: (x) => (x.every((each) => /^[^,[\]"]+$/.test(each)) ? x.join(",") : JSON.stringify(x)),
  read: (x) => {
    const found = x.startsWith("[")
      ? JSON.parse(x)
      : x
          .split(",")
          .map((each) => each.trim())
          .filter((each) => each !== "");
    return check(found, Array.isArray(found) && found.every((each) => typeof each === "string"));
  },
});

/**
 * In the order of writing: first what a link that is cut off must not lose.
 * @type {{[K in keyof Shared]: Field<Shared[K]>}}
 */
const FIELDS = {
  program: text("program"),
  values: { key: "values", write: JSON.stringify, read: (x) => eachOf(JSON.parse(x), isNumbers) },
  overrides: {
    key: "set",
    write: (all) =>
      JSON.stringify(Object.fromEntries(Object.entries(all).map(([id, { line, value }]) => [id, [line, value]]))),
    read: (x) => {
      const pairs = eachOf(
        JSON.parse(x),
        (pair) =>
          Array.isArray(pair) && pair.length === 2 && Number.isInteger(pair[0]) && pair[0] > 0 && isNumbers(pair[1]),
      );
      return Object.fromEntries(Object.entries(pairs).map(([id, [line, value]]) => [id, { line, value }]));
    },
  },
  backward: text("backward"),
  formula: {
    key: "formula",
    write: ({ of, text }) => `${of},${text.slice(0, LONGEST_FORMULA)}`.replaceAll(BETWEEN, ""),
    read: (x) => {
      // A name contains no comma; an element may, within its brackets.
      const [, of, text] = check(/** @type {RegExpExecArray} */ (FORMULA.exec(x)), FORMULA.test(x));
      return { of, text: check(text, text.length <= LONGEST_FORMULA) };
    },
  },
  output: text("of"),
  title: text("title"),
  hint: text("hint"),
  time: number("t", 0),
  speed: number("speed", 0.01),
  loop: flag("loop"),
  camera: {
    key: "view",
    write: ({ x, y, k }) => [Math.round(x * 10) / 10, Math.round(y * 10) / 10, Math.round(k * 1e4) / 1e4].join(","),
    read: (given) => {
      const [x, y, k, ...more] = given.split(",").map(Number);
      return check({ x, y, k }, [x, y, k].every(Number.isFinite) && k > 0 && more.length === 0);
    },
  },
  follow: flag("follow"),
  branch: flag("only"),
  selection: text("select"),
  nudge: {
    key: "nudge",
    write: ({ id, place, delta }) => `${id},${place},${delta}`,
    read: (x) => {
      const [, id, place, delta] = check(
        /** @type {RegExpExecArray} */ (/^(.+),(\d{1,9}),([^,]+)$/.exec(x)),
        /^.+,\d{1,9},[^,]+$/.test(x),
      );
      return {
        id,
        place: Number(place),
        delta: check(Number(delta), delta.trim() !== "" && Math.abs(Number(delta)) <= LARGEST_NUDGE),
      };
    },
  },
  epsilon: { key: "eps", write: String, read: (x) => check(Number(x), Number(x) >= 1e-15 && Number(x) <= 1) },
  open: list("open"),
  detail: text("detail"),
  scalar: list("scalar"),
  parameters: oneOf("parameters", ["beside", "flow"]),
  stage: text("stage"),
  left: text("left"),
  right: text("right"),
  target: oneOf("target", ["numpy", "torch", "jax", "micrograd"]),
  present: flag("present"),
  predict: {
    key: "predict",
    write: (x) => x.replaceAll(BETWEEN, ""),
    read: (x) => check(x, /^(?:next|parameters|all|one:.+)$/s.test(x)),
  },
  theme: oneOf("theme", ["auto", "dark", "light"]),
  train: {
    key: "train",
    write: (x) => JSON.stringify(x).replaceAll(BETWEEN, ""),
    read: (x) => {
      const { run, step, last, update, example } = JSON.parse(x);
      const steps = Number.isInteger(step) && Number.isInteger(last) && step >= 0 && step <= last && last <= 1e6;
      const named = update === undefined || typeof update === "string";
      const row = example === undefined || (Number.isInteger(example) && example >= 0 && example <= 1e7);
      const more = { ...(update && { update }), ...(example !== undefined && { example }) };
      return check({ run, step, last, ...more }, isRun(run) && steps && named && row);
    },
  },
  hide: list("hide"),
};

/** @param {Partial<Shared>} state @returns {string[][]} key and text of each field present */
function written(state) {
  return Object.entries(FIELDS).flatMap(([name, { key, write }]) => {
    const value = state[/** @type {keyof Shared} */ (name)];
    return value === undefined ? [] : [[key, write(/** @type {never} */ (value))]];
  });
}

/** @param {Map<string, string>} given key -> text @returns {{state: Partial<Shared>, unread: string[]}} */
function readAll(given) {
  /** @type {Record<string, unknown>} */
  const state = {};
  /** @type {string[]} */
  const unread = [];
  for (const [name, { key, read }] of Object.entries(FIELDS)) {
    const said = given.get(key);
    if (said === undefined) continue;
    try {
      state[name] = read(said);
    } catch {
      // One broken field must not lose the others.
      unread.push(key);
    }
  }
  return { state, unread };
}

/** @param {Partial<Shared>} state @returns {string} without the #; the plain spelling, synchronously */
export const toFragment = (state) => new URLSearchParams(written(state)).toString();

/** @param {Partial<Shared>} state @returns {Promise<string>} without the #; the shorter spelling */
export async function toShortFragment(state) {
  const plain = toFragment(state);
  if (!canPack()) return plain;
  const packed = `${PACKED}=${await pack(
    written(state)
      .map(([key, said]) => `${key}=${said}`)
      .join(BETWEEN),
  )}`;
  return packed.length < plain.length ? packed : plain;
}

/** Whether a fragment is a state, and not an anchor on the page. @param {string} fragment */
export const isLink = (fragment) => fragment.includes("=");

/**
 * @param {string} fragment with or without the #
 * @returns {Link | Promise<Link>} synchronous unless there is something to unpack
 */
export function fromFragment(fragment) {
  if (fragment.length > LONGEST) return { state: {}, wrong: "damaged", unread: [] };
  const params = new URLSearchParams(fragment.replace(/^#/, ""));
  const plain = new Map(params);
  const word = params.get(PACKED);
  if (word === null) {
    const newer = [...plain.keys()].some((key) => /^v\d+$/.test(key));
    return { ...readAll(plain), wrong: newer ? "newer" : "" };
  }
  return unpackInto(word, plain);
}

/** @param {string} word @param {Map<string, string>} plain @returns {Promise<Link>} */
async function unpackInto(word, plain) {
  if (!canPack()) return { ...readAll(plain), wrong: "newer" };
  const { text, state: condition } = await unpack(word);
  const fields = text
    .split(BETWEEN)
    .map((field) => [field.slice(0, Math.max(0, field.indexOf("="))), field.slice(field.indexOf("=") + 1)]);
  const last = fields.at(-1);
  if (condition === "cut" && last) {
    // Of a field that was cut off only a program is usable: its complete lines.
    if (last[0] === FIELDS.program.key && last[1].includes("\n")) last[1] = last[1].slice(0, last[1].lastIndexOf("\n"));
    else fields.pop();
  }
  const found = readAll(new Map([.../** @type {[string, string][]} */ (fields), ...plain]));
  return { ...found, wrong: condition === "whole" ? "" : condition };
}

/** @template T @param {T} found @param {boolean} good @returns {T} */
function check(found, good) {
  if (!good) throw new RangeError("not what a link may say");
  return found;
}

/** @param {any} given @param {(x: any) => boolean} good @returns {Record<string, any>} */
const eachOf = (given, good) =>
  check(
    given,
    given !== null && typeof given === "object" && !Array.isArray(given) && Object.values(given).every(good),
  );

/** @param {unknown} x @returns {boolean} */
export const isNumbers = (x) =>
  typeof x === "number" ||
  ["NaN", "Infinity", "-Infinity"].includes(/** @type {string} */ (x)) ||
  (Array.isArray(x) && x.every(isNumbers));
