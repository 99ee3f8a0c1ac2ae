/**
 * State <-> URL fragment, by one table. A field that holds its default is not written; what cannot be read is left out.
 * @typedef {object} Shared
 * @property {string} program
 * @property {Record<string, import("./types.js").WireNumber>} values
 * @property {number} time
 */

/** @type {{[K in keyof Shared]: {key: string, write: (x: Shared[K]) => string, read: (text: string) => Shared[K]}}} */
const FIELDS = {
  program: { key: "program", write: (x) => x, read: (text) => text },
  values: { key: "values", write: (x) => JSON.stringify(x), read: readValues },
  time: { key: "t", write: (x) => String(Math.round(x * 100) / 100), read: readTime },
};

/** @param {Shared} state @returns {string} without the # */
export function toFragment(state) {
  const params = new URLSearchParams();
  params.set(FIELDS.program.key, FIELDS.program.write(state.program));
  if (Object.keys(state.values).length > 0) params.set(FIELDS.values.key, FIELDS.values.write(state.values));
  if (state.time > 0) params.set(FIELDS.time.key, FIELDS.time.write(state.time));
  return params.toString();
}

/** @param {string} fragment with or without the # @returns {Partial<Shared>} */
export function fromFragment(fragment) {
  const params = new URLSearchParams(fragment.replace(/^#/, ""));
  /** @type {Partial<Shared>} */
  const state = {};
  /** @template {keyof Shared} K @param {K} field */
  const take = (field) => {
    const text = params.get(FIELDS[field].key);
    if (text === null) return;
    try {
      state[field] = FIELDS[field].read(text);
    } catch {
      // A broken field is not worth losing the others for.
    }
  };
  take("program");
  take("values");
  take("time");
  return state;
}

/** @param {string} text @returns {Shared["values"]} */
function readValues(text) {
  const values = JSON.parse(text);
  if (values === null || typeof values !== "object" || Array.isArray(values)) throw new TypeError("values must be an object");
  return values;
}

/** @param {string} text */
function readTime(text) {
  const time = Number(text);
  if (!Number.isFinite(time) || time < 0) throw new RangeError("time must be a number from 0");
  return time;
}
