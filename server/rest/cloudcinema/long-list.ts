import { setImmediate as nextTurn } from 'node:timers/promises';

/** How many items are written before other requests have their turn. */
const writtenAtOnce = 2000;

/** `{"<key>":[...]}` as JSON, of as many items as there are, without keeping other requests waiting meanwhile. */
export async function writeLongList<Row>(
  key: string,
  rows: readonly Row[],
  present: (row: Row) => object,
): Promise<Buffer> {
  const parts = [Buffer.from(`{${JSON.stringify(key)}:[`)];
  for (let start = 0; start < rows.length; start += writtenAtOnce) {
    const items = rows.slice(start, start + writtenAtOnce).map((row) => JSON.stringify(present(row)));
    parts.push(Buffer.from((start > 0 ? ',' : '') + items.join(',')));
    await nextTurn();
  }
  return Buffer.concat([...parts, Buffer.from(']}')]);
}
