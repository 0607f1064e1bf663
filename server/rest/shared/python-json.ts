import { PythonFloat, type PythonValue } from './python-values.js';

/** The text is not JSON: what Python says of it, and where, counted in characters. */
export class JsonFault extends Error {
  override readonly name = 'JsonFault';

  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

/** Python gives up on the text without saying where: it nests too deep, or a number has too many digits. */
class UnreadableJson extends Error {
  override readonly name = 'UnreadableJson';
}

/** Nesting that is read; Python's own limit depends on its stack and is somewhat higher. */
const maxDepth = 500;
/** The most digits of an integer that Python reads. */
const maxDigits = 4300;

const number = /(-?(?:0|[1-9]\d*))(\.\d+)?([eE][-+]?\d+)?/y;
const blanks = /[ \t\n\r]*/y;
const constants: readonly (readonly [string, PythonValue])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', new PythonFloat(Number.NaN)],
  ['Infinity', new PythonFloat(Number.POSITIVE_INFINITY)],
  ['-Infinity', new PythonFloat(Number.NEGATIVE_INFINITY)],
];
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/**
 * Reads JSON as Python's `json.loads` does: NaN and infinities are values, of equal keys the last one counts, and what
 * is wrong is said in its words.
 *
 * @throws JsonFault, UnreadableJson
 */
export function readPythonJson(text: string): PythonValue {
  return new Reader(text).readAll();
}

class Reader {
  readonly #text: string;
  /** In UTF-16 units. */
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  readAll(): PythonValue {
    this.#skipBlanks();
    const value = this.#readValue();
    this.#skipBlanks();
    if (this.#at < this.#text.length) throw this.#fault('Extra data');
    return value;
  }

  #readValue(): PythonValue {
    const next = this.#text[this.#at];
    if (next === '"') return this.#readString();
    if (next === '{') return this.#nested(() => this.#readObject());
    if (next === '[') return this.#nested(() => this.#readArray());
    const constant = constants.find(([text]) => this.#text.startsWith(text, this.#at));
    if (!constant) return this.#readNumber();
    this.#at += constant[0].length;
    return constant[1];
  }

  #nested<T>(read: () => T): T {
    if (++this.#depth > maxDepth) throw new UnreadableJson('nests too deep');
    this.#at++;
    const value = read();
    this.#depth--;
    return value;
  }

  #readObject(): PythonValue {
    const entries = new Map<string, PythonValue>();
    this.#skipBlanks();
    if (this.#takes('}')) return entries;
    do {
      this.#skipBlanks();
      if (this.#text[this.#at] !== '"') throw this.#fault('Expecting property name enclosed in double quotes');
      const key = this.#readString();
      this.#skipBlanks();
      if (!this.#takes(':')) throw this.#fault("Expecting ':' delimiter");
      this.#skipBlanks();
      entries.set(key, this.#readValue());
    } while (!this.#ends('}'));
    return entries;
  }

  #readArray(): PythonValue {
    const items: PythonValue[] = [];
    this.#skipBlanks();
    if (this.#takes(']')) return items;
    do {
      this.#skipBlanks();
      items.push(this.#readValue());
    } while (!this.#ends(']'));
    return items;
  }

  /** Whether a list ends here; else there must be a comma. */
  #ends(close: string): boolean {
    this.#skipBlanks();
    if (this.#takes(close)) return true;
    if (!this.#takes(',')) throw this.#fault("Expecting ',' delimiter");
    return false;
  }

  #readNumber(): PythonValue {
    number.lastIndex = this.#at;
    const [text, whole, fraction, exponent] = number.exec(this.#text) ?? [];
    if (text === undefined || whole === undefined) throw this.#fault('Expecting value');
    this.#at += text.length;
    if (fraction !== undefined || exponent !== undefined) return new PythonFloat(Number(text));
    if (whole.replace('-', '').length > maxDigits) throw new UnreadableJson('a number has too many digits');
    return BigInt(whole);
  }

  #readString(): string {
    const start = this.#at++;
    let value = '';
    for (;;) {
      const plain = this.#plainEnd();
      value += this.#text.slice(this.#at, plain);
      this.#at = plain;
      const next = this.#text[plain];
      // A backslash at the very end begins nothing.
      if (next === undefined || (next === '\\' && plain + 1 === this.#text.length)) {
        throw this.#fault('Unterminated string starting at', start);
      }
      if (next !== '"' && next !== '\\') throw this.#fault('Invalid control character at');
      this.#at++;
      if (next === '"') return value;
      value += this.#readEscape();
    }
  }

  /** Where the run of ordinary characters ends: at a quote, a backslash, a control character or the end. */
  #plainEnd(): number {
    let at = this.#at;
    for (; at < this.#text.length; at++) {
      const unit = this.#text.charCodeAt(at);
      if (unit <= 0x1f || unit === 0x22 || unit === 0x5c) break;
    }
    return at;
  }

  /** What stands after a backslash. */
  #readEscape(): string {
    const letter = this.#text[this.#at] ?? '';
    if (letter === 'u') {
      const digits = this.#text.slice(this.#at + 1, this.#at + 5);
      const closed = this.#at + 5 < this.#text.length;
      if (!closed || !/^[\dA-Fa-f]{4}$/.test(digits)) throw this.#fault('Invalid \\uXXXX escape');
      this.#at += 5;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const escaped = escapes[letter];
    if (escaped === undefined) throw this.#fault('Invalid \\escape', this.#at - 1);
    this.#at++;
    return escaped;
  }

  #skipBlanks(): void {
    blanks.lastIndex = this.#at;
    this.#at += blanks.exec(this.#text)?.[0].length ?? 0;
  }

  #takes(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #fault(message: string, at: number = this.#at): JsonFault {
    return new JsonFault(message, Array.from(this.#text.slice(0, at)).length);
  }
}
