/** Pictures for buttons, drawn here because no font can be relied on to have them. */
import { svg as part } from "lit-html";
import { html } from "lit-html";

/** @param {import("lit-html").TemplateResult} shapes */
const icon = (shapes) => html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${shapes}</svg>`;

export const ICONS = {
  start: icon(part`<path d="M3 3h2v10H3zM13 3v10L6 8z" />`),
  back: icon(part`<path d="M11 3v10L4 8z" />`),
  play: icon(part`<path d="M4 2.5v11l9-5.5z" />`),
  pause: icon(part`<path d="M4 3h3v10H4zM9 3h3v10H9z" />`),
  forward: icon(part`<path d="M5 3v10l7-5z" />`),
  end: icon(part`<path d="M11 3h2v10h-2zM3 3v10l7-5z" />`),
  present: icon(part`<path d="M2 6V2h4v1.6H3.6V6zM10 2h4v4h-1.6V3.6H10zM3.6 10v2.4H6V14H2v-4zM12.4 10H14v4h-4v-1.6h2.4z" />`),
  auto: icon(part`<path d="M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13zm0 1.5v10a5 5 0 0 1 0-10z" />`),
  dark: icon(part`<path d="M6.2 1.8a6.4 6.4 0 1 0 8 8A5.4 5.4 0 0 1 6.2 1.8z" />`),
  light: icon(part`<path d="M8 5a3 3 0 1 0 0 6a3 3 0 0 0 0-6zM7.3 1h1.4v2.4H7.3zM7.3 12.6h1.4V15H7.3zM1 7.3h2.4v1.4H1zM12.6 7.3H15v1.4h-2.4zM2.6 3.6l1-1l1.7 1.7l-1 1zM10.7 11.7l1-1l1.7 1.7l-1 1zM2.6 12.4l1.7-1.7l1 1l-1.7 1.7zM10.7 4.3l1.7-1.7l1 1l-1.7 1.7z" />`),
  reset: icon(part`<path d="M8 3a5 5 0 1 1-4.8 6.4l1.5-.5A3.5 3.5 0 1 0 5.2 5.8L7 7.5H2.5V3l1.6 1.7A5 5 0 0 1 8 3z" />`),
  close: icon(part`<path d="M4.2 3.2L8 7l3.8-3.8l1 1L9 8l3.8 3.8l-1 1L8 9l-3.8 3.8l-1-1L7 8L3.2 4.2z" />`),
  plus: icon(part`<path d="M7.2 3h1.6v4.2H13v1.6H8.8V13H7.2V8.8H3V7.2h4.2z" />`),
  minus: icon(part`<path d="M3 7.2h10v1.6H3z" />`),
};
