/**
 * Records an animation frame by frame. Each frame is the scene at one moment, drawn off screen, so no frame is dropped
 * on a slow machine and the reader's own moment does not change.
 *
 * @typedef {object} Recorder
 * @property {(context: CanvasRenderingContext2D) => void} [sample]  passes a sample picture before the first frame, for
 *   the palette
 * @property {(context: CanvasRenderingContext2D, duration: number) => Promise<void>} add  adds the canvas as a frame of
 *   this duration, ms
 * @property {() => Promise<Blob>} finish
 * @property {() => void} cancel
 */
import { imageOf } from "./raster.js";

/** Number of sample pictures from which the palette is made. */
const SAMPLES = 9;

/**
 * @param {{draw: (shot: import("./span.js").Shot) => string | Promise<string>, shots: import("./span.js").Shot[], canvas: HTMLCanvasElement,
 *   record: (canvas: HTMLCanvasElement) => Promise<Recorder> | Recorder, signal: AbortSignal, progress:
 *   (done: number, of: number) => void}} film
 * @returns {Promise<Blob>} rejects with AbortError when cancelled
 */
export async function makeFilm({ draw: write, shots, canvas, record, signal, progress }) {
  const context = /** @type {CanvasRenderingContext2D} */ (
    canvas.getContext("2d", { willReadFrequently: true, alpha: false })
  );
  /** The document drawn on the canvas. */
  let drawn = "";
  /** @param {import("./span.js").Shot} shot */
  const draw = async (shot) => {
    signal.throwIfAborted();
    const text = await write(shot);
    if (text !== drawn) context.drawImage(await imageOf(text), 0, 0, canvas.width, canvas.height);
    drawn = text;
    // Let the page handle its events.
    await new Promise((resolve) => setTimeout(resolve));
  };
  const recorder = await record(canvas);
  try {
    if (recorder.sample) {
      for (let i = 0; i < SAMPLES; i += 1) {
        await draw(shots[Math.round((i * (shots.length - 1)) / (SAMPLES - 1))]);
        recorder.sample(context);
      }
    }
    for (const [i, shot] of shots.entries()) {
      await draw(shot);
      await recorder.add(context, shot.duration);
      progress(i + 1, shots.length);
    }
    signal.throwIfAborted();
    return await recorder.finish();
  } catch (error) {
    recorder.cancel();
    throw error;
  }
}
