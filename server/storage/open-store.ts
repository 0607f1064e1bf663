import type { StorageConfig } from '../config/storage.js';
import { DiskImageStore } from './disk-image-store.js';
import type { ImageStore } from './image-store.js';
import { DiskMediaStore, type MediaStore } from './media-store.js';

/** The path below which this server serves the images of a disk store. */
const imagesPath = '/images';

/** The store that the configuration asks for. Nothing is connected to or written yet. */
export async function openImageStore(config: StorageConfig): Promise<ImageStore> {
  // The client of S3 is loaded by those who use it.
  if (config.kind === 's3') return new (await import('./s3-image-store.js')).S3ImageStore(config);
  return new DiskImageStore({ folder: config.imagesFolder, baseUrl: config.publicUrl + imagesPath });
}

/** What the domain needs of it. */
export interface ImageStoreParts {
  readonly imageStore: ImageStore;
  /** Where clients send what they announced, when they send it through this server; a bucket has addresses of its own. */
  readonly imageUploadUrl: string;
}

/** The store, and where this server takes what is meant for it. */
export async function openImageParts(config: StorageConfig): Promise<ImageStoreParts> {
  const imageUploadUrl = config.kind === 's3' ? '' : `${config.publicUrl}${imagesPath}/uploads`;
  return { imageStore: await openImageStore(config), imageUploadUrl };
}

/** Where films are, as the configuration says. */
export async function openMediaStore(config: StorageConfig): Promise<MediaStore> {
  if (config.kind === 's3') return new (await import('./s3-media-store.js')).S3MediaStore(config);
  return new DiskMediaStore(config.mediaFolder);
}
