import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type FormFile, MultipartError, readMultipart } from '../../server/http/multipart.js';

const boundary = 'x-boundary-x';

describe('a multipart form', () => {
  let server: Server;
  let url: string;
  let discarded: string[];
  let receive: (file: FormFile) => Promise<string>;
  let outcome: Promise<unknown>;

  beforeEach(async () => {
    discarded = [];
    receive = readWhole;
    const { promise, resolve } = Promise.withResolvers<unknown>();
    outcome = promise;
    server = createServer((request, response) => {
      const receiver = {
        field: 'foto',
        receive: (file: FormFile) => receive(file),
        discard: async (value: string) => void discarded.push(value),
      };
      readMultipart(request, receiver).then(
        ({ fields, file }) => {
          resolve('read');
          return response.end(JSON.stringify({ fields: Object.fromEntries(fields), file }));
        },
        (error: unknown) => {
          resolve(error);
          response.writeHead(400).end(error instanceof MultipartError ? error.fault : String(error));
        },
      );
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server's address is an object
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const send = async (body: string | Uint8Array<ArrayBuffer> | FormData, headers: Record<string, string> = {}) => {
    const response = await fetch(url, { method: 'POST', body, headers });
    return { status: response.status, text: await response.text() };
  };
  const sendRaw = (text: string) => send(text, { 'content-type': `multipart/form-data; boundary=${boundary}` });

  test('gives its texts and its file, wherever that stands', async () => {
    const form = new FormData();
    form.append('foto', new Blob(['bytes']), 'Foto.PNG');
    form.append('nombre', 'Iñigo');
    form.append('nombre', 'Ada');
    expect(await send(form)).toEqual({
      status: 200,
      text: JSON.stringify({ fields: { nombre: 'Ada' }, file: 'Foto.PNG: bytes' }),
    });
  });

  test('has no file when none was chosen', async () => {
    const form = new FormData();
    form.append('foto', new Blob([]), '');
    form.append('nombre', 'Ada');
    expect(JSON.parse((await send(form)).text)).toEqual({ fields: { nombre: 'Ada' } });
  });

  test.each([
    ['another content type', () => send('{}', { 'content-type': 'application/json' }), 'notMultipart'],
    ['no boundary', () => send('x', { 'content-type': 'multipart/form-data; charset=utf-8' }), 'malformed'],
    ['no end', () => sendRaw(part('nombre', 'Ada').slice(0, -10)), 'malformed'],
    ['a file that breaks off', () => sendRaw(part('foto', 'bytes', 'a.png')), 'malformed'],
    ['a long text', () => sendForm({ nombre: 'a'.repeat(20_000) }), 'tooLarge'],
    ['many texts', () => sendForm(Object.fromEntries(Array.from({ length: 21 }, (_, n) => [n, '']))), 'tooLarge'],
    ['a file in another field', () => sendFiles('imagen'), 'unexpectedFile'],
    ['two files', () => sendFiles('foto', 'foto'), 'unexpectedFile'],
  ])('is refused with %s', async (_what, request, fault) => {
    expect(await request()).toEqual({ status: 400, text: fault });
  });

  test('that breaks after its file has that file undone', async () => {
    await sendRaw(part('foto', 'bytes', 'a.png') + part('nombre', 'Ada').slice(0, -10));
    expect(discarded).toEqual(['a.png: bytes']);
  });

  test('whose sender is gone ends what reads its file', async () => {
    const { promise: failed, reject } = Promise.withResolvers<never>();
    receive = async (file) =>
      readWhole(file).catch((error: unknown) => {
        reject(error);
        throw error;
      });
    const head = `POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\ncontent-type: multipart/form-data; boundary=${boundary}\r\n\r\n`;
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => {
      socket.write(head + part('foto', 'bytes', 'a.png'), () => socket.destroy());
    });
    await expect(failed).rejects.toThrow(MultipartError);
    expect(await outcome).toBeInstanceOf(MultipartError);
  });

  test('is answered with what its receiver throws, although not all of it was read', async () => {
    receive = async ({ content }) => {
      for await (const _chunk of content) throw new Error('enough');
      return '';
    };
    const form = new FormData();
    form.append('foto', new Blob([new Uint8Array(8_000_000)]), 'a.png');
    expect(await send(form)).toEqual({ status: 400, text: 'Error: enough' });
  });

  const sendForm = (fields: Record<string, string>) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    return send(form);
  };
  const sendFiles = (...names: string[]) => {
    const form = new FormData();
    for (const name of names) form.append(name, new Blob(['bytes']), 'a.png');
    return send(form);
  };
});

async function readWhole({ content, fileName }: FormFile): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return `${fileName}: ${Buffer.concat(chunks).toString()}`;
}

/** A part of a form with what divides it from the next; without the end of the form. */
function part(name: string, content: string, fileName?: string): string {
  const disposition = `form-data; name="${name}"${fileName === undefined ? '' : `; filename="${fileName}"`}`;
  return `--${boundary}\r\ncontent-disposition: ${disposition}\r\n\r\n${content}\r\n`;
}
