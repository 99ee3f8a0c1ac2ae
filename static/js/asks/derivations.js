/**
 * Asks the server how the shown node is derived, and what is known of the shown function call as a whole. The formulas
 * stay while only values change; what holds numbers of its own belongs to one trace.
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../types.js").Trace} Trace
 */
import { computed, effect } from "@preact/signals-core";
import { createLine, isAbort, ProblemError } from "../api.js";
import { createRest } from "../busy.js";
import { subjectOf } from "../trace/subject.js";

/** Whoever only passes over a node, or drags a value, is not told in full, ms. */
const REST = 90;

/** @param {Store} store */
export function createDerivations(store) {
  const line = createLine();
  const wholes = createLine();
  const rest = createRest("explain");
  const restOfWhole = createRest("explain");
  /**
   * What was told of the nodes of one structure; `known`: whether one is the result of a known function.
   * @type {{key: string, told: Map<string, import("../wire.d.ts").DerivationAnswer>, known: Set<string>}}
   */
  let cache = { key: "", told: new Map(), known: new Set() };
  const wanted = computed(() => (store.clock.value.playing ? "" : (store.shownNode.value?.id ?? "")));

  effect(() => {
    const [trace, id] = [store.trace.value, wanted.value];
    rest.stop();
    if (trace === null || id === "") return;
    if (cache.key !== trace.key) cache = { key: trace.key, told: new Map(), known: new Set() };
    const told = cache.told.get(id) ?? null;
    const held = store.derivation.peek();
    const current = held !== null && held.id === id && held.trace === trace;
    if (current) return;
    store.derivation.value = told && { id, key: trace.key, trace: null, told };
    // Numbers of its own are asked for again with every trace.
    if (told === null || told.expanded !== null || cache.known.has(id)) rest.start(REST, () => void ask(id, trace));
  });

  effect(() => {
    const [trace, group, id] = [store.trace.value, store.shownGroup.value, wanted.value];
    restOfWhole.stop();
    const held = store.whole.peek();
    if (held && held.trace === trace && held.id === (group?.id ?? id)) return;
    store.whole.value = null;
    if (trace === null || group?.kind !== "call") return;
    restOfWhole.start(REST, () => void askWhole(group.id, trace));
  });

  /** @param {string} id @param {Trace} trace */
  async function ask(id, trace) {
    const { derivation: told, whole: forms } = (await answer(line, { ...subjectOf(store, trace), node: id })) ?? {};
    if (!told || cache.key !== trace.key) return;
    cache.told.set(id, told);
    if (forms) cache.known.add(id);
    if (wanted.peek() !== id || store.trace.peek() !== trace) return;
    store.derivation.value = { id, key: trace.key, trace, told };
    if (forms && store.shownGroup.peek()?.kind !== "call") store.whole.value = { id, trace, forms };
  }

  /** @param {string} id @param {Trace} trace */
  async function askWhole(id, trace) {
    const forms = (await answer(wholes, { ...subjectOf(store, trace), node: id }))?.whole;
    if (forms && store.trace.peek() === trace && store.shownGroup.peek()?.id === id) store.whole.value = { id, trace, forms };
  }
}

/** @param {ReturnType<typeof createLine>} line @param {ReturnType<typeof JSON.parse>} body @returns {Promise<import("../wire.d.ts").ExplainAnswer | null>} */
async function answer(line, body) {
  try {
    return await line("explain", body);
  } catch (error) {
    // What cannot be derived stands as the trace shows it.
    if (isAbort(error) || error instanceof ProblemError) return null;
    throw error;
  }
}
