/**
 * Text <-> a short word that any address can carry: raw deflate in base64url, preceded by a checksum that detects a
 * word that was cut off or changed.
 *
 * @typedef {object} Unpacked
 * @property {string} text  if the word was cut off, as much as could be recovered
 * @property {"whole" | "cut" | "damaged"} state
 */

/** Characters of the checksum: 24 bits. */
const SUM = 4;
/** Largest unpacked text: real programs are smaller, and a decompression bomb must not exhaust memory. */
const LARGEST = 1_000_000;
/** Input is fed in chunks, so that an oversized text is noticed early. */
const PIECE = 512;

/** Whether this browser can compress. */
export const canPack = () => typeof CompressionStream === "function" && typeof DecompressionStream === "function";

/** @param {string} text @returns {Promise<string>} */
export async function pack(text) {
  const bytes = new TextEncoder().encode(text);
  const packed = new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw")));
  return toLetters(checkSum(bytes)) + toLetters(new Uint8Array(await packed.arrayBuffer()));
}

/** @param {string} word @returns {Promise<Unpacked>} */
export async function unpack(word) {
  const letters = word.slice(SUM);
  // A character outside the alphabet ends the word: chat programs like to add a full stop.
  const clean = /^[\w-]*/.exec(letters)?.[0] ?? "";
  const { bytes, ended } = await inflate(fromLetters(clean));
  const text = new TextDecoder().decode(bytes);
  if (ended && toLetters(checkSum(bytes)) === word.slice(0, SUM)) return { text, state: "whole" };
  // A character that was cut in the middle decodes to U+FFFD.
  return { text: text.replace(/\uFFFD+$/, ""), state: ended ? "damaged" : "cut" };
}

/** @param {Uint8Array<ArrayBuffer>} packed @returns {Promise<{bytes: Uint8Array, ended: boolean}>} */
async function inflate(packed) {
  const stream = new DecompressionStream("deflate-raw");
  const writer = stream.writable.getWriter();
  const reader = stream.readable.getReader();
  /** @type {Uint8Array[]} */
  const parts = [];
  let size = 0;
  let ended = false;
  const reading = (async () => {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      parts.push(value);
      size += value.length;
      if (size > LARGEST) return reader.cancel();
    }
    ended = true;
  })().catch(() => {});
  try {
    for (let at = 0; at < packed.length; at += PIECE) {
      await writer.write(packed.subarray(at, at + PIECE));
    }
    // A premature end discards unread output, so read that first.
    await new Promise((done) => setTimeout(done));
    await writer.close();
  } catch {
    void writer.abort().catch(() => {});
  }
  await reading;
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { bytes, ended };
}

/** FNV-1a, folded to three bytes. @param {Uint8Array} bytes */
function checkSum(bytes) {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = (hash >>> 24) ^ (hash & 0xffffff);
  return new Uint8Array([hash >>> 16, hash >>> 8, hash]);
}

/** @param {Uint8Array} bytes */
function toLetters(bytes) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** @param {string} letters  base64url text */
function fromLetters(letters) {
  // A single surplus character carries no whole byte; it is left over from a cut.
  const whole = letters.length % 4 === 1 ? letters.slice(0, -1) : letters;
  return Uint8Array.from(atob(whole.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
}
