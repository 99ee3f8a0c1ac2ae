/** Playing over the steps of a training, so many a second. Pure: what a span of time adds to what is shown. */

/** Steps a second that can be chosen. */
export const PACES = [1, 4, 16, 64, 256];

/** With reduced motion, the shortest time between two steps that are shown, ms. */
const CALM = 700;

/**
 * @typedef {{step: number, owed: number, waited: number}} Pace  the shown step, the part of the next one that is due,
 *   and the time since the last one, ms
 */

/** @param {number} step @returns {Pace} */
export const from = (step) => ({ step, owed: 0, waited: 0 });

/**
 * @param {Pace} pace @param {number} elapsed ms @param {number} speed steps a second @param {number} last the last step
 *   there is
 * @param {boolean} [calm]  whether motion is reduced: as fast, in fewer steps that are shown
 * @returns {Pace}
 */
export function advanced({ step, owed, waited }, elapsed, speed, last, calm = false) {
  const due = owed + (elapsed * speed) / 1000;
  const since = waited + elapsed;
  const whole = Math.floor(due + 1e-9);
  if (whole === 0 || (calm && since < CALM)) return { step, owed: due, waited: since };
  return { step: Math.min(last, step + whole), owed: due - whole, waited: 0 };
}
