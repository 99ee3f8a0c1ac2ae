/**
 * Makes a picture one place for the keyboard: its keys are its own, and said to whoever does not see it.
 * @param {HTMLElement} picture @param {string} label @param {string} keys  what they do
 */
export function keyedPicture(picture, label, keys) {
  picture.tabIndex = 0;
  picture.setAttribute("role", "application");
  picture.setAttribute("aria-label", label);
  picture.setAttribute("aria-description", keys);
}
