import { createHash } from 'node:crypto';
import { Random } from './random.mjs';

const BYTES = 30_000;
const CHARACTERS = 12_000;

/** Random messages that repeat themselves, and what others before them held, at every distance: work for compression. */
export class Messages {
  #random;
  #bytes;
  #characters;

  constructor(seed) {
    this.#random = new Random(seed);
    this.#bytes = Buffer.from(Array.from({ length: BYTES }, () => this.#random.below(256)));
    this.#characters = Array.from({ length: CHARACTERS }, () => String.fromCodePoint(this.#scalarValue()));
  }

  /** The next message, as bytes and whether they are binary: many are small, few have up to 100 KB. */
  next() {
    const kind = this.#random.below(20);
    let left = this.#random.below(kind < 14 ? 200 : kind < 19 ? 4_000 : 100_000);
    const binary = this.#random.below(2) === 0;
    const parts = [];
    while (left > 0) {
      const part = binary ? this.#section(this.#bytes) : Buffer.from(this.#section(this.#characters).join(''));
      const times = this.#random.below(4) === 0 ? 1 + this.#random.below(10) : 1;
      for (let i = 0; i < times; i++) {
        parts.push(part);
        left -= part.length;
      }
    }
    return { bytes: Buffer.concat(parts), binary };
  }

  #section(block) {
    const from = this.#random.below(block.length);
    return block.slice(from, from + 1 + this.#random.below(this.#random.below(2) === 0 ? 100 : 1_000));
  }

  #scalarValue() {
    switch (this.#random.below(8)) {
      case 0: return this.#random.below(0x80);
      case 1: return 0x80 + this.#random.below(0x800 - 0x80);
      case 2: return 0x800 + this.#random.below(0xd800 - 0x800);
      case 3: return 0xe000 + this.#random.below(0x2000);
      case 4: return 0x10000 + this.#random.below(0x100000);
      default: return 0x20 + this.#random.below(0x5f);
    }
  }
}

/** How many messages and bytes, and the SHA-256 over the type, length and payload of each. */
export class Tally {
  count = 0;
  #bytes = 0;
  #digest = createHash('sha256');

  add(bytes, binary) {
    const head = Buffer.alloc(9);
    head.writeUInt8(binary ? 2 : 1);
    head.writeBigUInt64BE(BigInt(bytes.length), 1);
    this.#digest.update(head).update(bytes);
    this.#bytes += bytes.length;
    this.count++;
  }

  toString() {
    return `${this.count} ${this.#bytes} ${this.#digest.copy().digest('hex')}`;
  }
}
