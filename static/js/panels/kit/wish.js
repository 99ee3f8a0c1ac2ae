/**
 * What the reader asks for before it can be done, as the focus for a field that is still to be drawn, stays a wish until it
 * can: it is tried at once, and again whenever somebody says that something has changed. The newest wish counts, and
 * whoever has gone on to something else has none any more.
 * @param {() => boolean} grant  whether it could be done
 */
export function createWish(grant) {
  let open = false;
  /** Whatever else follows from the same change is done by then. */
  const retry = () => {
    if (open) queueMicrotask(() => open && (open = !grant()));
  };
  return {
    make() {
      open = true;
      retry();
    },
    retry,
    drop: () => void (open = false),
  };
}
