/**
 * A slice through the loss: what spans it, and its picture once it is known.
 * @typedef {{leaf: string, index: number[]}} Element
 * @typedef {{of: "weights" | "directions", elements: [Element, Element] | null, seed: number}} SliceWish  elements:
 *   null until the reader chooses, then the first two
 */
import { computed, signal } from "@preact/signals-core";
import { indexOf } from "../trace/elements.js";

/** Most elements that are offered. */
const MOST = 400;

/**
 * @typedef {ReturnType<typeof import("./subject.js").createSubject>} Subject
 * @typedef {ReturnType<typeof import("./training.js").createTraining>} Training
 * @param {Pick<Subject, "fullTrace"> & Pick<Training, "trained" | "shownUpdate">} of
 */
export function createSlice({ fullTrace, trained, shownUpdate }) {
  const wish = signal(/** @type {SliceWish} */ ({ of: "weights", elements: null, seed: 0 }));
  let known = /** @type {Element[]} */ ([]);
  /** The elements that can span it: of what is learned. Those of an update are the loss's. */
  const elements = computed(() => {
    const [trace, names] = [fullTrace.value, trained.value?.begins.parameters];
    if (trace === null || shownUpdate.value !== "") return known;
    const leaves = trace.nodes.filter(({ id, role, use, grad }) =>
      names ? names.includes(id) : role === "input" && grad !== null && use !== "data" && use !== "target",
    );
    /** @type {Element[]} */
    const found = [];
    for (const { id, shape, value } of leaves)
      for (let place = 0; place < value.flat.length && found.length < MOST; place += 1)
        found.push({ leaf: id, index: indexOf(place, shape) });
    return (known = found);
  });
  /** Those that are chosen, if the program still has them. */
  const chosen = computed(() => {
    const all = elements.value.map(keyOf);
    const own = wish.value.elements;
    if (own && own.every((each) => all.includes(keyOf(each)))) return own;
    return elements.value.length < 2
      ? null
      : /** @type {[Element, Element]} */ ([elements.value[0], elements.value[1]]);
  });
  return {
    /** Whether it is looked at. */
    sliceOpen: signal(false),
    sliceWish: wish,
    sliceElements: elements,
    sliceChosen: chosen,
    slice: signal(/** @type {import("../plots/slice.js").Slice | null} */ (null)),
    /** Why there is none. */
    sliceRefused: signal(""),
  };
}

/** @param {Element} element as a program writes it */
export const keyOf = ({ leaf, index }) => (index.length > 0 ? `${leaf}[${index.join(", ")}]` : leaf);
