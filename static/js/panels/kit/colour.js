/** Colours of the style sheets, for what is painted and not styled. */

/**
 * A colour of the style sheets as numbers. The browser works it out, with light and dark.
 * @param {HTMLElement} host @param {string} name @returns {[number, number, number]}
 */
export function colour(host, name) {
  host.style.setProperty("color", `var(${name})`);
  const found = getComputedStyle(host)
    .color.match(/[\d.]+/g)
    ?.map(Number) ?? [0, 0, 0];
  host.style.removeProperty("color");
  const [r = 0, g = 0, b = 0] = found;
  return [r, g, b];
}
