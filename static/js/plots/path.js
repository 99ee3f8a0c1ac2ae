/** A line through points as an SVG path. */

/** Farther out a line would only cost digits: it is clipped long before, px. */
const FAR = 4000;

/**
 * @param {readonly number[]} xs places, px
 * @param {readonly number[]} ys places, px
 * @param {(i: number) => boolean} [apart] whether the line is torn between points i - 1 and i
 * @returns {string} the path data; torn, too, where a place is not finite
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
