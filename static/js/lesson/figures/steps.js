/** Step sizes of a value that is moved by pointer or keys. */
import { roundedDown } from "../../trace/values.js";

/** A round step of about a hundredth of the window. @param {[number, number]} window */
export const roundStep = ([low, high]) => roundedDown((high - low) / 100);

/** @param {number} x @param {number} step @returns {number} the nearest multiple, without round-off from multiplying */
export const snapped = (x, step) => Number((Math.round(x / step) * step).toPrecision(12));

/**
 * The value after a key press; null if the key does nothing.
 * @param {{key: string, shiftKey: boolean}} event
 * @param {number} x
 * @param {number} step
 * @param {[number, number]} window
 */
export function keyed({ key, shiftKey }, x, step, [low, high]) {
  const by = step * (shiftKey ? 10 : 1);
  const moves = /** @type {Record<string, number>} */ ({
    ArrowRight: x + by,
    ArrowUp: x + by,
    ArrowLeft: x - by,
    ArrowDown: x - by,
    PageUp: x + 10 * step,
    PageDown: x - 10 * step,
    Home: low,
    End: high,
  });
  const to = moves[key];
  return to === undefined ? null : Math.min(high, Math.max(low, snapped(to, step)));
}
