import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

const signatures = {
  jpeg: Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
  png: Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
  webp: Buffer.from('RIFF\x10\x00\x00\x00WEBP', 'latin1'),
};

/** Bytes that begin like an image of this kind and go on with zeros. */
export function imageBytes(kind: keyof typeof signatures, bytes = 100): Buffer<ArrayBuffer> {
  const image = Buffer.alloc(bytes);
  signatures[kind].copy(image);
  return image;
}

/** The files of a folder and of those in it, by their path below it; none when it is not there. */
export async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1)).sort();
}
