import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Draws that a seed and a name determine: what one draws does not move what another gets. */
export class Random {
  readonly #generator: ReturnType<typeof xoroshiro128plus>;

  constructor(seed: number, name: string) {
    this.#generator = xoroshiro128plus(hash(seed, name));
  }

  /** From 0 to below 1. */
  share(): number {
    return uniformFloat64(this.#generator);
  }

  /** Whether something of this probability happens. */
  happens(probability: number): boolean {
    return this.share() < probability;
  }

  /** A whole number from 0 to below `count`; 0 if that is 0. */
  below(count: number): number {
    return Math.floor(this.share() * count);
  }

  /** Standard normal, after Box and Muller. */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.share()));
    return radius * Math.cos(2 * Math.PI * this.share());
  }

  /** Days, at least 1, until something happens that has this probability in a year, the same every day. */
  waiting(perYear: number): number {
    const draw = this.share();
    if (perYear === 0) return Number.POSITIVE_INFINITY;
    if (perYear >= 1) return 1;
    return Math.max(1, Math.ceil((365 * Math.log(1 - draw)) / Math.log(1 - perYear)));
  }

  /** Between two amounts, as often in each of their orders of magnitude; six digits, so that it reads well. */
  amount(least: bigint, most: bigint): bigint {
    const logarithm = Math.log(Number(least)) + this.share() * (Math.log(Number(most)) - Math.log(Number(least)));
    const rounded = BigInt(Math.round(Number(Math.exp(logarithm).toPrecision(6))));
    return rounded < least ? least : rounded > most ? most : rounded;
  }
}

/** FNV-1a over the name, begun with the seed; its bits are mixed once more, since names differ in their last letters. */
function hash(seed: number, name: string): number {
  let value = 0x811c9dc5 ^ seed;
  for (let i = 0; i < name.length; i++) value = Math.imul(value ^ name.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}
