/** Sets how far the sliders in an element are filled. @param {HTMLElement} host */
export function fillSliders(host) {
  for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (host.querySelectorAll('input[type="range"]'))) {
    const [min, max] = [Number(input.min), Number(input.max)];
    input.style.setProperty("--at", `${(100 * (Number(input.value) - min)) / (max - min)}%`);
  }
}
