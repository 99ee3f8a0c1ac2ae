/** Mirrors state in attributes of the root element, for style sheets: theme, present mode, sheets, hidden parts. */
import { effect } from "@preact/signals-core";
import { recall, remember } from "./edits/storage.js";

const THEME = "backlit-theme";

/**
 * @param {HTMLElement} root
 * @param {Pick<import("./store.js").Store, "theme" | "reducedMotion" | "present" | "sheet" | "hidden">} store
 */
export function createAppearance(root, store) {
  const motion = matchMedia("(prefers-reduced-motion: reduce)");
  store.reducedMotion.value = motion.matches;
  motion.addEventListener("change", () => (store.reducedMotion.value = motion.matches));

  const chosen = recall(THEME);
  // A theme set by a link is not saved for the next visit.
  let foreign = store.theme.peek() === "auto" ? null : store.theme.peek();
  if (foreign === null && (chosen === "dark" || chosen === "light")) store.theme.value = chosen;
  effect(() => {
    const theme = store.theme.value;
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
    if (theme === foreign) return;
    foreign = null;
    remember(THEME, theme);
  });
  effect(() => {
    root.toggleAttribute("data-present", store.present.value);
    root.dataset.sheet = store.sheet.value;
    root.dataset.hide = [...store.hidden.value].join(" ");
  });
}
