/** The Share dialog of a lesson: a link to this step, and a code for a class. Loaded when first opened. */
import { html, nothing, svg } from "lit-html";
import { createCopyField } from "../panels/kit/copy.js";
import { QUIET, qrCode } from "../links/qr.js";

/** @param {() => string} addressOf @returns {() => unknown} the dialog's body */
export function createLessonShare(addressOf) {
  const field = createCopyField();
  return () => {
    const address = addressOf();
    const code = qrCode(address);
    return html`<p>This link opens the lesson at this step.</p>
      ${field("Link", address)}
      ${
        code === null
          ? nothing
          : html`<svg class="qr" role="img" aria-label="QR code of the link" viewBox=${`${-QUIET} ${-QUIET} ${code.size + 2 * QUIET} ${code.size + 2 * QUIET}`} shape-rendering="crispEdges">
            ${svg`<rect x=${-QUIET} y=${-QUIET} width="100%" height="100%" fill="#fff" /><path d=${code.path} fill="#000" />`}
          </svg>`
      }`;
  };
}
