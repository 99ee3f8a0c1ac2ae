/** The Share dialog of a lesson: a link to this step, and a code for a class. Loaded when first opened. */
import { html, nothing } from "lit-html";
import { createCopyField } from "../panels/kit/copy.js";
import { qrPicture } from "../panels/share/qrpicture.js";
import { qrCode } from "../links/qr.js";

/** @param {() => string} addressOf @returns {() => unknown} the dialog's body */
export function createLessonShare(addressOf) {
  const field = createCopyField();
  return () => {
    const address = addressOf();
    const code = qrCode(address);
    return html`<p>This link opens the lesson at this step.</p>
      ${field("Link", address)}
      ${code === null ? nothing : qrPicture(code)}`;
  };
}
