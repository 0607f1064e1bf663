// Streaming readers for MovieLens CSV files (RFC 4180 quoting, LF or CRLF).
import fs from 'node:fs';
import readline from 'node:readline';

export function splitCsv(line) {
  if (!line.includes('"')) return line.split(',');
  const out = [];
  let i = 0;
  while (i <= line.length) {
    if (line[i] === '"') {
      let s = '';
      i++;
      for (;;) {
        const j = line.indexOf('"', i);
        if (j < 0) {
          s += line.slice(i);
          i = line.length;
          break;
        }
        s += line.slice(i, j);
        if (line[j + 1] === '"') {
          s += '"';
          i = j + 2;
        } else {
          i = j + 1;
          break;
        }
      }
      out.push(s);
      i++;
    } else {
      let j = line.indexOf(',', i);
      if (j < 0) j = line.length;
      out.push(line.slice(i, j));
      i = j + 1;
    }
  }
  return out;
}
/** Rows of a CSV file without its header line, as arrays of strings. */
export async function* readCsvRows(file) {
  let first = true;
  for await (const l of readline.createInterface({
    input: fs.createReadStream(file, { highWaterMark: 1 << 20 }),
    crlfDelay: Infinity,
  })) {
    if (first) {
      first = false;
      continue;
    }
    if (l) yield splitCsv(l);
  }
}
export async function* readMovies(file) {
  for await (const f of readCsvRows(file)) yield { id: Number(f[0]), title: f[1], genres: f[2] ?? '' };
}
export const yearOf = (title) => {
  const m = /\((\d{4})\)\s*$/.exec(title);
  return m ? Number(m[1]) : null;
};
export const firstGenre = (g) => {
  const x = g.split('|')[0];
  return !x || x === '(no genres listed)' ? 'Unknown' : x;
};
/** MovieLens has no running times: a fixed synthetic one, 80..160 minutes. */
export const durationOf = (id) => 80 + ((id * 7919) % 81);
