/**
 * Painting a thousand nodes anew takes longer than a frame. So while a large picture is dragged or zoomed, what is
 * painted already is moved and scaled as a whole; as soon as the hand rests, or has gone far, it is painted where it is.
 * @typedef {import("d3-zoom").ZoomTransform} ZoomTransform
 */

/** So long a hand rests before the picture is sharp again, ms. */
const REST = 120;
/** Scaled further than this, what is painted is too coarse or too small. */
const FAR = 1.9;

/** @param {SVGSVGElement} surface @param {SVGGElement} content @param {(scale: number) => void} onPaint  it is about to be painted at a scale */
export function createGlide(surface, content, onPaint) {
  /** @type {ZoomTransform | null} */
  let painted = null;
  let timer = 0;
  let frame = 0;

  function stay() {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
  }

  /**
   * The rest is counted from when this move can be seen: the first takes longer than that to paint, and if the time ran out
   * meanwhile, every move would be a first one.
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
    surface.style.transform = "";
    surface.style.willChange = "";
    content.setAttribute("transform", transform.toString());
  }

  /** @param {ZoomTransform} transform @param {boolean} hand  whether a hand moves it, and it may glide */
  return (transform, hand) => {
    const by = painted === null ? 1 : transform.k / painted.k;
    if (!hand || painted === null || by > FAR || by < 1 / FAR) return paint(transform);
    afterRest(() => paint(transform));
    // What is only moved is worth a layer of its own; what is scaled would have its layers sorted out anew in every frame.
    surface.style.willChange = by === 1 ? "transform" : "";
    surface.style.transform = `translate(${(transform.x - by * painted.x).toFixed(2)}px, ${(transform.y - by * painted.y).toFixed(2)}px) scale(${by})`;
  };
}
