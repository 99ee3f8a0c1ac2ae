/** Frames -> WebM or MP4 by the browser's own encoders. @typedef {import("./film.js").Recorder} Recorder */
import {
  BufferTarget,
  CanvasSource,
  Mp4OutputFormat,
  Output,
  QUALITY_HIGH,
  WebMOutputFormat,
  canEncodeVideo,
} from "mediabunny";

/** @typedef {"webm" | "mp4"} Container */

/** Codecs in order of preference, most widely playable first; the first that the browser can encode is used. */
const CODECS = {
  webm: /** @type {const} */ (["vp9", "vp8", "av1"]),
  mp4: /** @type {const} */ (["avc", "hevc", "av1"]),
};

/** @param {Container} container @param {{width: number, height: number}} size */
export async function codecFor(container, { width, height }) {
  for (const codec of CODECS[container]) {
    if (await canEncodeVideo(codec, { width, height, quality: QUALITY_HIGH }).catch(() => false)) return codec;
  }
  return null;
}

/**
 * @param {HTMLCanvasElement} canvas  the frames are drawn into it
 * @param {Container} container
 * @returns {Promise<Recorder>}
 */
export async function recordVideo(canvas, container) {
  const codec = await codecFor(container, canvas);
  if (codec === null) throw new Error(`this browser cannot encode ${container.toUpperCase()} video of this size`);
  const target = new BufferTarget();
  const output = new Output({
    format: container === "webm" ? new WebMOutputFormat() : new Mp4OutputFormat({ fastStart: "in-memory" }),
    target,
  });
  const source = new CanvasSource(canvas, { codec, quality: QUALITY_HIGH, keyFrameInterval: 2 });
  output.addVideoTrack(source);
  await output.start();
  let time = 0;
  return {
    async add(_context, duration) {
      await source.add(time / 1000, duration / 1000);
      time += duration;
    },
    async finish() {
      await output.finalize();
      return new Blob([/** @type {ArrayBuffer} */ (target.buffer)], { type: `video/${container}` });
    },
    cancel: () => void output.cancel(),
  };
}
