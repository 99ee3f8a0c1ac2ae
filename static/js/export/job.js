/**
 * The export in progress: one at a time, and it continues while the dialog is closed.
 * @typedef
 *   {{state: "idle"} | {state: "running", done: number, of: number, left: number | null} | {state: "done", name: string, size: number} | {state: "failed", reason: string}}
 *   Status left: estimated remaining time, ms
 */
import { signal } from "@preact/signals-core";
import { save } from "./save.js";

export function createJob() {
  const status = signal(/** @type {Status} */ ({ state: "idle" }));
  let controller = new AbortController();
  return {
    status,
    /**
     * @param {string} name of the file
     * @param {(signal: AbortSignal, progress: (done: number, of: number) => void) => Promise<Blob>} make
     */
    async run(name, make) {
      controller.abort();
      const own = (controller = new AbortController());
      const begin = performance.now();
      status.value = { state: "running", done: 0, of: 0, left: null };
      try {
        const blob = await make(own.signal, (done, of) => {
          if (own.signal.aborted) return;
          const spent = performance.now() - begin;
          status.value = { state: "running", done, of, left: done > 4 ? (spent / done) * (of - done) : null };
        });
        if (own.signal.aborted) return;
        save(blob, name);
        status.value = { state: "done", name, size: blob.size };
      } catch (error) {
        if (own.signal.aborted) return;
        status.value = { state: "failed", reason: error instanceof Error ? error.message : String(error) };
      }
    },
    cancel() {
      controller.abort();
      status.value = { state: "idle" };
    },
  };
}
