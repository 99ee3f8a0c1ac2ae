/**
 * The address of a built file. Depending on which entries share it, this module ends up at the top of the bundle or in
 * chunks/.
 * @param {string} path from the top, such as "layout/worker.js"
 */
export const built = (path) => new URL(path, import.meta.url.replace(/(chunks\/)?[^/]*$/, ""));
