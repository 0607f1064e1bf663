import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const s3Credentials = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test-secret' };

interface StandInObject {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  modifiedAt: number;
}

/** A bucket as S3 speaks of it over HTTP, on a real port; it verifies every signature (Signature Version 4). */
export interface S3Server {
  readonly url: string;
  readonly bucket: string;
  /** Objects by key. */
  readonly objects: Map<string, StandInObject>;
  /** The variables of a server that uses it. */
  readonly variables: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export async function startS3(): Promise<S3Server> {
  const bucket = 'test-images';
  const objects = new Map<string, StandInObject>();
  const server = createServer((request, response) => {
    answer(request, response, { bucket, objects }).catch((error: unknown) => response.destroy(error as Error)); // only errors are thrown
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server's address is an object
  const variables = { ...s3Credentials, S3_BUCKET: bucket, S3_REGION: 'us-east-1', AWS_ENDPOINT_URL: url };
  return { url, bucket, objects, variables, close: () => close(server) };
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

type Bucket = Pick<S3Server, 'bucket' | 'objects'>;

async function answer(request: IncomingMessage, response: ServerResponse, { bucket, objects }: Bucket): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer); // without an encoding
  const body = Buffer.concat(chunks);
  const url = new URL(request.url ?? '', 'http://s3');
  if (!isSigned(request, url)) return refuse(response, 403, 'SignatureDoesNotMatch');
  const [, name, ...rest] = url.pathname.split('/');
  const key = decodeURIComponent(rest.join('/'));
  if (name !== bucket) return refuse(response, 404, 'NoSuchBucket');
  if (key === '') return list(response, objects, url.searchParams.get('prefix') ?? '');
  if (request.method === 'PUT') return put(request, response, { objects, key, body });
  if (request.method === 'DELETE') {
    objects.delete(key);
    return void response.writeHead(204).end();
  }
  get(request, response, objects.get(key));
}

function put(
  { headers }: IncomingMessage,
  response: ServerResponse,
  { objects, key, body }: { objects: Bucket['objects']; key: string; body: Buffer },
): void {
  if (headers['if-none-match'] === '*' && objects.has(key)) return refuse(response, 412, 'PreconditionFailed');
  if (headers['content-length'] === undefined) return refuse(response, 411, 'MissingContentLength');
  const kept = ['content-type', 'cache-control'].flatMap((name) => {
    const value = headers[name];
    return typeof value === 'string' ? [[name, value]] : [];
  });
  objects.set(key, { body, headers: Object.fromEntries(kept), modifiedAt: Date.now() });
  response.writeHead(200, { etag: '"stored"' }).end();
}

function get(request: IncomingMessage, response: ServerResponse, object: StandInObject | undefined): void {
  if (!object) return refuse(response, 404, 'NoSuchKey');
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
  const part =
    first === undefined ? object.body : object.body.subarray(Number(first), last ? Number(last) + 1 : undefined);
  const modified = new Date(object.modifiedAt).toUTCString();
  const headers = { ...object.headers, 'content-length': part.length, 'last-modified': modified };
  response.writeHead(first === undefined ? 200 : 206, headers).end(request.method === 'HEAD' ? undefined : part);
}

function list(response: ServerResponse, objects: Bucket['objects'], prefix: string): void {
  const contents = [...objects]
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, { body, modifiedAt }]) => {
      const modified = new Date(modifiedAt).toISOString();
      return `<Contents><Key>${key}</Key><LastModified>${modified}</LastModified><Size>${body.length}</Size></Contents>`;
    });
  response.writeHead(200, { 'content-type': 'application/xml' });
  response.end(`<ListBucketResult><IsTruncated>false</IsTruncated>${contents.join('')}</ListBucketResult>`);
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}

/** Whether a request is signed by our credentials: in its headers, or in its address and not yet expired. */
function isSigned(request: IncomingMessage, url: URL): boolean {
  const inAddress = url.searchParams.has('X-Amz-Signature');
  const header = request.headers.authorization ?? '';
  const read = (name: string) => url.searchParams.get(`X-Amz-${name}`) ?? '';
  const fromHeader = (name: string) => new RegExp(`${name}=([^, ]+)`).exec(header)?.[1] ?? '';
  const [credential, names, signature] = ['Credential', 'SignedHeaders', 'Signature'].map(
    inAddress ? read : fromHeader,
  );
  const date = inAddress ? read('Date') : String(request.headers['x-amz-date']);
  if (inAddress && Date.now() > instantOf(date) + Number(read('Expires')) * 1000) return false;
  const [, ...scope] = String(credential).split('/');
  const payload = inAddress ? 'UNSIGNED-PAYLOAD' : String(request.headers['x-amz-content-sha256']);
  const canonical = canonicalRequest(request, url, { names: String(names).split(';'), payload });
  const toSign = ['AWS4-HMAC-SHA256', date, scope.join('/'), createHash('sha256').update(canonical).digest('hex')];
  let key: string | Buffer = `AWS4${s3Credentials.AWS_SECRET_ACCESS_KEY}`;
  for (const part of [...scope, toSign.join('\n')]) key = createHmac('sha256', key).update(part).digest();
  return key.toString('hex') === signature;
}

function canonicalRequest(
  { method, headers }: IncomingMessage,
  url: URL,
  { names, payload }: { names: readonly string[]; payload: string },
): string {
  const encode = (text: string) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const query = [...url.searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
  const lines = names.map((name) => `${name}:${String(headers[name]).trim()}\n`).join('');
  return [method, url.pathname, query, lines, names.join(';'), payload].join('\n');
}

function instantOf(amzDate: string): number {
  return Date.parse(amzDate.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}
