import assert from "node:assert/strict";
import { test } from "node:test";
import { createWish } from "../../static/js/panels/kit/wish.js";

const settled = () => new Promise((done) => void queueMicrotask(() => done(undefined)));

test("a wish is kept until it can be granted, and granted once", async () => {
  let possible = false;
  let granted = 0;
  const wish = createWish(() => {
    if (possible) granted += 1;
    return possible;
  });
  wish.make();
  await settled();
  wish.retry();
  await settled();
  assert.equal(granted, 0);
  possible = true;
  wish.retry();
  wish.retry();
  await settled();
  assert.equal(granted, 1);
  wish.retry();
  await settled();
  assert.equal(granted, 1);
});

test("what can be granted is granted once all that follows from the same change is done", async () => {
  let drawn = false;
  let granted = false;
  const wish = createWish(() => (granted = drawn));
  wish.make();
  drawn = true;
  await settled();
  assert.ok(granted);
});

test("without a wish nothing is granted; whoever has gone on has none any more", async () => {
  const wish = createWish(() => assert.fail("nobody wishes it"));
  wish.retry();
  wish.make();
  wish.drop();
  wish.retry();
  await settled();
});
