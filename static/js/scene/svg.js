/** Creating SVG elements and updating them cheaply. */

/**
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string | number>} [attributes]
 * @param {(Node | string)[]} children strings become text, never markup
 * @returns {SVGElementTagNameMap[K]}
 */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/**
 * Writes only what has changed: most marks do not change in most frames.
 * @param {Element} element
 * @returns
 *   {{text: (text: string) => void, attr: (name: string, value: string) => void, prop: (name: string, value: string) => void}}
 */
export function writer(element) {
  /** @type {Map<string, string>} */
  const last = new Map();
  /** @param {string} key @param {string} value */
  const changed = (key, value) => last.get(key) !== value && last.set(key, value) !== undefined;
  return {
    text: (text) => {
      if (changed("text", text)) element.textContent = text;
    },
    attr: (name, value) => {
      if (changed(name, value)) element.setAttribute(name, value);
    },
    prop: (name, value) => {
      if (changed(name, value)) /** @type {SVGElement} */ (element).style.setProperty(name, value);
    },
  };
}

/**
 * Reuses elements from frame to frame, since a step needs only a few.
 * @template S
 * @param {SVGElement} layer @param {() => {element: SVGElement, update: (state: S | null) => void}} make
 * @returns {(states: S[]) => void} shows one element for each state and hides the others
 */
export function createPool(layer, make) {
  /** @type {ReturnType<typeof make>[]} */
  const pool = [];
  return (states) => {
    while (pool.length < states.length) {
      const one = make();
      pool.push(one);
      layer.append(one.element);
    }
    pool.forEach((one, i) => one.update(states[i] ?? null));
  };
}

/** @type {CanvasRenderingContext2D | null} */
const context = document.createElement("canvas").getContext("2d");

/** @param {string} text @param {number} size in px @param {number} [weight] @returns {number} px */
export function textWidth(text, size, weight = 400) {
  if (!context) return text.length * size * 0.62;
  context.font = `${weight} ${size}px system-ui, "DejaVu Sans", sans-serif`;
  return context.measureText(text).width;
}
