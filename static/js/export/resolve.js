/**
 * Serializes an element without its style sheet: computed styles become SVG attributes, which every program reads.
 * Custom properties, light-dark(), color-mix() and calc() are plain numbers and colours by then.
 */

/** Attributes of shapes with their default values, which are left out. */
const PAINT = /** @type {const} */ ([
  ["fill", "#000000"],
  ["fill-opacity", "1"],
  ["stroke", "none"],
  ["stroke-opacity", "1"],
  ["stroke-width", "1"],
  ["stroke-dasharray", "none"],
  ["stroke-dashoffset", "0"],
  ["stroke-linecap", "butt"],
  ["stroke-linejoin", "miter"],
  ["paint-order", "normal"],
]);
const TEXT = /** @type {const} */ ([
  ["font-size", "16"],
  ["font-weight", "400"],
  ["font-style", "normal"],
  ["text-anchor", "start"],
  ["letter-spacing", "normal"],
  ["dominant-baseline", "auto"],
]);
/** Geometry, and attributes that help a reader of the file. */
const KEPT = "class data-id data-box d pathLength x y width height rx ry cx cy r dx dy x1 y1 x2 y2 points".split(" ");
/** Controls, which are left out of a picture. */
const CONTROLS = ".opener, .box-hold, .box-minus, title";
const SHAPES = new Set(["path", "rect", "circle", "ellipse", "line", "polyline", "polygon"]);

/**
 * @typedef {object} Resolver
 * @property {(element: Element) => string} text  "" for what is invisible
 * @property {() => string} definitions  the filters and patterns used by everything written
 */

/** @param {SVGSVGElement} surface in the document, so that it has styles @returns {Resolver} */
export function createResolver(surface) {
  const colours = createColours();
  /** @type {Map<string, string>} */
  const definitions = new Map();

  /** @param {CSSStyleDeclaration} style @param {"fill" | "stroke"} which @returns {{paint: string, opacity: number}} */
  function paintOf(style, which) {
    const value = style[which];
    const reference = /^url\("?#([^")]+)"?\)/.exec(value);
    if (reference) {
      define(reference[1]);
      return { paint: `url(#${reference[1]})`, opacity: Number(style.getPropertyValue(`${which}-opacity`)) };
    }
    const { hex, alpha } = colours(value);
    return { paint: hex, opacity: alpha * Number(style.getPropertyValue(`${which}-opacity`)) };
  }

  /** @param {string} id of a referenced pattern or similar element */
  function define(id) {
    if (definitions.has(id)) return;
    definitions.set(id, "");
    const element = surface.querySelector(`#${CSS.escape(id)}`);
    if (!element) return;
    const attributes = [...element.attributes].map(({ name, value }) => ` ${name}="${escaped(value)}"`).join("");
    definitions.set(
      id,
      `<${element.localName}${attributes}>${[...element.children].map(text).join("")}</${element.localName}>`,
    );
  }

  /**
   * @param {SVGGraphicsElement} element
   * @param {string} filter as computed
   * @returns {string} the id of an equivalent filter
   */
  function filterFor(element, filter) {
    const radius = Number(/^blur\(([\d.]+)px\)$/.exec(filter)?.[1]);
    if (!(radius > 0)) return "";
    // The default filter region is the bounding box, which is empty for a horizontal line.
    const { x, y, width, height } = element.getBBox();
    const room = Math.ceil(3 * radius) + 24;
    const region = [x - room, y - room, width + 2 * room, height + 2 * room].map(Math.round);
    const id = `blur-${radius}-${region.join("_")}`.replaceAll("-", "m").replaceAll(".", "p");
    definitions.set(
      id,
      `<filter id="${id}" filterUnits="userSpaceOnUse" x="${region[0]}" y="${region[1]}" width="${region[2]}" height="${region[3]}"><feGaussianBlur stdDeviation="${radius}"/></filter>`,
    );
    return id;
  }

  /** @param {Element} element @returns {string} */
  function text(element) {
    if (element.matches(CONTROLS)) return "";
    const style = getComputedStyle(element);
    if (style.display === "none" || Number(style.opacity) === 0) return "";
    /** @type {[string, string][]} */
    const attributes = KEPT.flatMap((name) => {
      const value = element.getAttribute(name);
      return value === null || value === "" ? [] : [/** @type {[string, string]} */ ([name, value])];
    });
    if (Number(style.opacity) < 1) attributes.push(["opacity", short(Number(style.opacity))]);
    const moved = [translationOf(style.translate), transformOf(style.transform)].filter(Boolean).join(" ");
    if (moved) attributes.push(["transform", moved]);
    const tag = element.localName;
    if (tag === "g") {
      const inside = [...element.children].map(text).join("");
      return inside && `<g${written(attributes)}>${inside}</g>`;
    }
    if (style.visibility !== "visible") return "";
    const isText = tag === "text" || tag === "tspan";
    if (!isText && !SHAPES.has(tag)) return "";
    if (isText && element.textContent === "") return "";
    const fill = paintOf(style, "fill");
    const stroke = paintOf(style, "stroke");
    const hidden = (/** @type {{paint: string, opacity: number}} */ { paint, opacity }) =>
      paint === "none" || opacity === 0;
    if (hidden(fill) && (hidden(stroke) || parseFloat(style.strokeWidth) === 0)) return "";
    if (style.filter !== "none" && element instanceof SVGGraphicsElement) {
      const id = filterFor(element, style.filter);
      if (id) attributes.push(["filter", `url(#${id})`]);
    }
    for (const [name, plain] of PAINT) {
      if (name.startsWith("stroke-") && hidden(stroke)) continue;
      const value =
        name === "fill"
          ? hidden(fill)
            ? "none"
            : fill.paint
          : name === "stroke"
            ? hidden(stroke)
              ? "none"
              : stroke.paint
            : name === "fill-opacity"
              ? short(hidden(fill) ? 1 : fill.opacity)
              : name === "stroke-opacity"
                ? short(stroke.opacity)
                : name === "paint-order" && hidden(stroke)
                  ? plain
                  : unitless(style.getPropertyValue(name));
      if (value !== plain) attributes.push([name, value]);
    }
    if (isText) {
      for (const [name, plain] of TEXT) {
        const value = unitless(style.getPropertyValue(name));
        if (value !== plain) attributes.push([name, value]);
      }
      const inside = [...element.childNodes]
        .map((child) => (child instanceof Element ? text(child) : escaped(child.textContent ?? "")))
        .join("");
      return `<${tag}${written(attributes)}>${inside}</${tag}>`;
    }
    return `<${tag}${written(attributes)}/>`;
  }

  return { text, definitions: () => [...definitions.values()].join("") };
}

/** @param {[string, string][]} attributes */
const written = (attributes) => attributes.map(([name, value]) => ` ${name}="${escaped(value)}"`).join("");

/**
 * @param {string} text
 * @returns {string} escaped for XML attributes and text; control characters are not allowed there
 */
export const escaped = (text) =>
  text
    .replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`)
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "");

/** @param {number} x */
const short = (x) => String(Math.round(x * 1000) / 1000);

/** @param {string} value "2.5px" is 2.5, "6px, 4px" is 6 4 */
const unitless = (value) =>
  /^[\d.-]+px(, [\d.-]+px)*$/.test(value)
    ? value
        .split(", ")
        .map((part) => short(parseFloat(part)))
        .join(" ")
    : value;

/** @param {string} value as computed: "none", "5px" or "0px 5px" @returns {string} "" for none */
function translationOf(value) {
  const [x, y = 0] = value.split(" ").map(parseFloat);
  return Number.isNaN(x) ? "" : `translate(${short(x)} ${short(y)})`;
}

/** @param {string} value as computed @returns {string} "" for none */
function transformOf(value) {
  const numbers = /^matrix\(([^)]*)\)$/.exec(value)?.[1].split(", ").map(Number);
  if (!numbers) return "";
  const [a, b, c, d, e, f] = numbers;
  if (a === 1 && b === 0 && c === 0 && d === 1) return e === 0 && f === 0 ? "" : `translate(${short(e)} ${short(f)})`;
  return `matrix(${numbers.map(short).join(" ")})`;
}

/** @returns {(value: string) => {hex: string, alpha: number}} converts any computed colour to #rrggbb and opacity */
function createColours() {
  /** @type {Map<string, {hex: string, alpha: number}>} */
  const known = new Map();
  const context = /** @type {CanvasRenderingContext2D} */ (
    Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", {
      willReadFrequently: true,
    })
  );
  return (value) => {
    let found = known.get(value);
    if (found === undefined) {
      if (value === "none") found = { hex: "none", alpha: 1 };
      else {
        context.clearRect(0, 0, 1, 1);
        context.fillStyle = value;
        context.fillRect(0, 0, 1, 1);
        const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
        found = {
          hex: `#${[r, g, b].map((x) => x.toString(16).padStart(2, "0")).join("")}`,
          alpha: Math.round((a / 255) * 1000) / 1000,
        };
      }
      known.set(value, found);
    }
    return found;
  };
}
