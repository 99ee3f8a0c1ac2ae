/** The size of an element in px, as a signal. Plots are drawn in real px, so that text keeps its size. */
import { signal } from "@preact/signals-core";
import { div } from "../dom.js";

/** @param {HTMLElement} host */
export function sized(host) {
  const size = signal({ width: host.clientWidth, height: host.clientHeight });
  const watch = new ResizeObserver(() => {
    const { clientWidth: width, clientHeight: height } = host;
    const known = size.peek();
    if (width !== known.width || height !== known.height) size.value = { width, height };
  });
  watch.observe(host);
  return { size, stop: () => watch.disconnect() };
}

/**
 * The two parts of a figure: a plot that fills the available room, whose size is a signal, and controls below it.
 * `removing` makes the function that stops these effects and removes the figure.
 * @param {HTMLElement} host
 */
export function parts(host) {
  const [figure, picture, controls] = ["figure", "figure-picture", "figure-controls"].map(div);
  figure.append(picture, controls);
  host.append(figure);
  const { size, stop } = sized(picture);
  /** @param {(() => void)[]} stops */
  const removing =
    (...stops) =>
    () => {
      for (const each of [...stops, stop]) each();
      host.replaceChildren();
    };
  return { picture, controls, size, removing };
}
