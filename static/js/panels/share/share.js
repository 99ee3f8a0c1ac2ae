/**
 * The Share dialog: the link, what it contains, a QR code for a class, and an embed snippet. Loaded when first opened.
 * @typedef {import("../../store.js").Store} Store
 */
import { effect, signal } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { FRAMED, PARTS } from "../../links/parts.js";
import { MOST, qrCode } from "../../links/qr.js";
import { snapshot } from "../../links/restore.js";
import { toShortFragment } from "../../links/url.js";
import { createCopyField } from "../kit/copy.js";
import { ICONS } from "../kit/icons.js";
import { qrPicture } from "./qrpicture.js";

/** Host names that only work on this machine. */
const ALONE = /^(localhost|127\.|\[::1\]|0\.0\.0\.0)/;

/** @param {Store} store @returns {() => unknown} the dialog's body */
export function createShare(store) {
  const include = signal({ moment: true, view: true, theme: false });
  const hide = signal(/** @type {ReadonlySet<string>} */ (new Set()));
  const links = signal(/** @type {{page: string, frame: string} | null} */ (null));
  const large = signal(false);
  const [linkField, snippetField] = [createCopyField(), createCopyField()];

  // Captured when the dialog opens: the link shares what was visible then.
  effect(() => {
    if (store.dialog.value !== "share") {
      links.value = null;
      large.value = false;
      return;
    }
    const parts = PARTS.flatMap(({ id }) => (hide.value.has(id) ? id : []));
    const chosen = include.value;
    void (async () => {
      const [page, frame] = await Promise.all([
        toShortFragment(snapshot(store, { ...chosen, hide: parts })),
        toShortFragment(snapshot(store, chosen)),
      ]);
      // In the embed link the parts are spelled out, so that they can be edited after pasting.
      const framed = parts.length > 0 ? `${frame}&hide=${[...new Set([...FRAMED, ...parts])].join(",")}` : frame;
      if (chosen === include.peek())
        links.value = { page: `${location.origin}/lab#${page}`, frame: `${location.origin}/embed#${framed}` };
    })();
  });

  /** @param {keyof typeof include.value} what @param {string} title */
  const carries = (what, title) => html`<label class="check"><input type="checkbox" .checked=${include.value[what]}
    @change=${() => (include.value = { ...include.value, [what]: !include.value[what] })} />${title}</label>`;
  /** @param {string} id */
  const toggle = (id) => {
    const next = new Set(hide.peek());
    if (!next.delete(id)) next.add(id);
    hide.value = next;
  };

  return () => {
    if (links.value === null) return html`<p class="dim">One moment …</p>`;
    const { page, frame } = links.value;
    const code = qrCode(page);
    if (large.value && code) {
      return html`<div class="qr-large">${qrPicture(code)}
        <p>Point your phone’s camera here: ${store.title.peek()}, on ${location.host}</p>
        <button @click=${() => (large.value = false)} autofocus>${ICONS.close} Back</button></div>`;
    }
    return html`<div class="share">
      <section>
        <h3>Link</h3>
        ${linkField("Link", page)}
        ${
          ALONE.test(location.host)
            ? html`<p class="caution">Only this machine can open <code>${location.host}</code>. For a class, start the server with <code>HOST=0.0.0.0</code> and open this page by the machine’s own address.</p>`
            : nothing
        }
        <fieldset><legend>What the link contains</legend>
          <p class="dim">Always the program and its values, and</p>
          ${carries(
            "moment",
            "this moment and the selection",
          )} ${carries("view", "this view")} ${carries("theme", "the theme")}
        </fieldset>
        <fieldset><legend>What to leave out</legend>
          <div class="checks">${PARTS.map(
            ({ id, title }) =>
              html`<label class="check"><input type="checkbox" .checked=${hide.value.has(id)}
                @change=${() => toggle(id)} />${title}</label>`,
          )}</div>
        </fieldset>
        <h3>On your own page</h3>
        ${snippetField("Snippet", snippet(frame, store.title.peek()), true)}
      </section>
      <section class="code">
        ${
          code
            ? html`${qrPicture(code)}<button @click=${() => (large.value = true)}>${ICONS.present} Show large</button>`
            : html`<p class="caution" role="note">No QR code: this link has ${page.length.toLocaleString("en")} characters, and a code that a phone can
              read across a room holds ${MOST.toLocaleString("en")}. Use a shorter program, or a link that contains less.</p>`
        }
      </section>
    </div>`;
  };
}

/** @param {string} address @param {string} title */
function snippet(address, title) {
  const quoted = (/** @type {string} */ text) =>
    text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
  return `<iframe src="${quoted(address)}" title="${quoted(`Backlit: ${title}`)}" width="100%" height="520" loading="lazy" allow="fullscreen; clipboard-write"></iframe>`;
}
