/** Items by the time at which they are due; of the same time, those first that were added first. */
export interface DueQueue<T> {
  add(item: T, dueMs: number): void;
  /** When the first is due. Epoch milliseconds; undefined where there is none. */
  nextDueMs(): number | undefined;
  /** The first, which stays where it is. */
  first(): T | undefined;
  /** Takes out the first that is due by then. */
  take(byMs: number): T | undefined;
  size(): number;
  /** All, in the order in which they would be taken. */
  list(): T[];
  clear(): void;
}

interface Entry<T> {
  item: T;
  dueMs: number;
  number: number;
}

const isBefore = (one: Entry<unknown>, other: Entry<unknown>) =>
  one.dueMs === other.dueMs ? one.number < other.number : one.dueMs < other.dueMs;

/** A binary heap: crowds plan tens of thousands of things. */
export function createDueQueue<T>(): DueQueue<T> {
  const heap: Entry<T>[] = [];
  let added = 0;

  const swap = (one: number, other: number) => {
    const [a, b] = [heap[one], heap[other]];
    if (a === undefined || b === undefined) return;
    heap[one] = b;
    heap[other] = a;
  };
  const precedes = (one: number, other: number) => {
    const [a, b] = [heap[one], heap[other]];
    return a !== undefined && b !== undefined && isBefore(a, b);
  };

  function rise(from: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!precedes(at, parent)) return;
      swap(at, parent);
      at = parent;
    }
  }

  function sink(): void {
    let at = 0;
    for (;;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const smaller = precedes(right, left) ? right : left;
      if (!precedes(smaller, at)) return;
      swap(smaller, at);
      at = smaller;
    }
  }

  return {
    add(item, dueMs) {
      heap.push({ item, dueMs, number: added });
      added += 1;
      rise(heap.length - 1);
    },
    nextDueMs: () => heap[0]?.dueMs,
    first: () => heap[0]?.item,
    take(byMs) {
      const [first] = heap;
      if (first === undefined || first.dueMs > byMs) return undefined;
      swap(0, heap.length - 1);
      heap.pop();
      sink();
      return first.item;
    },
    size: () => heap.length,
    list: () => [...heap].sort((one, other) => (isBefore(one, other) ? -1 : 1)).map(({ item }) => item),
    clear() {
      heap.length = 0;
    },
  };
}
