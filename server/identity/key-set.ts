import { createPublicKey, type KeyObject } from 'node:crypto';

const minModulusBits = 2048;

interface SigningKey {
  readonly kid: string | undefined;
  readonly key: KeyObject;
}

/** The keys of one issuer that may sign tokens with RS256 (RFC 7517); whatever else it publishes is left out. */
export class KeySet {
  readonly #keys: readonly SigningKey[];

  private constructor(keys: readonly SigningKey[]) {
    this.#keys = keys;
  }

  /**
   * @param document a JSON Web Key Set as its issuer sent it
   * @throws Error when it is none
   */
  static parse(document: unknown): KeySet {
    if (!isRecord(document) || !Array.isArray(document['keys'])) throw new Error('The answer is no JSON Web Key Set.');
    return new KeySet(document['keys'].map(parseKey).filter((key) => key !== undefined));
  }

  get size(): number {
    return this.#keys.length;
  }

  /** The one key of that name; without a name, the only key there is. Undefined where this is ambiguous. */
  find(kid: string | undefined): KeyObject | undefined {
    const candidates = kid === undefined ? this.#keys : this.#keys.filter((key) => key.kid === kid);
    return candidates.length === 1 ? candidates[0]?.key : undefined;
  }
}

function parseKey(jwk: unknown): SigningKey | undefined {
  if (!isRecord(jwk) || !isForSignatures(jwk)) return undefined;
  const key = importRsa(jwk);
  if (!key || !isStrong(key)) return undefined;
  return { kid: typeof jwk['kid'] === 'string' ? jwk['kid'] : undefined, key };
}

function isStrong({ asymmetricKeyDetails: details }: KeyObject): boolean {
  return details?.modulusLength !== undefined && details.modulusLength >= minModulusBits;
}

function isForSignatures({ kty, use, alg, key_ops: operations }: Readonly<Record<string, unknown>>): boolean {
  if (Array.isArray(operations) && !operations.includes('verify')) return false;
  return kty === 'RSA' && (use === undefined || use === 'sig') && (alg === undefined || alg === 'RS256');
}

/** Of the key's members only these two are passed on: a private key published by mistake stays unused. */
function importRsa({ n, e }: Readonly<Record<string, unknown>>): KeyObject | undefined {
  if (typeof n !== 'string' || typeof e !== 'string') return undefined;
  try {
    return createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' });
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
