/** Frames -> GIF, in a worker. @typedef {import("./film.js").Recorder} Recorder */
import { built } from "../built.js";

/** Every n-th pixel of a sample picture is enough to find its colours. */
const SPARSE = 3;

/** @param {{width: number, height: number}} size @returns {Recorder} */
export function recordGif({ width, height }) {
  const worker = new Worker(built("export/gifworker.js"), { type: "module" });
  /** @param {object} message @param {Transferable[]} [moved] @returns {Promise<{bytes?: Uint8Array<ArrayBuffer>}>} */
  const ask = (message, moved = []) =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = (event) => reject(new Error(event.message || "the GIF worker did not start"));
      worker.postMessage(message, moved);
    });
  /** The worker's current task. */
  let under = Promise.resolve(/** @type {unknown} */ (null));
  /** GIF delays are in hundredths of a second: the rounding error is carried to the next frame. */
  let owed = 0;
  /** @type {Uint8ClampedArray[]} */
  const sparse = [];

  return {
    /** @param {CanvasRenderingContext2D} context */
    sample(context) {
      const { data } = context.getImageData(0, 0, width, height);
      const from = new Uint32Array(data.buffer);
      const few = new Uint32Array(Math.ceil(from.length / SPARSE));
      for (let i = 0; i < few.length; i += 1) few[i] = from[i * SPARSE];
      sparse.push(new Uint8ClampedArray(few.buffer));
    },
    async add(context, duration) {
      if (sparse.length > 0) under = ask({ kind: "samples", pixels: sparse.splice(0) });
      const { data } = context.getImageData(0, 0, width, height);
      owed += duration;
      const delay = Math.max(20, Math.round(owed / 10) * 10);
      owed -= delay;
      await under;
      under = ask({ kind: "frame", pixels: data, width, height, delay }, [data.buffer]);
    },
    async finish() {
      await under;
      const { bytes } = await ask({ kind: "finish" });
      worker.terminate();
      return new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (bytes)], { type: "image/gif" });
    },
    cancel: () => worker.terminate(),
  };
}
