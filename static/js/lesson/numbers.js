/**
 * The numbers in a step's text: each is a button that shows its origin, and each is updated with the values.
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../wire.d.ts").LessonReference} Reference
 */
import { effect } from "@preact/signals-core";
import { createQuery } from "../query.js";
import { format } from "../words/format.js";
import { fromWire } from "../trace/tensor.js";
import { keepPunctuation } from "./keep_punctuation.js";
import { textOf } from "../trace/subject.js";
import { isTraced, pick, quantity, readReference, shown } from "./quantities.js";

/** Delay after the last change of a value before numbers that are not in the trace are requested, ms. */
const REST = 200;
const WHAT = {
  value: "value of",
  grad: "gradient of",
  message: "what comes back to",
  local: "local derivative with respect to",
  check: "numerical derivative for",
  error: "its relative error for",
};

/**
 * @param {Reference} reference
 * @param {string} said  the printed number
 * @returns {{label: string, title: string}} the name and hint of its button
 */
export function nameOf({ of, node }, said) {
  const what = `${WHAT[of]} ${node}`;
  return {
    label: `${said}, ${what}: show where it comes from`,
    title: `${what[0].toUpperCase()}${what.slice(1)}: where it comes from`,
  };
}

/**
 * @param {HTMLElement} text  of one step; its spans become buttons
 * @param {Store} store
 * @param {() => boolean} isCurrent  whether the current trace belongs to this step; reads signals
 * @param {(reference: Reference, event: Event) => void} open
 */
export function createNumbers(text, store, isCurrent, open) {
  const found = [.../** @type {NodeListOf<HTMLElement>} */ (text.querySelectorAll("span.number"))].map((span) => {
    const reference = readReference(span.dataset);
    const button = document.createElement("button");
    button.type = "button";
    button.className = span.className;
    button.textContent = span.textContent;
    button.addEventListener("click", (event) => open(reference, event));
    span.replaceWith(button);
    keepPunctuation(button);
    return { reference, button, said: "" };
  });
  /** @param {typeof found[number]} number @param {string} said */
  const say = (number, said) => {
    const { reference, button } = number;
    if (number.said === said) return;
    number.said = said;
    button.textContent = said;
    const { label, title } = nameOf(reference, said);
    button.setAttribute("aria-label", label);
    button.title = title;
  };
  for (const number of found) say(number, number.button.textContent ?? "");

  effect(() => {
    const trace = store.visibleTrace.value;
    if (!trace || !isCurrent()) return;
    for (const number of found) {
      if (!isTraced(number.reference)) continue;
      const tensor = quantity(number.reference, trace);
      if (tensor) say(number, shown(tensor, number.reference));
    }
  });

  /** Numbers that are not in the trace, by the request that answers them. @type {Map<string, typeof found>} */
  const asked = new Map();
  for (const number of found) {
    const { node, epsilon } = number.reference;
    const key = `${node} ${epsilon}`;
    if (!isTraced(number.reference)) asked.set(key, [...(asked.get(key) ?? []), number]);
  }
  for (const those of asked.values()) {
    const { node, epsilon } = those[0].reference;
    createQuery("check", {
      about: () => (store.visibleTrace.value && isCurrent() ? { trace: store.visibleTrace.value } : null),
      rest: () => REST,
      ask: (_, post) => post({ ...textOf(store), nodes: [node], epsilon }),
      take: ({ checks: [check] }) => {
        for (const number of those) {
          if (number.reference.of === "error")
            say(number, format(Number(check.relative_error), number.reference.digits ?? 4));
          else {
            const tensor = pick(fromWire(check.numeric), number.reference.index);
            if (tensor) say(number, shown(tensor, number.reference));
          }
        }
      },
    });
  }
}
