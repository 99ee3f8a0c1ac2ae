/** Describe a small network; the server writes it as a program. @typedef {import("../../types.js").Network} Network */
import { effect, signal } from "@preact/signals-core";
import { html, render } from "lit-html";
import { ICONS } from "../kit/icons.js";

const LOSSES = [["none", "none: the output itself"], ["mse", "mean squared error"], ["cross_entropy", "cross-entropy"], ["binary_cross_entropy", "binary cross-entropy"]];
const INITS = [["xavier", "Xavier"], ["he", "He"], ["zeros", "zeros"], ["ones", "ones"]];
/** Used until the server has said which activations there are. */
const USUAL = ["identity", "relu", "tanh", "sigmoid"];

/**
 * @param {HTMLElement} host
 * @param {import("../../store.js").Store} store
 * @param {import("../../session.js").Session} session
 */
export function createNetwork(host, store, session) {
  const refusal = signal(/** @type {string | null} */ (null));

  /** @param {Partial<Network>} change */
  const change = (change) => (store.network.value = { ...store.network.peek(), ...change });
  /** @param {number} at @param {Partial<Network["layers"][number]>} with_ */
  const changeLayer = (at, with_) => change({ layers: store.network.peek().layers.map((layer, i) => (i === at ? { ...layer, ...with_ } : layer)) });
  /** @param {Event} event */
  const valueOf = (event) => /** @type {HTMLInputElement | HTMLSelectElement} */ (event.target).value;
  /** @param {string} label @param {number} value @param {(n: number) => void} set @param {number} min @param {number} max */
  const count = (label, value, set, min, max) => html`<input type="number" class="field" aria-label=${label} .value=${String(value)} min=${min} max=${max}
    @change=${(/** @type {Event} */ event) => set(Math.min(max, Math.max(min, Math.round(Number(valueOf(event))) || min)))} />`;
  /** @param {string} label @param {string} value @param {string[][]} options @param {(x: string) => void} set */
  const choice = (label, value, options, set) => html`<select aria-label=${label} @change=${(/** @type {Event} */ event) => set(valueOf(event))}>
    ${options.map(([id, title]) => html`<option value=${id} ?selected=${id === value}>${title}</option>`)}
  </select>`;

  /** @param {Event} event */
  async function build(event) {
    event.preventDefault();
    const problem = await session.build(store.network.peek());
    refusal.value = problem ? problem.errors[0]?.message ?? problem.detail : null;
    if (!problem) store.leftTab.value = "program";
  }

  effect(() => {
    const network = store.network.value;
    const curves = store.ops.value?.ops.filter(({ curve }) => curve !== null).map(({ name }) => name) ?? [];
    const activations = [...new Set([...USUAL, ...["leaky_relu", "elu", "gelu", "softplus", "sin"].filter((name) => curves.includes(name))])].map((name) => [name, name]);
    render(
      html`<form @submit=${build}>
        <label class="row"><span>Inputs</span>${count("Inputs", network.inputs, (inputs) => change({ inputs }), 1, 64)}</label>
        <h2>Layers</h2>
        <ol class="layers">
          ${network.layers.map(
            ({ units, activation }, i) => html`<li>
              <span class="dim">${i === network.layers.length - 1 ? "output" : `hidden ${i + 1}`}</span>
              ${count(`Units of layer ${i + 1}`, units, (n) => changeLayer(i, { units: n }), 1, 64)}
              ${choice(`Activation of layer ${i + 1}`, activation, activations, (name) => changeLayer(i, { activation: name }))}
              <button type="button" class="quiet" aria-label=${`Remove layer ${i + 1}`} ?disabled=${network.layers.length === 1}
                @click=${() => change({ layers: network.layers.filter((_, j) => j !== i) })}>${ICONS.close}</button>
            </li>`,
          )}
        </ol>
        <button type="button" class="add" ?disabled=${network.layers.length >= 12}
          @click=${() => change({ layers: [{ units: 3, activation: "relu" }, ...network.layers] })}>${ICONS.plus} Add a layer</button>
        <h2>Loss and start</h2>
        <label class="row"><span>Loss</span>${choice("Loss", network.loss, LOSSES, (loss) => change({ loss: /** @type {Network["loss"]} */ (loss) }))}</label>
        <label class="row"><span>Weights</span>${choice("Initial weights", network.init, INITS, (init) => change({ init: /** @type {Network["init"]} */ (init) }))}</label>
        <label class="row"><span>Random seed</span>${count("Random seed", network.random_seed, (random_seed) => change({ random_seed }), 0, 99999)}</label>
        ${refusal.value ? html`<p class="refusal" role="alert">${refusal.value}</p>` : null}
        <button class="hot wide" type="submit">Build the network</button>
        <p class="dim">It becomes a program you can read and change.</p>
      </form>`,
      host,
    );
  });
}
