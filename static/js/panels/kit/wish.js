/**
 * A request that cannot be carried out yet, such as focusing a field that is not rendered: it is tried at once and
 * again after every reported change. Only the newest request counts, and it is dropped when the reader moves on.
 * @param {() => boolean} grant  returns whether it succeeded
 */
export function createWish(grant) {
  let open = false;
  /** After everything else that follows from the same change. */
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
