/*
 * JSON as Python has it: whole numbers of any size are other values than fractions (`4` and `4.0`), and objects keep the
 * order of their keys. FastAPI services echo what they refuse, so the difference shows.
 */

/** What Python reads from JSON. */
export type PythonValue = null | boolean | string | bigint | PythonFloat | readonly PythonValue[] | PythonObject;

export type PythonObject = ReadonlyMap<string, PythonValue>;

/** A number that was written with a fraction or an exponent. */
export class PythonFloat {
  constructor(readonly value: number) {}
}

/** A body as FastAPI hands it to its models: JSON, the text of anything else, or undefined when there is none. */
export type RequestBody = PythonValue | undefined;

/** Writes JSON as Python would, values of Python among our own; what JSON cannot hold (NaN, infinity) becomes null. */
export function writePythonJson(value: unknown): string {
  if (typeof value === 'bigint') return String(value);
  if (value instanceof PythonFloat) return writeFloat(value.value);
  if (Array.isArray(value)) return `[${value.map((item) => writePythonJson(item)).join(',')}]`;
  if (value instanceof Map) return writeEntries([...value]);
  if (typeof value === 'object' && value !== null) return writeEntries(Object.entries(value));
  return JSON.stringify(value ?? null);
}

function writeEntries(entries: readonly (readonly [unknown, unknown])[]): string {
  const present = entries.filter(([, value]) => value !== undefined);
  return `{${present.map(([key, value]) => `${JSON.stringify(key)}:${writePythonJson(value)}`).join(',')}}`;
}

/** Python and JavaScript write the same digits, but put the exponent at other sizes: 16 digits there, 21 here. */
function writeFloat(value: number): string {
  if (!Number.isFinite(value)) return 'null';
  const [mantissa = '', power = '0'] = value.toExponential().split('e');
  const exponent = Number(power);
  if (value !== 0 && (exponent < -4 || exponent >= 16)) {
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  const text = Object.is(value, -0) ? '-0' : String(value);
  return text.includes('.') ? text : `${text}.0`;
}
