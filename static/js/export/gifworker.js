/**
 * Encodes a GIF off the main thread: first samples, which become the palette, then frames. Every message is answered.
 * @typedef {{kind: "samples", pixels: Uint8ClampedArray[]}} Samples
 * @typedef {{kind: "frame", pixels: Uint8ClampedArray, width: number, height: number, delay: number}} Picture
 * @typedef {{kind: "finish"}} Finish
 */
/// <reference path="./gifenc.d.ts" />
import { GIFEncoder, nearestColorIndex, quantize } from "gifenc";

/** One of 256 entries is kept for "unchanged": pixels that do not change are not written again. */
const COLOURS = 255;
/** Palette lookup by 6 bits per channel. */
const BITS = 18;

const encoder = GIFEncoder();
/** @type {import("gifenc").Colour[]} */
const palette = [];
const nearest = new Int16Array(1 << BITS).fill(-1);
/** @type {{pixels: Uint32Array | null}} */
const last = { pixels: null };

/** @param {Samples} message */
function sample({ pixels }) {
  const all = new Uint8ClampedArray(pixels.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const each of pixels) {
    all.set(each, at);
    at += each.length;
  }
  palette.push(...quantize(all, COLOURS, { format: "rgb565" }));
  while (palette.length < COLOURS + 1) palette.push([0, 0, 0]);
}

/** @param {Picture} message */
function frame({ pixels, width, height, delay }) {
  const colours = palette.slice(0, COLOURS);
  const now = new Uint32Array(pixels.buffer);
  const index = new Uint8Array(now.length);
  const before = last.pixels;
  for (let i = 0; i < now.length; i += 1) {
    const colour = now[i];
    if (before !== null && before[i] === colour) {
      index[i] = COLOURS;
      continue;
    }
    const [r, g, b] = [colour & 255, (colour >> 8) & 255, (colour >> 16) & 255];
    const key = ((r >> 2) << 12) | ((g >> 2) << 6) | (b >> 2);
    if (nearest[key] < 0) nearest[key] = nearestColorIndex(colours, [r, g, b]);
    index[i] = nearest[key];
  }
  encoder.writeFrame(
    index,
    width,
    height,
    before === null
      ? { palette, delay, dispose: 1, repeat: 0 }
      : { delay, dispose: 1, transparent: true, transparentIndex: COLOURS },
  );
  last.pixels = now;
}

addEventListener("message", (/** @type {MessageEvent<Samples | Picture | Finish>} */ { data }) => {
  if (data.kind === "samples") sample(data);
  else if (data.kind === "frame") frame(data);
  else encoder.finish();
  postMessage(data.kind === "finish" ? { bytes: encoder.bytes() } : {});
});
