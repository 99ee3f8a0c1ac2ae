/**
 * The address of a built file. Where this module lies in the bundle depends on who shares it: at the top or in chunks/.
 * @param {string} path from the top, such as "layout/worker.js"
 */
export const built = (path) => new URL(path, import.meta.url.replace(/(chunks\/)?[^/]*$/, ""));
