/** Icons for buttons, as SVG because no font has them reliably. */
import { svg as part } from "lit-html";
import { html } from "lit-html";

/** @param {import("lit-html").TemplateResult} shapes */
const icon = (shapes) =>
  html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${shapes}</svg>`;

export const ICONS = {
  start: icon(part`<path d="M3 3h2v10H3zM13 3v10L6 8z" />`),
  back: icon(part`<path d="M11 3v10L4 8z" />`),
  play: icon(part`<path d="M4 2.5v11l9-5.5z" />`),
  pause: icon(part`<path d="M4 3h3v10H4zM9 3h3v10H9z" />`),
  forward: icon(part`<path d="M5 3v10l7-5z" />`),
  end: icon(part`<path d="M11 3h2v10h-2zM3 3v10l7-5z" />`),
  loop: icon(
    part`<path d="M4.5 4H11a3 3 0 0 1 3 3v1h-1.6V7A1.4 1.4 0 0 0 11 5.6H4.5V8L1.2 4.8L4.5 1.6zM11.5 12H5a3 3 0 0 1-3-3V8h1.6v1A1.4 1.4 0 0 0 5 10.4h6.5V8l3.3 3.2l-3.3 3.2z" />`,
  ),
  previous: icon(part`<path d="M2 3h1.8v10H2zM8.6 3v10L4 8zM14 3v10L9.4 8z" />`),
  next: icon(part`<path d="M12.2 3H14v10h-1.8zM7.4 3v10L12 8zM2 3v10l4.6-5z" />`),
  freeze: icon(
    part`<path d="M7.3 1h1.4v3l1.6-1.2l.8 1.1L8.7 5.8v1l.9-.5l.3-3l1.3.1l-.2 2l2.6-1.5l.7 1.2L11.7 6.6l1.8.8l-.5 1.3L10.200 7.500l-.9.5l.9.5l2.800-1.200l.5 1.300l-1.800.8l2.600 1.500l-.7 1.200l-2.600-1.500l.2 2l-1.300.1l-.3-3l-.9-.5v1l2.400 1.900l-.8 1.100L8.700 12v3H7.300v-3l-1.600 1.200l-.8-1.100l2.400-1.900v-1l-.9.5l-.3 3l-1.300-.1l.2-2l-2.600 1.500l-.7-1.200l2.600-1.500l-1.800-.8l.5-1.300l2.800 1.200l.9-.5l-.9-.5l-2.800 1.200l-.5-1.300l1.800-.8L1.700 5.100l.7-1.200L5 5.400l-.2-2l1.300-.1l.3 3l.9.5v-1L4.900 3.900l.8-1.100L7.300 4z" />`,
  ),
  spotlight: icon(
    part`<path fill-rule="evenodd" d="M8 1a7 7 0 1 1 0 14a7 7 0 0 1 0-14zm0 3.500a3.500 3.500 0 1 0 0 7a3.500 3.500 0 0 0 0-7z" />`,
  ),
  present: icon(
    part`<path d="M2 6V2h4v1.6H3.6V6zM10 2h4v4h-1.6V3.6H10zM3.6 10v2.4H6V14H2v-4zM12.4 10H14v4h-4v-1.6h2.4z" />`,
  ),
  auto: icon(part`<path d="M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13zm0 1.5v10a5 5 0 0 1 0-10z" />`),
  dark: icon(part`<path d="M6.2 1.8a6.4 6.4 0 1 0 8 8A5.4 5.4 0 0 1 6.2 1.8z" />`),
  light: icon(
    part`<path d="M8 5a3 3 0 1 0 0 6a3 3 0 0 0 0-6zM7.3 1h1.4v2.4H7.3zM7.3 12.6h1.4V15H7.3zM1 7.3h2.4v1.4H1zM12.6 7.3H15v1.4h-2.4zM2.6 3.6l1-1l1.7 1.7l-1 1zM10.7 11.7l1-1l1.7 1.7l-1 1zM2.6 12.4l1.7-1.7l1 1l-1.7 1.7zM10.7 4.3l1.7-1.7l1 1l-1.7 1.7z" />`,
  ),
  reset: icon(
    part`<path d="M8 3a5 5 0 1 1-4.8 6.4l1.5-.5A3.5 3.5 0 1 0 5.2 5.8L7 7.5H2.5V3l1.6 1.7A5 5 0 0 1 8 3z" />`,
  ),
  close: icon(part`<path d="M4.2 3.2L8 7l3.8-3.8l1 1L9 8l3.8 3.8l-1 1L8 9l-3.8 3.8l-1-1L7 8L3.2 4.2z" />`),
  search: icon(
    part`<path d="M6.8 2a4.8 4.8 0 1 0 2.9 8.6l3.2 3.2l1.1-1.1l-3.2-3.2A4.8 4.8 0 0 0 6.8 2zm0 1.5a3.3 3.3 0 1 1 0 6.6a3.3 3.3 0 0 1 0-6.6z" />`,
  ),
  plus: icon(part`<path d="M7.2 3h1.6v4.2H13v1.6H8.8V13H7.2V8.8H3V7.2h4.2z" />`),
  more: icon(part`<path d="M2 7h2.4v2.4H2zM6.8 7h2.4v2.4H6.8zM11.6 7H14v2.4h-2.4z" />`),
  help: icon(
    part`<path d="M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13zm0 1.4a5.1 5.1 0 1 0 0 10.2A5.1 5.1 0 0 0 8 2.9zM8 4.4c1.5 0 2.6.9 2.6 2.2c0 1.7-1.9 1.8-1.9 2.9H7.3c0-1.9 1.8-2 1.8-2.9c0-.5-.4-.9-1.1-.9s-1.2.4-1.2 1.1H5.4c0-1.4 1.1-2.4 2.6-2.4zM7.2 10.4h1.6V12H7.2z" />`,
  ),
  undo: icon(part`<path d="M6.6 2.4L2.2 6.6l4.4 4.2V8H9a2.6 2.6 0 0 1 0 5.2H6v1.6h3a4.2 4.2 0 0 0 0-8.4H6.6z" />`),
  redo: icon(part`<path d="M9.4 2.4l4.4 4.2l-4.4 4.2V8H7a2.6 2.6 0 0 0 0 5.2h3v1.6H7a4.2 4.2 0 0 1 0-8.4h2.4z" />`),
  minus: icon(part`<path d="M3 7.2h10v1.6H3z" />`),
};
