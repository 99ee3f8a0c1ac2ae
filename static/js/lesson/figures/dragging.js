/**
 * A picture in which something is dragged: pressed where it shall be, and followed until it is let go.
 * @param {HTMLElement} picture
 * @param {(event: PointerEvent) => void} drag  to where the pointer is
 * @param {() => boolean} [may]  whether there is anything to drag
 * @returns {() => void} its end
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
