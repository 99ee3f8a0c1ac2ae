/** A form that describes a small network; the server writes it as a program. @typedef {import("../../types.js").Network} Network */
import { effect, signal } from "@preact/signals-core";
import { html, render } from "lit-html";
import { ICONS } from "../kit/icons.js";

/** Titles for the server's words; the others are shown as they are. @type {Record<string, string>} */
const TITLES = {
  none: "none: the output itself",
  mse: "mean squared error",
  cross_entropy: "cross-entropy",
  binary_cross_entropy: "binary cross-entropy",
  xavier: "Xavier",
  he: "He",
};

/**
 * Adapts a network to what the server accepts: another loss may need another last activation, and data another number of
 * inputs and outputs.
 * @param {Network} network @param {import("../../wire.d.ts").NetworkOptions | null} options @returns {Network}
 */
export function fitting(network, options) {
  const data = options?.data.find(({ name }) => name === network.data);
  const shaped = data ? shapedFor(network, data) : network;
  const outputs = outputsOf(shaped, options);
  const last = shaped.layers.length - 1;
  if (outputs.includes(shaped.layers[last].activation)) return shaped;
  const activation = outputs[outputs.length - 1];
  return { ...shaped, layers: shaped.layers.map((layer, i) => (i === last ? { ...layer, activation } : layer)) };
}

/** @param {Network} network @param {import("../../wire.d.ts").NetworkData} data @returns {Network} */
function shapedFor(network, { inputs, classes }) {
  // Numbers are no classes.
  const loss = classes === 0 && network.loss !== "none" ? "mse" : network.loss;
  const units = loss === "cross_entropy" ? classes : 1;
  const last = network.layers.length - 1;
  if (network.inputs === inputs && network.loss === loss && (loss === "none" || network.layers[last].units === units))
    return network;
  const layers = network.layers.map((layer, i) => (i === last && loss !== "none" ? { ...layer, units } : layer));
  return { ...network, inputs, loss, layers };
}

/** What a network for these data begins with: enough examples, and a loss that suits them. @param {import("../../wire.d.ts").NetworkData | undefined} data @returns {Partial<Network>} */
export const beginningWith = (data) =>
  data === undefined
    ? { data: null, noise: null, batch: 1 }
    : {
        data: data.name,
        noise: null,
        batch: data.name === "xor" ? 4 : 60,
        loss: data.classes > 0 ? "binary_cross_entropy" : "mse",
      };

/** A last layer that says what is learned: a probability of a class, a number as it is. @param {Network["layers"]} layers @param {import("../../wire.d.ts").NetworkData} data */
const ending = (layers, { classes }) =>
  layers.map((layer, i) =>
    i === layers.length - 1 ? { units: 1, activation: classes > 0 ? "sigmoid" : "identity" } : layer,
  );

/** @param {Network} network @param {import("../../wire.d.ts").NetworkOptions | null} options @returns {string[]} the activations that its last layer may have */
const outputsOf = ({ layers, loss }, options) =>
  options?.losses.find(({ name }) => name === loss)?.outputs ?? layers.map(({ activation }) => activation);

/**
 * @param {HTMLElement} host
 * @param {import("../../store.js").Store} store
 * @param {import("../../session.js").Session} session
 */
export function createNetwork(host, store, session) {
  const refusal = signal(/** @type {string | null} */ (null));

  /** @param {Partial<Network>} change */
  const change = (change) =>
    (store.network.value = fitting({ ...store.network.peek(), ...change }, store.ops.peek()?.network ?? null));
  /** @param {number} at @param {Partial<Network["layers"][number]>} with_ */
  const changeLayer = (at, with_) =>
    change({ layers: store.network.peek().layers.map((layer, i) => (i === at ? { ...layer, ...with_ } : layer)) });
  /** @param {Event} event */
  const valueOf = (event) => /** @type {HTMLInputElement | HTMLSelectElement} */ (event.target).value;
  /** @param {string} label @param {number} value @param {(n: number) => void} set @param {number} min @param {number} max */
  const count = (
    label,
    value,
    set,
    min,
    max,
  ) => html`<input type="number" class="field" aria-label=${label} .value=${String(value)} min=${min} max=${max}
    @change=${(/** @type {Event} */ event) => set(Math.min(max, Math.max(min, Math.round(Number(valueOf(event))) || min)))} />`;
  /** @param {string} label @param {string} value @param {string[]} ids the options; only the current one until the server has sent them @param {(x: string) => void} set */
  const choice = (
    label,
    value,
    ids,
    set,
  ) => html`<select aria-label=${label} @change=${(/** @type {Event} */ event) => set(valueOf(event))}>
    ${(ids.includes(value) ? ids : [value, ...ids]).map((id) => html`<option value=${id} .selected=${id === value}>${TITLES[id] ?? id}</option>`)}
  </select>`;

  /** @param {Event} event */
  async function build(event) {
    event.preventDefault();
    const problem = await session.build(store.network.peek());
    refusal.value = problem ? (problem.errors[0]?.message ?? problem.detail) : null;
    // Who chose what is to be learned wants to see it learned.
    if (!problem) store.leftTab.value = store.network.peek().data === null ? "program" : "train";
  }

  effect(() => {
    const network = store.network.value;
    const options = store.ops.value?.network ?? null;
    const data = options?.data.find(({ name }) => name === network.data);
    const choose = (/** @type {string} */ name) => {
      const chosen = options?.data.find((each) => each.name === name);
      change({ ...beginningWith(chosen), ...(chosen && { layers: ending(network.layers, chosen) }) });
    };
    const activations = (/** @type {number} */ i) =>
      i === network.layers.length - 1 ? outputsOf(network, options) : (options?.activations ?? []);
    render(
      html`<form @submit=${build}>
        <h2>Data</h2>
        <label class="row"><span>To learn</span><select aria-label="Data" @change=${(/** @type {Event} */ event) => choose(valueOf(event))}>
          <option value="" .selected=${network.data === null}>random numbers</option>
          ${(options?.data ?? []).map(({ name, title }) => html`<option value=${name} .selected=${name === network.data}>${title}</option>`)}
        </select></label>
        <label class="row"><span>Examples</span>${count("Examples", network.batch, (batch) => change({ batch }), 1, 2000)}</label>
        ${
          data
            ? html`<label class="row"><span>Scatter</span><input type="number" class="field" aria-label="Scatter" step="0.01" min="0" max="10" .value=${String(network.noise ?? data.noise)}
                @change=${(/** @type {Event} */ event) => change({ noise: Math.min(10, Math.max(0, Number(valueOf(event)) || 0)) })} /></label>`
            : null
        }
        <h2>Layers</h2>
        <label class="row"><span>Inputs</span>${count("Inputs", network.inputs, (inputs) => change({ inputs }), 1, 64)}</label>
        <ol class="layers">
          ${network.layers.map(
            ({ units, activation }, i) => html`<li>
              <span class="dim">${i === network.layers.length - 1 ? "output" : `hidden ${i + 1}`}</span>
              ${count(`Units of layer ${i + 1}`, units, (n) => changeLayer(i, { units: n }), 1, 64)}
              ${choice(`Activation of layer ${i + 1}`, activation, activations(i), (name) => changeLayer(i, { activation: name }))}
              <button type="button" class="quiet" aria-label=${`Remove layer ${i + 1}`} ?disabled=${network.layers.length === 1}
                @click=${() => change({ layers: network.layers.filter((_, j) => j !== i) })}>${ICONS.close}</button>
            </li>`,
          )}
        </ol>
        <button type="button" class="add" ?disabled=${network.layers.length >= 12}
          @click=${() => change({ layers: [{ units: 3, activation: "relu" }, ...network.layers] })}>${ICONS.plus} Add a layer</button>
        <h2>Loss and start</h2>
        <label class="row"><span>Loss</span>${choice("Loss", network.loss, options?.losses.map(({ name }) => name) ?? [], (loss) => change({ loss: /** @type {Network["loss"]} */ (loss) }))}</label>
        <label class="row"><span>Weights</span>${choice("Initial weights", network.init, options?.inits ?? [], (init) => change({ init: /** @type {Network["init"]} */ (init) }))}</label>
        <label class="row"><span>Random seed</span>${count("Random seed", network.random_seed, (random_seed) => change({ random_seed }), 0, 99999)}</label>
        ${refusal.value ? html`<p class="refusal" role="alert">${refusal.value}</p>` : null}
        <button class="hot wide" type="submit">Build the network</button>
        <p class="dim">It becomes a program you can read and change.</p>
      </form>`,
      host,
    );
  });
}
