/** A QR code as a picture. */
import { html, svg } from "lit-html";
import { QUIET } from "../../links/qr.js";

/** @param {{size: number, path: string}} code dark on white in every theme: many cameras cannot read the inverse */
export function qrPicture({ size, path }) {
  const side = size + 2 * QUIET;
  return html`<svg class="qr" role="img" aria-label="QR code of the link"
    viewBox=${`${-QUIET} ${-QUIET} ${side} ${side}`} shape-rendering="crispEdges">
    ${svg`<rect x=${-QUIET} y=${-QUIET} width="100%" height="100%" fill="#fff" /><path d=${path} fill="#000" />`}
  </svg>`;
}
