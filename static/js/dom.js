/** Finding and creating elements. */

/** @param {string} id @returns {HTMLElement} */
export function element(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no element #${id}`);
  return found;
}

/** @param {string} className @returns {HTMLDivElement} */
export const div = (className) => Object.assign(document.createElement("div"), { className });
