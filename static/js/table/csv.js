/** The table as comma-separated values (RFC 4180), for spreadsheets and programs. */
import { COLUMNS, rowsOf } from "./columns.js";

/**
 * One field. Text that a spreadsheet would take for a formula gets an apostrophe before it; a number stays a number.
 * @param {string} text
 */
export function quoted(text) {
  const harmless =
    /^[=+\-@\t\r]/.test(text) && !(text !== "" && Number.isFinite(Number(text))) && text !== "-Infinity"
      ? `'${text}`
      : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** @param {string[][]} rows */
export const csv = (rows) => rows.map((row) => `${row.map(quoted).join(",")}\r\n`).join("");

/**
 * @param {import("../timeline/frame.js").Frame} frame
 * @param {number[]} nodes in the order shown
 */
export function tableAsCsv(frame, nodes) {
  const rows = nodes.map(rowsOf(frame)).map((row) => COLUMNS.map(({ text, exact = text }) => exact(row)));
  return csv([COLUMNS.map(({ title }) => title.toLowerCase()), ...rows]);
}
