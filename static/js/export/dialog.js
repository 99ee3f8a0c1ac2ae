/**
 * The Export dialog: formats on one side, a preview on the other. Loaded when first opened.
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("./formats.js").Format} Format
 * @typedef {import("./offscreen_render.js").Ground} Ground
 */
import { computed, effect, signal } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { postForText } from "../api.js";
import { createQuery } from "../query.js";
import { underWay } from "../busy.js";
import { endOf } from "../timeline/cues.js";
import { frameAt } from "../timeline/frame.js";
import { plainText } from "../timeline/sentence.js";
import { subjectOf } from "../trace/subject.js";
import { copyText, REFUSED } from "./clipboard.js";
import { dotText } from "./dottext.js";
import { fileName, momentName } from "./filename.js";
import { makeFilm } from "./film.js";
import { FORMATS, RATES, SCALES, WIDTHS, filmSize } from "./formats.js";
import { createJob } from "./job.js";
import { toldGraph } from "./labels.js";
import { mermaidText } from "./mermaid.js";
import { hidesAnything } from "../predict.js";
import { createPicture } from "./picture.js";
import { fitsCanvas, pngOf } from "./raster.js";
import { radios, select } from "./fields.js";
import { lengthOf, shotsOf, spanOf } from "./span.js";
import { filmedSteps, shotsOfSteps, traceAt } from "./steps.js";

const GROUNDS = /** @type {const} */ ([
  ["shown", "As shown"],
  ["dark", "Dark"],
  ["light", "Light"],
  ["print", "Print, on white"],
]);
const EXTENTS = /** @type {const} */ ([
  ["whole", "Whole graph"],
  ["window", "As in the window"],
]);
const RANGES = /** @type {const} */ ([
  ["all", "Everything"],
  ["forward", "Forward pass"],
  ["backward", "Backward pass"],
  ["step", "This step"],
]);
const OVER_STEPS = /** @type {const} */ (["steps", "Steps of the training"]);
const SPEEDS = /** @type {const} */ ([
  [0.5, "0.5×"],
  [1, "1×"],
  [2, "2×"],
  [4, "4×"],
]);
/** Most characters of a text in the preview; saving and copying use all of it. */
const SHOWN = 20_000;

/**
 * @param {Store} store
 * @param {Element} stage
 * @returns {() => unknown} the dialog's body
 */
export function createExport(store, stage) {
  const format = signal(FORMATS[0]);
  const ground = signal(/** @type {Ground} */ ("shown"));
  const extent = signal(/** @type {import("./picture.js").Extent} */ ("whole"));
  const scale = signal(2);
  const range = signal(/** @type {import("./span.js").Range | "steps"} */ ("all"));
  const speed = signal(1);
  const width = signal(960);
  const rate = signal(20);
  const preview = signal(/** @type {{address: string, width: number, height: number} | null} */ (null));
  const text = signal("");
  const copied = signal("");
  /** Which animation formats this browser can encode. */
  const able = signal(/** @type {Record<string, boolean>} */ ({ gif: true }));
  const job = createJob();
  const open = computed(() => store.dialog.value === "export");
  /** The moment at which the dialog was opened; it stays even if the clock runs on. */
  const now = signal(0);

  const alternativeOf = (/** @type {number} */ time) => {
    const cues = store.cues.peek();
    return {
      title: `${store.title.peek()}${cues ? `, ${momentName(cues, time).replace("-", " ")}` : ""}`,
      description: plainText(store.parts.peek()),
    };
  };
  const filmed = computed(() => filmedSteps(store));
  const overSteps = computed(() => range.value === "steps" && filmed.value.length > 1);
  const shots = computed(() => {
    const cues = store.cues.value;
    if (cues && overSteps.value) return shotsOfSteps(filmed.value, endOf(cues), speed.value);
    return cues
      ? shotsOf(cues, spanOf(cues, range.value === "steps" ? "all" : range.value, now.value), rate.value, speed.value)
      : [];
  });
  /** @param {boolean} film */
  const picture = (film) => {
    const step = store.cues.peek()?.steps[store.step.peek()];
    return createPicture(store, stage, {
      ground: ground.peek(),
      extent: extent.peek(),
      seed: film || step?.phase === "seed",
    });
  };
  /** @param {Format} chosen */
  const nameOf = ({ kind, ending }) => {
    const cues = store.cues.peek();
    if (!cues || ending === "json") return fileName(store.title.peek(), "", ending);
    const part = range.peek() === "all" ? "" : range.peek() === "step" ? momentName(cues, now.peek()) : range.peek();
    return fileName(store.title.peek(), kind === "film" ? part : momentName(cues, now.peek()), ending);
  };

  effect(() => {
    if (!open.value) return;
    now.value = store.frame.peek()?.time ?? 0;
    void underWay("part", findAble(filmSize(preview.peek() ?? { width: 16, height: 9 }, width.peek())));
  });
  // The preview.
  effect(() => {
    void [ground.value, extent.value, format.value];
    const before = preview.peek();
    if (before) URL.revokeObjectURL(before.address);
    preview.value = null;
    if (!open.value || format.value.kind === "text") return;
    const made = picture(format.value.kind === "film");
    if (made === null) return;
    const address = URL.createObjectURL(
      new Blob([made.at(now.value, alternativeOf(now.value))], { type: "image/svg+xml" }),
    );
    preview.value = { address, ...made.size };
    made.remove();
  });
  effect(() => {
    void [open.value, format.value];
    text.value = "";
    copied.value = "";
  });
  createQuery("trace", {
    about: () => (open.value && format.value.kind === "text" ? { id: format.value.id } : null),
    ask: ({ id }) => textOf(id),
    take: (found) => (text.value = found),
    refuse: ({ detail }) => (text.value = detail),
  });

  /** @param {{width: number, height: number}} size */
  async function findAble(size) {
    if (!("VideoEncoder" in window)) return;
    const { codecFor } = await import("./video.js");
    const [webm, mp4] = await Promise.all([codecFor("webm", size), codecFor("mp4", size)]);
    able.value = { gif: true, webm: webm !== null, mp4: mp4 !== null };
  }

  /** @param {string} id */
  async function textOf(id) {
    const [trace, cues] = [store.visibleTrace.peek(), store.cues.peek()];
    if (!trace || !cues) return "";
    if (id === "json") {
      if (hidesAnything(trace))
        return JSON.stringify({
          covered: "The trace contains the gradients that are to be predicted. Reveal them first.",
        });
      return postForText("trace", subjectOf(store, trace));
    }
    const graph = toldGraph(frameAt(trace, cues, now.peek()));
    return (id === "dot" ? dotText : mermaidText)(graph, alternativeOf(now.peek()).title);
  }

  /** @param {AbortSignal} signal @param {(done: number, of: number) => void} progress @returns {Promise<Blob>} */
  async function make(signal, progress) {
    const { id, kind } = format.peek();
    if (kind === "text") return new Blob([text.peek()], { type: id === "json" ? "application/json" : "text/plain" });
    const made = picture(kind === "film");
    if (made === null) throw new Error("there is no graph yet");
    try {
      if (id === "svg") return new Blob([made.at(now.peek(), alternativeOf(now.peek()))], { type: "image/svg+xml" });
      if (id === "png") return await pngOf(made.at(now.peek(), alternativeOf(now.peek())), made.size, scale.peek());
      const canvas = Object.assign(document.createElement("canvas"), filmSize(made.size, width.peek()));
      const record =
        id === "gif"
          ? async () => (await import("./gif.js")).recordGif(canvas)
          : async () => (await import("./video.js")).recordVideo(canvas, /** @type {"webm" | "mp4"} */ (id));
      const alternative = alternativeOf(now.peek());
      const at = traceAt(store, made.trace, signal);
      return await makeFilm({
        draw: async ({ time, step }) => made.at(time, alternative, step === undefined ? undefined : await at(step)),
        shots: shots.peek(),
        canvas,
        record,
        signal,
        progress,
      });
    } finally {
      made.remove();
    }
  }

  async function copy() {
    job.cancel();
    copied.value = (await copyText(text.peek())) ? "Copied." : `${REFUSED} Download it instead.`;
  }

  /** @param {Format} to */
  const choose = (to) => {
    format.value = to;
    if (to.kind === "film" && !RATES[/** @type {"gif"} */ (to.id)].includes(rate.peek()))
      rate.value = to.id === "gif" ? 20 : 30;
    if (job.status.peek().state !== "running") job.status.value = { state: "idle" };
  };

  return () => html`<div class="export">
    <div class="what">
      ${formats(format.value, choose, able.value)}
      <p class="dim about">${format.value.about}</p>
      ${options()}
    </div>
    <div class="result">${format.value.kind === "text" ? textShown() : pictureShown()}</div>
    <div class="foot">${footer()}</div>
  </div>`;

  function options() {
    const { kind, id } = format.value;
    if (kind === "text") return nothing;
    const size = preview.value ?? { width: 16, height: 9 };
    return html`${radios("Theme", GROUNDS, ground)} ${radios("Extent", EXTENTS, extent)}
      ${
        id === "png"
          ? radios(
              "Size",
              SCALES.map(
                (x) =>
                  /** @type {const} */ ([
                    x,
                    `${x}×, ${Math.round(size.width * x).toLocaleString("en")} × ${Math.round(size.height * x).toLocaleString("en")} px`,
                  ]),
              ),
              scale,
              (x) => !fitsCanvas(size, Number(x)),
            )
          : nothing
      }
      ${
        kind === "film"
          ? html`${radios("Part", filmed.value.length < 2 ? RANGES : [...RANGES, OVER_STEPS], range)}
            <div class="row">
              ${select("Speed", SPEEDS, speed)}
              ${select(
                "Size",
                WIDTHS.map((w) => {
                  const { width, height } = filmSize(size, w);
                  return /** @type {const} */ ([w, `${width} × ${height}`]);
                }),
                width,
              )}
              ${select(
                "Frames/s",
                RATES[/** @type {"gif"} */ (id)].map((x) => /** @type {const} */ ([x, String(x)])),
                rate,
              )}
            </div>`
          : nothing
      }`;
  }

  function pictureShown() {
    const seen = preview.value;
    return html`<figure>
      ${
        seen
          ? html`<img src=${seen.address} alt="Preview of this moment" width=${seen.width} height=${seen.height} />`
          : html`<p class="dim">One moment …</p>`
      }
      <figcaption class="dim">${
        format.value.kind === "film"
          ? `${(lengthOf(shots.value) / 1000).toFixed(1)} s, ${shots.value.length} frames`
          : seen
            ? `${seen.width.toLocaleString("en")} × ${seen.height.toLocaleString("en")} px at full size`
            : ""
      }</figcaption>
    </figure>`;
  }

  function textShown() {
    const all = text.value;
    return html`<textarea readonly spellcheck="false" aria-label=${`${format.value.title} text`}
      .value=${all.length > SHOWN ? `${all.slice(0, SHOWN)}\n…` : all || "One moment …"}></textarea>`;
  }

  function footer() {
    const status = job.status.value;
    if (status.state === "running" && status.of > 0) {
      const left = status.left === null ? "" : `, about ${Math.ceil(status.left / 1000)} s left`;
      return html`<label class="progress"><progress max=${status.of}
        .value=${status.done}></progress><span>Frame ${status.done} of ${status.of}${left}</span></label>
        <button @click=${job.cancel}>Cancel</button>`;
    }
    const chosen = format.value;
    const impossible = chosen.kind === "film" && !able.value[chosen.id];
    const waiting = status.state === "running" || (chosen.kind === "text" ? text.value === "" : preview.value === null);
    return html`<p role="status">${
      status.state === "done"
        ? `Saved ${status.name}, ${bytes(status.size)}.`
        : status.state === "failed"
          ? `The export failed: ${status.reason}.`
          : status.state === "running"
            ? "Working …"
            : copied.value
    }</p>
      ${status.state === "running" ? html`<button @click=${job.cancel}>Cancel</button>` : nothing}
      ${chosen.kind === "text" ? html`<button ?disabled=${waiting} @click=${copy}>Copy</button>` : nothing}
      <button class="hot" ?disabled=${waiting || impossible}
        @click=${() => void job.run(nameOf(chosen), make)}>Download ${chosen.title}</button>`;
  }
}

/** @param {Format} chosen @param {(format: Format) => void} choose @param {Record<string, boolean>} able */
function formats(chosen, choose, able) {
  const kinds = /** @type {const} */ ([
    ["picture", "Picture"],
    ["film", "Animation"],
    ["text", "Text"],
  ]);
  return html`<fieldset class="formats"><legend>Format</legend>${kinds.map(
    ([kind, title]) =>
      html`<div role="group" aria-label=${title}><span class="kind" aria-hidden="true">${title}</span>${FORMATS.filter(
        (each) => each.kind === kind,
      ).map((each) => {
        const unable = kind === "film" && !able[each.id];
        const why =
          "VideoEncoder" in window
            ? `This browser cannot encode ${each.title}`
            : "Video needs HTTPS or a page on this machine";
        return html`<label class="choice" title=${unable ? why : each.about}><input type="radio" name="format"
          .checked=${chosen === each} ?disabled=${unable} @change=${() => choose(each)} />${each.title}</label>`;
      })}</div>`,
  )}</fieldset>`;
}

/** @param {number} count */
const bytes = (count) =>
  count < 1e6 ? `${Math.max(1, Math.round(count / 1000))} kB` : `${(count / 1e6).toFixed(1)} MB`;
