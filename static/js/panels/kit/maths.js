/**
 * Typeset formulas. KaTeX is loaded for the first one; until then, and for what it cannot set, plain text is shown. A
 * formula is typeset once; its changing numbers are ordinary text beside it.
 */
import { signal } from "@preact/signals-core";
import { noChange } from "lit-html";
import { Directive, directive } from "lit-html/directive.js";
import { underWay } from "../../busy.js";

/** Longer formulas would not fit the panel, characters. */
const LONGEST = 280;

/** The HTML attributes that our formulas may use: their node and a tone. */
const OWN = new Set(["\\htmlData", "\\htmlClass"]);
const MARKS = /\\html(?:Data|Class)\{[^}]*\}/g;

/** Size of the cache: while a value changes, each line of numbers is a new formula. */
const KEPT = 500;

/** @param {string} stylesheet the address of KaTeX's style sheet */
export function createMaths(stylesheet) {
  const katex = signal(/** @type {typeof import("katex").default | null} */ (null));
  /** @type {Map<string, HTMLElement>} */
  const done = new Map();
  let asked = false;

  async function load() {
    asked = true;
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = stylesheet;
    const styled = new Promise((resolve) => {
      sheet.onload = resolve;
      sheet.onerror = resolve;
    });
    document.head.append(sheet);
    const [module] = await Promise.all([import("katex"), styled]);
    katex.value = module.default;
  }

  /**
   * @param {string} latex
   * @param {unknown} instead  shown until it can be typeset
   * @returns {unknown} for a lit template; an effect that reads it runs again when KaTeX has loaded
   */
  return (latex, instead) => {
    if (!asked) void underWay("part", load());
    if (katex.value === null || latex.replace(MARKS, "").length > LONGEST) return instead;
    let element = done.get(latex);
    if (element === undefined) {
      element = set(
        katex.value.renderToString(latex, {
          throwOnError: false,
          strict: "ignore",
          trust: ({ command }) => OWN.has(command),
        }),
      );
      if (done.size >= KEPT) done.clear();
      done.set(latex, element);
    }
    return typeset(element);
  };
}

/** Inserts a formula, and replaces it only if it differs: while a value changes, most do not. */
class Typeset extends Directive {
  /** @type {HTMLElement | null} */
  #shown = null;

  /** @param {HTMLElement} element */
  render(element) {
    if (element === this.#shown) return noChange;
    this.#shown = element;
    return copy(element);
  }
}
const typeset = directive(Typeset);

/**
 * The content security policy blocks style attributes, which tall brackets use; styles are set by script instead.
 * @param {string} html by KaTeX, in which every quote of a text is escaped @returns {HTMLElement}
 */
function set(html) {
  const element = document.createElement("span");
  element.className = "maths";
  element.innerHTML = html.replaceAll(' style="', ' data-style="');
  return styled(element);
}

/**
 * @param {HTMLElement} element
 * @returns {HTMLElement} a copy; a plain clone would have its style in an attribute too
 */
function copy(element) {
  return styled(/** @type {HTMLElement} */ (element.cloneNode(true)));
}

/** @param {HTMLElement} element @returns {HTMLElement} the same element, with its styles set */
function styled(element) {
  for (const each of /** @type {NodeListOf<HTMLElement>} */ (element.querySelectorAll("[data-style]")))
    each.style.cssText = each.dataset.style ?? "";
  return element;
}

/** @typedef {ReturnType<typeof createMaths>} Maths */

/**
 * @param {Pick<import("../../types.js").Node, "symbol" | "latex">} node its name, or the expression it stands for, as
 *   LaTeX
 */
export const latexOf = ({ symbol, latex }) => symbol ?? `\\left(${latex}\\right)`;
