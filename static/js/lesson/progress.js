/**
 * The reader's progress in each lesson; stored only in this browser.
 * @typedef {{at: number, of: number, done: boolean}} Progress  at: the step, from 1
 */
import { recall, remember } from "../edits/storage.js";

const KEY = "backlit-lessons";

/** @returns {Record<string, Progress>} by slug; empty if the stored data are not valid */
export function allProgress() {
  try {
    const found = JSON.parse(recall(KEY) ?? "{}");
    const good = Object.entries(found).filter(
      ([, each]) =>
        Number.isInteger(each?.at) && each.at > 0 && Number.isInteger(each.of) && typeof each.done === "boolean",
    );
    return Object.fromEntries(good);
  } catch {
    return {};
  }
}

/** @param {string} slug @param {Progress} progress */
export function keepProgress(slug, progress) {
  remember(KEY, JSON.stringify({ ...allProgress(), [slug]: progress }));
}
