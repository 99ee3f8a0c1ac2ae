/**
 * A form that describes a small network; the server writes it as a program.
 * @typedef {import("../../../types.js").Network} Network
 */
import { batch, effect, signal } from "@preact/signals-core";
import { html, render } from "lit-html";
import { div } from "../../../dom.js";
import { withPoints } from "../../../points/points.js";
import { ICONS } from "../../kit/icons.js";
import { numberField } from "../../kit/numberfield.js";
import { createTableOfExamples } from "./csv.js";
import { createDrawing } from "./drawing.js";
import { beginningWith, ending, fitting, outputsOf } from "./fitting.js";

/** Titles for the server's words; the others are shown as they are. @type {Record<string, string>} */
const TITLES = {
  none: "none: the output itself",
  mse: "mean squared error",
  cross_entropy: "cross-entropy",
  binary_cross_entropy: "binary cross-entropy",
  xavier: "Xavier",
  he: "He",
};
/** The value of the choice of data that stands for points of the reader's own. */
const OWN = "own points";

/** What hidden layers may have. @type {{key: "norm" | "residual", title: string, what: string}[]} */
const SWITCHES = [
  {
    key: "norm",
    title: "Layer normalisation",
    what: "Hidden layers shift and scale what their activation gets to mean 0 and variance 1",
  },
  {
    key: "residual",
    title: "Residual connections",
    what: "A hidden layer with as many units as inputs adds its input to its result",
  },
];

/**
 * @param {HTMLElement} host
 * @param {import("../../../store.js").Store} store
 * @param {import("../../../session.js").Session} session
 * @param {import("../../../queries/training.js").Trainer} trainer
 */
export function createNetwork(host, store, session, trainer) {
  const refusal = signal(/** @type {string | null} */ (null));

  const own = () => (store.ownPoints.peek() ? store.shownPoints.peek() : null);
  /** @param {Partial<Network>} change */
  const change = (change) =>
    (store.network.value = fitting({ ...store.network.peek(), ...change }, store.ops.peek()?.network ?? null, own()));
  /** @param {number} at @param {Partial<Network["layers"][number]>} with_ */
  const changeLayer = (at, with_) =>
    change({ layers: store.network.peek().layers.map((layer, i) => (i === at ? { ...layer, ...with_ } : layer)) });
  /** @param {Event} event */
  const valueOf = (event) => /** @type {HTMLInputElement | HTMLSelectElement} */ (event.target).value;
  /**
   * @param {string} label
   * @param {number} value
   * @param {(n: number) => void} set
   * @param {number} min
   * @param {number} max
   */
  const count = (
    label,
    value,
    set,
    min,
    max,
  ) => html`<input type="number" class="field" aria-label=${label} .value=${String(value)} min=${min} max=${max}
    @change=${(/** @type {Event} */ event) =>
      set(Math.min(max, Math.max(min, Math.round(Number(valueOf(event))) || min)))} />`;
  /**
   * @param {string} label
   * @param {string} value
   * @param {string[]} ids the options; only the current one until the server has sent them
   * @param {(x: string) => void} set
   */
  const choice = (
    label,
    value,
    ids,
    set,
  ) => html`<select aria-label=${label} @change=${(/** @type {Event} */ event) => set(valueOf(event))}>
    ${(ids.includes(value) ? ids : [value, ...ids]).map(
      (id) => html`<option value=${id} .selected=${id === value}>${TITLES[id] ?? id}</option>`,
    )}
  </select>`;
  /** @param {string} title @param {string} what @param {boolean} on @param {(on: boolean) => void} set */
  const check = (title, what, on, set) =>
    html`<label class="row check" title=${what}><input type="checkbox" .checked=${on}
      @change=${(/** @type {Event} */ event) =>
        set(/** @type {HTMLInputElement} */ (event.target).checked)} /><span>${title}</span></label>`;

  /** @param {Event} event */
  async function build(event) {
    event.preventDefault();
    const points = own();
    const problem = await session.build(store.network.peek(), points);
    refusal.value = problem ? (problem.errors[0]?.message ?? problem.detail) : null;
    // Who chose what is to be learned wants to see it learned.
    if (!problem) store.leftTab.value = store.network.peek().data === null && points === null ? "program" : "train";
  }

  /**
   * Keeps other points: in the lines of the program that hold them, or for the one that is built.
   * @param {import("../../../points/points.js").Points} points
   */
  function put(points) {
    const held = store.heldPoints.peek();
    if (store.draft.peek() !== null || held === null) {
      store.draft.value = points;
      return;
    }
    const next = withPoints(store.program.peek(), store.given.peek(), held, points);
    session.put(() => {
      store.program.value = next.program;
      store.given.value = next.given;
    });
  }

  /** A network begins anew with points of the reader's own. */
  function begin() {
    const { classes } = store.shownPoints.peek();
    const loss = classes > 2 ? "cross_entropy" : classes > 0 ? "binary_cross_entropy" : "mse";
    change({ data: null, noise: null, loss, layers: ending(store.network.peek().layers, { classes }) });
  }

  /** @param {string} name of data, OWN, or "" for random numbers */
  function choose(name) {
    batch(() => {
      store.ownPoints.value = name === OWN;
      if (name === OWN) return begin();
      const chosen = store.ops.peek()?.network?.data.find((each) => each.name === name);
      change({ ...beginningWith(chosen), ...(chosen && { layers: ending(store.network.peek().layers, chosen) }) });
    });
  }

  const [drawing, table] = ["points", "points-table"].map(div);
  createDrawing(drawing, store, put);
  createTableOfExamples(table, store, (points) =>
    batch(() => {
      store.draft.value = points;
      store.csv.value = null;
      store.ownPoints.value = true;
      begin();
    }),
  );
  // Other points may have another number of inputs, or of classes.
  effect(() => {
    if (!store.ownPoints.value) return;
    void [store.shownPoints.value.inputs, store.shownPoints.value.classes];
    change({});
  });

  /** @param {Network} network @param {import("../../../wire.d.ts").NetworkOptions | null} options */
  function dataPart(network, options) {
    const data = options?.data.find(({ name }) => name === network.data);
    const mine = store.ownPoints.value;
    const { inputs, classes, rows } = store.shownPoints.value;
    const isNew = mine && rows.length === 0 && (store.draft.value !== null || !store.heldPoints.value?.why);
    const kinds = html`<label class="row"><span>Kind</span><select aria-label="Kind of points" @change=${(
      /** @type {Event} */ event,
    ) => {
      const line = valueOf(event) === "line";
      batch(() => {
        store.draft.value = { inputs: line ? 1 : 2, classes: line ? 0 : 2, rows: [], targets: [] };
        begin();
      });
    }}>
      <option value="plane" .selected=${inputs === 2 && classes > 0}>classes in the plane</option>
      <option value="line" .selected=${inputs === 1}>numbers over a line</option>
    </select></label>`;
    return html`<h2>Data</h2>
      <label class="row"><span>To learn</span><select aria-label="Data" @change=${(/** @type {Event} */ event) =>
        choose(valueOf(event))}>
        <option value="" .selected=${network.data === null && !mine}>random numbers</option>
        <option value=${OWN} .selected=${mine}>points of your own</option>
        ${(options?.data ?? []).map(
          ({ name, title }) => html`<option value=${name} .selected=${name === network.data}>${title}</option>`,
        )}
      </select></label>
      ${isNew ? kinds : null}
      ${
        mine
          ? html`${drawing}${table}`
          : html`<label class="row"><span>Examples</span>${count(
              "Examples",
              network.batch,
              (batch) => change({ batch }),
              1,
              2000,
            )}</label>`
      }
      ${
        data
          ? html`<label class="row"><span>Scatter</span><input type="number" class="field" aria-label="Scatter"
            step="0.01" min="0" max="10" .value=${String(network.noise ?? data.noise)}
              @change=${(/** @type {Event} */ event) =>
                change({ noise: Math.min(10, Math.max(0, Number(valueOf(event)) || 0)) })} /></label>`
          : null
      }
      ${data || mine ? keepAside() : null}
      ${features(network, options)}`;
  }

  /** The share of the examples that is never learned from: a setting of the training, where its data are chosen. */
  const keepAside = () =>
    html`<label class="row" title="The share of the examples that is never learned from; their loss is a curve of its own"><span>Keep aside</span>${numberField(
      {
        x: store.trainRun.value.validation ?? 0,
        set: (validation) => trainer.set({ validation }),
        limit: (x) => Math.min(0.95, Math.max(0, x)),
        next: (by, far) => Number(((store.trainRun.peek().validation ?? 0) + by * (far ? 0.1 : 0.05)).toFixed(2)),
        label: "Share of the examples to keep aside",
      },
    )}</label>`;

  /** @param {Network} network @param {import("../../../wire.d.ts").NetworkOptions | null} options */
  function features(network, options) {
    const known = (options?.features ?? []).filter(({ pairs }) => !pairs || network.inputs === 2);
    if (known.length === 0) return null;
    return html`<fieldset class="features"><legend>Features beside x</legend>
      ${known.map(({ name, title, line }) =>
        check(title, `The line ${name} = ${line}`, network.features.includes(name), (on) =>
          change({
            features: on ? [...network.features, name] : network.features.filter((each) => each !== name),
          }),
        ),
      )}</fieldset>`;
  }

  effect(() => {
    const network = store.network.value;
    const options = store.ops.value?.network ?? null;
    const activations = (/** @type {number} */ i) =>
      i === network.layers.length - 1 ? outputsOf(network, options) : (options?.activations ?? []);
    render(
      html`<form @submit=${build}>
        ${dataPart(network, options)}
        <h2>Layers</h2>
        <label class="row"><span>Inputs</span>${count(
          "Inputs",
          network.inputs,
          (inputs) => change({ inputs }),
          1,
          64,
        )}</label>
        <ol class="layers">
          ${network.layers.map(
            ({ units, activation }, i) => html`<li>
              <span class="dim">${i === network.layers.length - 1 ? "output" : `hidden ${i + 1}`}</span>
              ${count(`Units of layer ${i + 1}`, units, (n) => changeLayer(i, { units: n }), 1, 64)}
              ${choice(`Activation of layer ${i + 1}`, activation, activations(i), (name) =>
                changeLayer(i, { activation: name }),
              )}
              <button type="button" class="quiet" aria-label=${`Remove layer ${i + 1}`}
                ?disabled=${network.layers.length === 1}
                @click=${() => change({ layers: network.layers.filter((_, j) => j !== i) })}>${ICONS.close}</button>
            </li>`,
          )}
        </ol>
        <button type="button" class="add" ?disabled=${network.layers.length >= 12}
          @click=${() =>
            change({
              layers: [{ units: 3, activation: "relu" }, ...network.layers],
            })}>${ICONS.plus} Add a layer</button>
        ${SWITCHES.map(({ key, title, what }) => check(title, what, network[key], (on) => change({ [key]: on })))}
        <label class="row" title="The share of a hidden layer that each step of a training leaves out, other units in each"><span>Dropout</span><input type="number" class="field" aria-label="Dropout" step="0.05" min="0" max="0.9" .value=${String(network.dropout)}
          @change=${(/** @type {Event} */ event) =>
            change({ dropout: Math.min(0.9, Math.max(0, Number(valueOf(event)) || 0)) })} /></label>
        <h2>Loss and start</h2>
        <label class="row"><span>Loss</span>${choice(
          "Loss",
          network.loss,
          options?.losses.map(({ name }) => name) ?? [],
          (loss) => change({ loss: /** @type {Network["loss"]} */ (loss) }),
        )}</label>
        <label class="row"><span>Weights</span>${choice("Initial weights", network.init, options?.inits ?? [], (init) =>
          change({ init: /** @type {Network["init"]} */ (init) }),
        )}</label>
        <label class="row"><span>Random seed</span>${count(
          "Random seed",
          network.random_seed,
          (random_seed) => change({ random_seed }),
          0,
          99999,
        )}</label>
        ${refusal.value ? html`<p class="refusal" role="alert">${refusal.value}</p>` : null}
        <button class="hot wide" type="submit"
          ?disabled=${store.ownPoints.value && store.shownPoints.value.rows.length === 0}>Build the network</button>
        <p class="dim">It becomes a program you can read and change.</p>
      </form>`,
      host,
    );
  });
}
