import { ConfigError, readPort, readText, readUrl, type Variables } from './variables.js';

/** Where images are kept. */
export type StorageConfig = DiskConfig | S3Config;

export interface DiskConfig {
  readonly kind: 'disk';
  /** Relative paths start at the working directory. */
  readonly imagesFolder: string;
  /** Where films are, when they are ours. */
  readonly mediaFolder: string;
  /** Where clients reach this server; without a slash at its end. */
  readonly publicUrl: string;
}

export interface S3Config {
  readonly kind: 's3';
  readonly bucket: string;
  readonly region: string;
  /** A stand-in for AWS; without a slash at its end. */
  readonly endpoint: string | undefined;
  /** Where everyone reads the bucket from, when that is not AWS itself; without a slash at its end. */
  readonly publicBaseUrl: string | undefined;
  /** Undefined leaves finding them to the SDK: the role of a task, for one. */
  readonly credentials: S3Credentials | undefined;
}

export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Where a process is told to keep images: in a bucket when one is named, else in a folder. @throws ConfigError */
export function readStorage(variables: Variables, production: boolean): StorageConfig {
  const bucket = readText(variables, 'S3_BUCKET');
  if (bucket === undefined) {
    const imagesFolder = readText(variables, 'IMAGES_FOLDER') ?? './data/images';
    const mediaFolder = readText(variables, 'MEDIA_FOLDER') ?? './data/media';
    return { kind: 'disk', imagesFolder, mediaFolder, publicUrl: readPublicUrl(variables, production) };
  }
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) throw new ConfigError('S3_BUCKET', 'the name of a bucket');
  const region = readText(variables, 'S3_REGION') ?? 'us-east-1';
  if (!/^[a-z0-9-]+$/.test(region)) throw new ConfigError('S3_REGION', 'a region, like us-east-1');
  return {
    kind: 's3',
    bucket,
    region,
    endpoint: readUrl(variables, 'AWS_ENDPOINT_URL', production),
    publicBaseUrl: readUrl(variables, 'S3_PUBLIC_BASE_URL', production),
    credentials: readS3Credentials(variables),
  };
}

function readS3Credentials(variables: Variables): S3Credentials | undefined {
  const accessKeyId = readText(variables, 'AWS_ACCESS_KEY_ID');
  const secretAccessKey = readText(variables, 'AWS_SECRET_ACCESS_KEY');
  const sessionToken = readText(variables, 'AWS_SESSION_TOKEN');
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
}

function readPublicUrl(variables: Variables, production: boolean): string {
  return readUrl(variables, 'PUBLIC_URL', production) ?? `http://localhost:${readPort(variables, 'PORT', '3000')}`;
}
