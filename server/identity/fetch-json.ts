/** Far more than any provider publishes. */
const maxBytes = 256 * 1024;

/**
 * Gets a JSON document from a provider. Redirects are errors: whom to ask was configured.
 *
 * @param signal ends the request, its body included
 * @throws Error for any other answer than 200 with at most 256 KiB of JSON, in time
 */
export async function fetchJson(url: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(url, { redirect: 'error', headers: { accept: 'application/json' }, signal });
  if (response.status !== 200 || response.body === null) {
    await response.body?.cancel();
    throw new Error(`The answer has status ${response.status}.`);
  }
  return JSON.parse(await readText(response.body));
}

async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new Error(`The answer has more than ${maxBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
