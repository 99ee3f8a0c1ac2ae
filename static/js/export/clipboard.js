/** Copying to the clipboard. */

/** Said when the browser forbids it. */
export const REFUSED = "Your browser does not let this page copy.";

/** @param {string} text @returns {Promise<boolean>} whether it was copied */
export async function copyText(text) {
  const field = document.createElement("textarea");
  field.className = "visually-hidden";
  field.value = text;
  const before = document.activeElement;
  document.body.append(field);
  const done = await toClipboard(field);
  field.remove();
  if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  return done;
}

/**
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @returns {Promise<boolean>} whether its text was copied; it stays selected
 */
export async function toClipboard(field) {
  field.select();
  try {
    // A page served without HTTPS, for example from a teacher's machine, has no Clipboard API; the older command still
    // works.
    if (navigator.clipboard) await navigator.clipboard.writeText(field.value);
    else if (!document.execCommand("copy")) return false;
    return true;
  } catch {
    return document.execCommand("copy");
  }
}
