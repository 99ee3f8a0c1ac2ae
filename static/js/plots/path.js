/** A line through points as an SVG path. */

/** Coordinates are clamped to this: it lies far outside the plot and keeps the numbers short, px. */
const FAR = 4000;

/**
 * @param {readonly number[]} xs positions, px
 * @param {readonly number[]} ys positions, px
 * @param {(i: number) => boolean} [apart] whether the line is broken between points i - 1 and i
 * @returns {string} the path data; also broken where a position is not finite
 */
export function linePath(xs, ys, apart = () => false) {
  let path = "";
  let pen = false;
  xs.forEach((x, i) => {
    const y = ys[i];
    if (!Number.isFinite(x) || !Number.isFinite(y)) return void (pen = false);
    path += `${pen && !apart(i) ? "L" : "M"}${near(x)} ${near(y)}`;
    pen = true;
  });
  return path;
}

/** @param {number} place */
const near = (place) => Number(Math.min(FAR, Math.max(-FAR, place)).toFixed(1));
