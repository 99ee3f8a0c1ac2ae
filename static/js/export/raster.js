/** SVG text -> pixels. The document is loaded as a separate image, so that nothing of the page affects it. */

/** Largest canvas that browsers support: px per side, and in total. */
const SIDE = 16_384;
const AREA = 120_000_000;

/** @param {{width: number, height: number}} size @param {number} scale */
export const fitsCanvas = ({ width, height }, scale) =>
  width * scale <= SIDE && height * scale <= SIDE && width * height * scale * scale <= AREA;

/** @param {string} text @returns {Promise<HTMLImageElement>} */
export async function imageOf(text) {
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** @param {HTMLCanvasElement} canvas @returns {Promise<Blob>} what is drawn on it */
export const pngFrom = (canvas) =>
  new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error("the browser made no PNG of this size"))),
      "image/png",
    ),
  );

/** @param {string} text @param {{width: number, height: number}} size @param {number} scale @returns {Promise<Blob>} */
export async function pngOf(text, size, scale) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(size.width * scale);
  canvas.height = Math.round(size.height * scale);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.drawImage(await imageOf(text), 0, 0, canvas.width, canvas.height);
  return pngFrom(canvas);
}
