// Writes a ratings.csv of any size through one buffer.
import crypto from 'node:crypto';
import fs from 'node:fs';

const [bufferSize, longestRow, comma, dot, newline, zero] = [1 << 20, 64, 44, 46, 10, 48];

export class RatingFile {
  #file;
  #hash = crypto.createHash('sha256');
  #buffer = Buffer.allocUnsafe(bufferSize);
  #length = 0;

  constructor(path) {
    this.#file = fs.openSync(path, 'w');
    this.#length = this.#buffer.write('userId,movieId,rating,timestamp\n', 'latin1');
  }

  /** @param halves the score in half stars */
  add({ userId, movieId, halves, seconds }) {
    this.#number(userId, comma);
    this.#number(movieId, comma);
    this.#buffer[this.#length++] = zero + (halves >> 1);
    this.#buffer[this.#length++] = dot;
    this.#buffer[this.#length++] = zero + (halves & 1 ? 5 : 0);
    this.#buffer[this.#length++] = comma;
    this.#number(seconds, newline);
    if (this.#length > bufferSize - longestRow) this.#flush();
  }

  /** @returns the file's SHA-256 */
  close() {
    this.#flush();
    fs.closeSync(this.#file);
    return this.#hash.digest('hex');
  }

  #number(value, end) {
    let digits = 1;
    for (let rest = value; rest >= 10; rest = Math.floor(rest / 10)) digits += 1;
    let rest = value;
    for (let at = this.#length + digits - 1; at >= this.#length; at--) {
      this.#buffer[at] = zero + (rest % 10);
      rest = Math.floor(rest / 10);
    }
    this.#length += digits;
    this.#buffer[this.#length++] = end;
  }

  #flush() {
    const piece = this.#buffer.subarray(0, this.#length);
    this.#hash.update(piece);
    for (let at = 0; at < piece.length; ) at += fs.writeSync(this.#file, piece, at, piece.length - at);
    this.#length = 0;
  }
}
