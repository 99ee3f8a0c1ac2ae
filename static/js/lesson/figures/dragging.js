/**
 * Dragging in a figure: it starts where the pointer is pressed and follows it until release.
 * @param {HTMLElement} picture
 * @param {(event: PointerEvent) => void} drag  called with each position
 * @param {() => boolean} [may]  whether dragging is possible
 * @returns {() => void} removes the listeners
 */
export function draggable(picture, drag, may = () => true) {
  /** @param {PointerEvent} event */
  const down = (event) => {
    if (event.button !== 0 || !may()) return;
    picture.setPointerCapture(event.pointerId);
    drag(event);
  };
  /** @param {PointerEvent} event */
  const move = (event) => {
    if (picture.hasPointerCapture(event.pointerId)) drag(event);
  };
  picture.addEventListener("pointerdown", down);
  picture.addEventListener("pointermove", move);
  return () => {
    picture.removeEventListener("pointerdown", down);
    picture.removeEventListener("pointermove", move);
  };
}
