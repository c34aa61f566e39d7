import type { Defined, Dials, DialSettings, DialsInput, TroubleName, Troubles } from './dials.ts';
import type { Random } from './random.ts';
import { DEFAULT_DIALS, TROUBLE_COUNTS } from './dials.ts';
import { seededRandom } from './random.ts';

/** The carrier's dials as they stand. Troubles with a count use themselves up. */
export class DialBoard {
  #dials: Dials = structuredClone(DEFAULT_DIALS);
  #random: Random = seededRandom(DEFAULT_DIALS.seed);
  readonly #changed: () => void;

  /** `changed` is called after each change, also when a trouble has used itself up. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get all(): Dials {
    return structuredClone(this.#dials);
  }

  get random(): Random {
    return this.#random;
  }

  /** Sets every dial; those not named go to their defaults. The seed starts over. */
  replace(input: DialsInput): void {
    this.#set({ ...DEFAULT_DIALS, ...defined(input) });
  }

  /** Sets the dials that are named; handsets are added to those that have dials of their own. */
  change(input: DialsInput): void {
    this.#set({
      ...this.#dials,
      ...defined(input),
      handsets: { ...this.#dials.handsets, ...input.handsets },
    });
  }

  /** The settings that hold for one handset. */
  for(number: string): Omit<DialSettings, TroubleName> {
    return { ...this.#dials, ...defined(this.#dials.handsets[number] ?? {}) };
  }

  /** The trouble that strikes this handset now, if any; counts it. */
  take<Name extends TroubleName>(name: Name, number: string): NonNullable<Troubles[Name]> | null {
    const own = this.#dials.handsets[number];
    const holder: Partial<Troubles> = own?.[name] === undefined ? this.#dials : defined(own);
    const trouble = holder[name] ?? null;
    if (trouble === null) return null;
    if (this.#random() >= (trouble.chance ?? 1)) return null;
    this.#count(own?.[name] === undefined ? this.#dials : own, name);
    return trouble;
  }

  #count(holder: { [Key in TroubleName]?: Troubles[Key] | undefined }, name: TroubleName): void {
    const trouble = holder[name];
    const count = trouble?.count === undefined ? TROUBLE_COUNTS[name] : trouble.count;
    if (!trouble || count === null) return;
    if (count === 1) holder[name] = null;
    else trouble.count = count - 1;
    this.#changed();
  }

  #set(dials: Dials): void {
    this.#dials = structuredClone(dials);
    this.#random = seededRandom(dials.seed);
    this.#changed();
  }
}

/** The properties that are there, so that spreading it keeps what is not. */
function defined<T extends object>(input: T): Partial<Defined<T>> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as Partial<
    Defined<T>
  >;
}
