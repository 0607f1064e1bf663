import type { StorageConfig } from '../config/storage.js';
import { DiskImageStore } from './disk-image-store.js';
import type { ImageStore } from './image-store.js';
import { S3ImageStore } from './s3-image-store.js';

/** The path below which this server serves the images of a disk store. */
const imagesPath = '/images';

/** The store that the configuration asks for. Nothing is connected to or written yet. */
export function openImageStore(config: StorageConfig): ImageStore {
  if (config.kind === 's3') return new S3ImageStore(config);
  return new DiskImageStore({ folder: config.imagesFolder, baseUrl: config.publicUrl + imagesPath });
}

/** What the domain needs of it. */
export interface ImageStoreParts {
  readonly imageStore: ImageStore;
  /** Where clients send what they announced, when they send it through this server; a bucket has addresses of its own. */
  readonly imageUploadUrl: string;
}

/** The store, and where this server takes what is meant for it. */
export function openImageParts(config: StorageConfig): ImageStoreParts {
  const imageUploadUrl = config.kind === 's3' ? '' : `${config.publicUrl}${imagesPath}/uploads`;
  return { imageStore: openImageStore(config), imageUploadUrl };
}
