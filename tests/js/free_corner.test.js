import assert from "node:assert/strict";
import { test } from "node:test";
import { byRoom, freeIn, placed, standing } from "../../static/js/layout/free_corner.js";
import { groupsIn, itemsIn, linesIn } from "../../static/js/layout/in_window.js";

const area = { x: 0, y: 0, width: 100, height: 60 };
/** @param {boolean} right @param {boolean} bottom */
const corner = (right, bottom) => ({ right, bottom, area });

test("the free rooms of a corner are the steps that the drawing leaves there", () => {
  const drawn = [
    { x: 60, y: 0, width: 20, height: 25 },
    { x: 0, y: 50, width: 100, height: 10 },
    { x: 300, y: 0, width: 20, height: 20 },
  ];
  assert.deepEqual(freeIn(corner(false, false), drawn).rooms, [{ width: 60, height: 50 }]);
  assert.deepEqual(freeIn(corner(true, false), drawn).rooms, [{ width: 20, height: 50 }]);
  assert.deepEqual(freeIn(corner(false, true), drawn).rooms, []);
  assert.deepEqual(freeIn(corner(true, true), [drawn[0]]).rooms, [
    { width: 20, height: 60 },
    { width: 100, height: 35 },
  ]);
  assert.deepEqual(freeIn(corner(true, true), []).rooms, [{ width: 100, height: 60 }]);
});

test("what stands in a corner ends at its borders", () => {
  const size = { width: 30, height: 10 };
  assert.deepEqual(standing(corner(true, true), size), { x: 70, y: 50, ...size });
  assert.deepEqual(standing(corner(false, false), size), { x: 0, y: 0, ...size });
});

test("the roomiest corner is kept as long as one of the forms is free there", () => {
  const middle = { x: 30, y: 20, width: 60, height: 30 };
  const most = { width: 200, height: 200 };
  const corners = byRoom(
    [corner(true, true), corner(false, false)].map((each) => freeIn(each, [middle])),
    most,
  );
  assert.equal(corners[0].bottom, false);
  const forms = [
    { width: 90, height: 50 },
    { width: 90, height: 20 },
    { width: 5, height: 5 },
  ];
  assert.deepEqual(placed(corners, forms, [middle], []), { form: 1, corner: corners[0] });
});

test("where nothing is free the smallest form covers least, and not what is spared", () => {
  const full = [{ x: 0, y: 0, width: 100, height: 60 }];
  const corners = [corner(false, false), corner(true, true)].map((each) => freeIn(each, full));
  const forms = [
    { width: 50, height: 50 },
    { width: 20, height: 20 },
  ];
  const few = [{ x: 0, y: 0, width: 10, height: 10 }];
  assert.deepEqual(placed(corners, forms, few, []), { form: 1, corner: corners[1] });
  const many = [{ x: 80, y: 40, width: 20, height: 20 }];
  assert.deepEqual(placed(corners, forms, many, []), { form: 1, corner: corners[0] });
  assert.deepEqual(placed(corners, forms, many, few), { form: 1, corner: corners[1] });
});

test("the drawing lies in its window as it was moved and scaled", () => {
  const layout = {
    places: [{ x: 50, y: 20 }],
    sizes: [{ width: 20, height: 10 }],
    boxes: [{ group: 0, box: { x: 0, y: 0, width: 100, height: 40 } }],
    curves: [
      [
        { x: 0, y: 0 },
        { x: 10, y: 0 },
        { x: 20, y: 0 },
        { x: 30, y: 0 },
      ],
    ],
  };
  const seen = { zoom: 0.5, origin: { x: 10, y: 20 } };
  assert.deepEqual(itemsIn(layout, seen, 2), [{ x: 28, y: 25.5, width: 14, height: 9 }]);
  assert.deepEqual(groupsIn(layout, seen, 0), [{ x: 10, y: 20, width: 50, height: 20 }]);
  const [along] = linesIn(layout, seen, 1);
  assert.equal(along[0].x, 9);
  assert.equal(Math.round(Math.max(...along.map(({ x, width }) => x + width))), 26);
  assert.ok(along.every(({ height }) => height === 2));
});
