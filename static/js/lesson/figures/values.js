/** Sliders and fields for the inputs: all of them, or only those named (`figure: values x b1`). */
import { effect } from "@preact/signals-core";
import { html, render } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { createLeafRows, editableLeaves } from "../../panels/editor/leaf_sliders.js";
import { fillSliders } from "../../panels/kit/slider_track.js";
import { wordsOf } from "./lines.js";

/** @type {import("./figure.js").Figure} */
export const values = {
  kind: "controls",
  title: () => "change the values",
  mount(host, { options, store, session }) {
    const rows = createLeafRows(session);
    const named = wordsOf(options);
    host.classList.add("leaf-rows");
    const stop = effect(() => {
      const leaves = editableLeaves(store).filter(({ id }) => named.length === 0 || named.includes(id));
      render(
        html`${repeat(
          leaves,
          ({ id, tensor }) => `${id}:${tensor.shape.join("×")}`,
          (leaf) => html`<div class="leaf">${rows(leaf)}</div>`,
        )}`,
        host,
      );
      // The index of an element follows its name.
      const longest = Math.max(
        1,
        ...leaves.map(({ name, tensor }) => name.length + (tensor.flat.length === 1 ? 0 : 3)),
      );
      host.style.setProperty("--name-width", `${Math.min(5, Math.max(1.75, 0.5 + longest * 0.5125))}rem`);
      fillSliders(host);
    });
    return () => {
      stop();
      render(null, host);
    };
  },
};
