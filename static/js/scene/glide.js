/**
 * Repainting a thousand nodes takes longer than a frame. So while a large drawing is dragged or zoomed, the existing
 * painting is moved and scaled as a whole. It is repainted when the movement pauses or has gone far.
 * @typedef {import("d3-zoom").ZoomTransform} ZoomTransform
 * @typedef {{surface: SVGSVGElement, content: SVGGElement}} Sheet  what is drawn, and all that is in it
 */

/** Pause in the movement before the drawing is repainted, ms. */
const REST = 120;
/** Beyond this change of scale the existing painting is too coarse or too small. */
const FAR = 1.9;

/**
 * @param {Sheet[]} sheets  they lie on each other
 * @param {(scale: number) => void} onPaint  called before painting at a new scale
 */
export function createGlide(sheets, onPaint) {
  /** @type {ZoomTransform | null} */
  let painted = null;
  let timer = 0;
  let frame = 0;

  function stay() {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
  }

  /**
   * The pause counts from when this move is on screen. The first move takes longer than the pause to paint; if the
   * timer ran out meanwhile, every move would be a first one.
   * @param {() => void} then
   */
  function afterRest(then) {
    stay();
    frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        timer = window.setTimeout(then, REST);
      });
    });
  }

  /** @param {ZoomTransform} transform */
  function paint(transform) {
    stay();
    painted = transform;
    onPaint(transform.k);
    for (const { surface, content } of sheets) {
      surface.style.transform = "";
      surface.style.willChange = "";
      content.setAttribute("transform", transform.toString());
    }
  }

  /** @param {ZoomTransform} transform @param {boolean} hand  whether the reader is moving it, so that it may glide */
  return (transform, hand) => {
    const by = painted === null ? 1 : transform.k / painted.k;
    if (!hand || painted === null || by > FAR || by < 1 / FAR) return paint(transform);
    afterRest(() => paint(transform));
    // Panning gains from a compositor layer; while scaling, the layers would be rebuilt in every frame.
    const moved = `translate(${(transform.x - by * painted.x).toFixed(2)}px, ${(transform.y - by * painted.y).toFixed(2)}px) scale(${by})`;
    for (const { surface } of sheets) {
      surface.style.willChange = by === 1 ? "transform" : "";
      surface.style.transform = moved;
    }
  };
}
