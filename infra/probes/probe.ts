/** What a value in an answer must be: of a kind, or exactly this text. */
export type Expectation = 'array' | 'number' | 'string' | { readonly is: string };

/** One question to a running server, and what the answer must have. */
export interface Probe {
  /** What is asked, for whoever reads how it went. */
  readonly name: string;
  /** GET unless there is a body. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly status: number;
  /** By path in the JSON of the answer, like `data.movies.totalCount`; an empty path is the whole. */
  readonly expect: Readonly<Record<string, Expectation>>;
}

/** How a probe went. */
export interface ProbeResult {
  readonly probe: Probe;
  readonly durationMs: number;
  /** Undefined when all was as expected. */
  readonly problem: string | undefined;
  /** What was answered, when all was. */
  readonly answer: unknown;
}

const timeoutMs = 10_000;

/** Asks one probe after the other. Never throws: what goes wrong is the probe's problem. */
export async function runProbes(baseUrl: string, probes: readonly Probe[]): Promise<ProbeResult[]> {
  const results: ProbeResult[] = [];
  for (const probe of probes) {
    const startedAt = performance.now();
    const outcome = await ask(baseUrl, probe);
    results.push({ probe, ...outcome, durationMs: Math.round(performance.now() - startedAt) });
  }
  return results;
}

async function ask(baseUrl: string, probe: Probe): Promise<Pick<ProbeResult, 'problem' | 'answer'>> {
  try {
    const response = await fetch(new URL(probe.path, baseUrl), describeRequest(probe));
    const text = await response.text();
    if (response.status !== probe.status) {
      return failed(`expected ${probe.status}, got ${response.status}: ${shorten(text)}`);
    }
    const answer: unknown = JSON.parse(text);
    const problem = findDifference(answer, probe.expect);
    return problem === undefined ? { problem, answer } : failed(problem);
  } catch (error) {
    return failed(describeError(error));
  }
}

function failed(problem: string): Pick<ProbeResult, 'problem' | 'answer'> {
  return { problem, answer: undefined };
}

function describeRequest({ headers = {}, body }: Probe): RequestInit {
  const common = { signal: AbortSignal.timeout(timeoutMs), redirect: 'error' } as const;
  if (body === undefined) return { ...common, headers };
  const json = { 'content-type': 'application/json', ...headers };
  return { ...common, method: 'POST', headers: json, body: JSON.stringify(body) };
}

function findDifference(answer: unknown, expected: Probe['expect']): string | undefined {
  for (const [path, expectation] of Object.entries(expected)) {
    const value = readPath(answer, path);
    if (!matches(value, expectation)) {
      const wanted = typeof expectation === 'string' ? `a ${expectation}` : JSON.stringify(expectation.is);
      return `expected ${path || 'the answer'} to be ${wanted}, got ${shorten(JSON.stringify(value) ?? 'nothing')}`;
    }
  }
  return undefined;
}

/** The value at a path of keys; undefined where there is none. */
export function readPath(value: unknown, path: string): unknown {
  const keys = path === '' ? [] : path.split('.');
  return keys.reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function matches(value: unknown, expectation: Expectation): boolean {
  if (typeof expectation === 'object') return value === expectation.is;
  return expectation === 'array' ? Array.isArray(value) : typeof value === expectation;
}

/** A failed fetch says why in its cause alone. */
function describeError(error: unknown): string {
  const texts = ['message', 'cause.message'].map((path) => readPath(error, path));
  return texts.filter((text) => typeof text === 'string').join(': ') || 'failed without a word';
}

function shorten(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
