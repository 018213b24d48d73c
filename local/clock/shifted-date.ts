/** A `Date` that tells another time than the machine. */
export interface ShiftedDate {
  readonly Date: DateConstructor;
  /** How far it is ahead from now on. Milliseconds. */
  setShift(ms: number): void;
}

/**
 * Makes a `Date` out of the real one. Where no time is given it tells the shifted one; dates that were made before, and
 * by others, are its instances too.
 *
 * Only `Date` is shifted: what measures durations, timers and `performance`, is right as it is as long as the shift does
 * not change while something is measured.
 */
export function createShiftedDate(RealDate: DateConstructor): ShiftedDate {
  let shiftMs = 0;
  const now = () => RealDate.now() + shiftMs;

  function Shifted(this: unknown, ...given: unknown[]): Date | string {
    if (new.target === undefined) return new RealDate(now()).toString();
    return Reflect.construct(RealDate, given.length === 0 ? [now()] : given, new.target);
  }
  Shifted.now = now;
  Shifted.prototype = RealDate.prototype;
  Object.defineProperty(Shifted, 'name', { value: 'Date' });
  Object.defineProperty(Shifted, 'length', { value: RealDate.length });
  // `parse` and `UTC` are those of the real one.
  Object.setPrototypeOf(Shifted, RealDate);
  return {
    // It has all that the real one has, by what is said above.
    Date: Shifted as unknown as DateConstructor,
    setShift(ms) {
      shiftMs = ms;
    },
  };
}

/** Puts a shifted `Date` in the place of the real one in this thread, for all code that is loaded from now on. */
export function installShiftedDate(): ShiftedDate['setShift'] {
  const { Date: Shifted, setShift } = createShiftedDate(globalThis.Date);
  globalThis.Date = Shifted;
  Shifted.prototype.constructor = Shifted;
  return setShift;
}
