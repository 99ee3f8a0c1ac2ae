/**
 * Keeps a punctuation mark on the line of the button or formula before it; browsers would allow a line break between
 * them.
 */
const MARK = /^[.,;:!?)]+/;

/** @param {HTMLElement} element  in a text */
export function keepPunctuation(element) {
  const next = element.nextSibling;
  const mark = next instanceof Text ? MARK.exec(next.data)?.[0] : undefined;
  if (!(next instanceof Text) || mark === undefined) return;
  const both = document.createElement("span");
  both.className = "keep";
  element.replaceWith(both);
  both.append(element, mark);
  next.data = next.data.slice(mark.length);
}
