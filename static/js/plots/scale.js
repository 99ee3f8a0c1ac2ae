/**
 * Scales from numbers to positions, and the numbers to write beside an axis. Written here in a few lines because
 * d3-scale (dates, colours, number formats) would be several times as large as all figures together.
 * @typedef {((x: number) => number) & {invert: (place: number) => number}} Scale
 */

/** @param {[number, number]} domain @param {[number, number]} range @returns {Scale} */
export function linear([low, high], [from, to]) {
  const ratio = (to - from) / (high - low);
  return Object.assign((/** @type {number} */ x) => from + (x - low) * ratio, {
    invert: (/** @type {number} */ place) => low + (place - from) / ratio,
  });
}

/**
 * Logarithmic scale.
 * @param {[number, number]} domain both positive
 * @param {[number, number]} range
 * @returns {Scale}
 */
export function logarithmic([low, high], range) {
  const inner = linear([Math.log10(low), Math.log10(high)], range);
  return Object.assign((/** @type {number} */ x) => inner(Math.log10(x)), {
    invert: (/** @type {number} */ place) => 10 ** inner.invert(place),
  });
}

/**
 * Round numbers within [low, high], about `wanted` many, in steps of 1, 2 or 5 times a power of ten.
 * @param {number} low @param {number} high @param {number} [wanted]
 */
export function ticks(low, high, wanted = 5) {
  const rough = (high - low) / wanted;
  if (!(rough > 0) || !Number.isFinite(rough)) return [];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (rough / power >= 7 ? 10 : rough / power >= 3.5 ? 5 : rough / power >= 1.5 ? 2 : 1);
  const found = [];
  // Multiply instead of adding up the step, which would drift.
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i += 1)
    found.push(Number((i * step).toPrecision(12)));
  return found;
}

/** @param {number} x @param {number} low @param {number} high */
export const clamp = (x, low, high) => Math.min(high, Math.max(low, x));
