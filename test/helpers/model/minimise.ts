/**
 * Leaves out what a failure does not need: halves, quarters and so on to single entries, until nothing more can go. After
 * fast-check's own shrinking, which leaves out runs of commands from the front only; here a command picks what it acts on from what is there, so
 * that one left out in the middle may change all that follow.
 */
export async function minimise<T>(
  list: readonly T[],
  fails: (shorter: readonly T[]) => Promise<boolean>,
): Promise<T[]> {
  let kept = [...list];
  for (let size = Math.ceil(kept.length / 2), shrunk = true; size > 1 || shrunk; size = Math.ceil(size / 2)) {
    shrunk = false;
    for (let start = 0; start < kept.length;) {
      const shorter = kept.toSpliced(start, Math.max(1, size));
      if (await fails(shorter)) [kept, shrunk] = [shorter, true];
      else start += Math.max(1, size);
    }
    if (kept.length === 0) break;
  }
  return kept;
}
