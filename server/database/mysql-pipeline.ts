import { connect, type Socket } from 'node:net';
import { checkServerIdentity, getCACertificates } from 'node:tls';
import type { CompiledQuery } from 'kysely';
import { type Connection, type ConnectionConfig, createConnection } from 'mariadb';
import type { MySqlConfig } from '../config/mysql.js';
import type { Availability } from './availability.js';
import { asUnavailable, isConnectionFault, NoAnswerError } from './faults.js';
import { connectTimeoutMs, graceMs, sessionSettings } from './mysql-session.js';
import type { Waits } from './waits.js';

export interface PipelineOptions {
  readonly address: Omit<MySqlConfig, 'engine' | 'limits'>;
  readonly statementTimeoutMs: number;
  readonly availability: Availability;
  readonly waits: Waits;
  /** Called once when it is of no more use. */
  readonly onLost: (pipeline: Pipeline) => void;
}

/** How many reads may be under way at once. */
const depth = 16;
/** Behind a read that takes longer no other is sent. */
const patienceMs = 50;
/** Prepared statements that the server keeps for a connection. */
const maxStatements = 500;

/**
 * One connection on which reads follow each other without waiting for the answer of the one before, so that both ends
 * take many at a time (ADR 0019). It is lost with the first fault of the connection, and all that is under way with it.
 */
export class Pipeline {
  readonly #connection: Connection;
  readonly #socket: Socket;
  readonly #options: PipelineOptions;
  #isLost = false;
  #underWay = 0;
  /** When an answer came last, or the first read was sent: since then the server has been at the same one. */
  #movedAt = 0;

  private constructor(connection: Connection, socket: Socket, options: PipelineOptions) {
    this.#connection = connection;
    this.#socket = socket;
    this.#options = options;
    // The socket alone would not tell: the driver takes everyone's listeners off it.
    connection.on('error', () => {
      options.availability.suspect();
      this.hangUp();
    });
    connection.on('end', () => this.hangUp());
  }

  /** Connects, and gives the session its settings. @throws the driver's error */
  static async open(options: PipelineOptions): Promise<Pipeline> {
    const { address } = options;
    // A socket of one's own can be closed at once: the driver would ask a server that hangs to say goodbye.
    const socket = connect(address.port, address.host).setNoDelay(true);
    try {
      const connection = await createConnection(describe(options, socket));
      if (socket.destroyed) throw new Error('The database hung up.');
      return new Pipeline(connection, socket, options);
    } catch (error) {
      socket.destroy();
      throw error;
    }
  }

  get underWay(): number {
    return this.#underWay;
  }

  /** Whether a read would be answered soon. */
  takesMore(): boolean {
    if (this.#underWay === 0) return true;
    return this.#underWay < depth && performance.now() - this.#movedAt < patienceMs;
  }

  /**
   * The rows of a statement that only reads.
   *
   * @throws UnavailableError when no answer comes in time, or the database is found to be away
   */
  read({ sql, parameters }: CompiledQuery): Promise<readonly unknown[]> {
    const { availability, waits, statementTimeoutMs } = this.#options;
    if (this.#underWay === 0) this.#movedAt = performance.now();
    this.#underWay += 1;
    return new Promise((resolve, reject) => {
      const finish = waits.begin<readonly unknown[]>(statementTimeoutMs + graceMs, (error, rows) => {
        this.#underWay -= 1;
        this.#movedAt = performance.now();
        if (rows) {
          availability.answered();
          return resolve(rows);
        }
        if (isConnectionFault(error)) this.hangUp();
        reject(error instanceof Error ? error : new NoAnswerError({ cause: error }));
      });
      this.#connection.execute<readonly unknown[]>(sql, parameters).then(
        (rows) => finish(undefined, rows),
        (error: unknown) => {
          if (isConnectionFault(error)) availability.suspect();
          finish(asUnavailable(error));
        },
      );
    });
  }

  /** Closes it at once. What is under way gets no answer any more, and ends when its time is over or the database is found to be away. */
  hangUp(): void {
    if (this.#isLost) return;
    this.#isLost = true;
    this.#socket.destroy();
    this.#options.onLost(this);
  }
}

/** Values come as `mysql2` gives them to everyone else. */
function describe({ address, statementTimeoutMs }: PipelineOptions, socket: Socket): ConnectionConfig {
  const { ssl, ...account } = address;
  return {
    ...account,
    ...(ssl && { ssl: describeTls(address) }),
    // Without encryption MySQL hands out the key that hides the password; the other driver asks for it, too.
    allowPublicKeyRetrieval: !ssl,
    stream: (answer) => answer(undefined, socket),
    connectTimeout: connectTimeoutMs,
    initSql: sessionSettings(statementTimeoutMs),
    collation: 'UTF8MB4_BIN',
    timezone: 'Z',
    dateStrings: true,
    bigIntAsNumber: true,
    autoJsonMap: false,
    pipelining: true,
    prepareCacheLength: maxStatements,
  };
}

/** The driver trusts more than we do where it is told no authorities, and does not know whose certificate it is to be. */
function describeTls({ ssl, host }: PipelineOptions['address']) {
  return {
    minVersion: ssl?.minVersion,
    ca: ssl?.ca ?? getCACertificates('default'),
    checkServerIdentity: (_: string, certificate: Parameters<typeof checkServerIdentity>[1]) =>
      checkServerIdentity(host, certificate),
  };
}
