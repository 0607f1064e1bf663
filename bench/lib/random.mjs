// Numbers that are the same for the same seed, on every platform.

/** splitmix32: the state of the other one. */
function splitMix(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let t = state ^ (state >>> 16);
    t = Math.imul(t, 0x21f0aaad);
    t ^= t >>> 15;
    t = Math.imul(t, 0x735a2d97);
    return (t ^ (t >>> 15)) >>> 0;
  };
}

/** xoshiro128**: a uniform 32-bit number at each call. */
function xoshiro(seed) {
  const next = splitMix(seed);
  let [a, b, c, d] = [next(), next(), next(), next()];
  return () => {
    let t = Math.imul(b, 5);
    t = Math.imul((t << 7) | (t >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return t;
  };
}

/** @returns uniform numbers from 0 to 1 (`unit`), whole ones below n (`below`), and standard normal ones (`normal`) */
export function createRandom(seed) {
  const next = xoshiro(seed);
  const unit = () => next() / 4294967296;
  let spare = null;
  const normal = () => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    let [x, y, r] = [0, 0, 0];
    do {
      x = 2 * unit() - 1;
      y = 2 * unit() - 1;
      r = x * x + y * y;
    } while (r >= 1 || r === 0);
    const k = Math.sqrt((-2 * Math.log(r)) / r);
    spare = y * k;
    return x * k;
  };
  return { unit, normal, below: (n) => Math.floor(unit() * n) };
}
