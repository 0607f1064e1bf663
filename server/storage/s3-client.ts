import { S3Client } from '@aws-sdk/client-s3';
import type { S3Config } from '../config/storage.js';
import { UnavailableError } from '../domain/errors.js';

/** Of one request; a put of 5 MiB takes far less on any network that a server has. */
const requestTimeoutMs = 15_000;
const connectionTimeoutMs = 3_000;

/** A client of the bucket's region, or of the stand-in that the configuration names. Connects to nothing yet. */
export function createS3Client({ region, endpoint, credentials }: S3Config): S3Client {
  return new S3Client({
    region,
    // Stand-ins have no host name for each bucket.
    ...(endpoint && { endpoint, forcePathStyle: true }),
    ...(credentials && { credentials }),
    // A signed address would else ask for the checksum of an empty body.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: connectionTimeoutMs,
      requestTimeout: requestTimeoutMs,
      throwOnRequestTimeout: true,
    },
  });
}

/** Whatever S3 refuses is no fault of whoever asked us, and may work later. @throws UnavailableError */
export async function translating<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new UnavailableError({ cause: error });
  }
}

/** What a read finds; undefined when there is no such object. @throws UnavailableError for anything else */
export function absentAsUndefined<T>(read: () => Promise<T>): Promise<T | undefined> {
  return translating(async () => {
    try {
      return await read();
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  });
}

function isAbsent(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // An empty object has no first byte.
  return ['NotFound', 'NoSuchKey', 'InvalidRange'].includes(error.name);
}
