import assert from "node:assert/strict";
import test from "node:test";
import { decodeQR } from "qr/decode.js";
import { MOST, QUIET, qrCode } from "../../static/js/links/qr.js";

/** Draws a path as a picture, as a browser would, and reads it as a phone would. @param {string} text */
function photographed(text) {
  const code = qrCode(text);
  assert.ok(code);
  const scale = 4;
  const side = (code.size + 2 * QUIET) * scale;
  const data = new Uint8Array(side * side * 4).fill(255);
  for (const [, x, y, width] of code.path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let j = 0; j < scale; j++) {
      for (let i = 0; i < Number(width) * scale; i++) {
        const at = 4 * (((Number(y) + QUIET) * scale + j) * side + (Number(x) + QUIET) * scale + i);
        data.fill(0, at, at + 3);
      }
    }
  }
  return decodeQR({ width: side, height: side, data });
}

for (const length of [1, 60, 250, 500, MOST - 30]) {
  test(`a link of ${length} more letters is read back`, () => {
    const link = `http://192.168.0.12:8000/#v1=${"aB3-_Zx9".repeat(200).slice(0, length)}`;
    assert.equal(photographed(link), link);
  });
}

test("what a phone could not tell apart is refused", () => {
  assert.notEqual(qrCode("a".repeat(MOST)), null);
  assert.equal(qrCode("a".repeat(MOST + 1)), null);
  assert.equal(qrCode("a".repeat(5000)), null);
});
