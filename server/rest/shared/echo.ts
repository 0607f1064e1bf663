/** Names whose values are nobody's business but the sender's, in the languages of the contracts. */
const secretName = String.raw`[\w.-]*(?:passw|passphrase|secret|token|api[_-]?key|authorization|credential|contrase|clave)[^"=:&\s]*`;
const named = new RegExp(`^${secretName}$`, 'i');
/** `password=...` of a form, up to the next field. */
const formField = new RegExp(`(${secretName}=)[^&\\s]*`, 'gi');
/** `"password": ...` of JSON that was sent as something else. */
const jsonField = new RegExp(String.raw`("${secretName}"\s*:\s*)("(?:[^"\\]|\\.)*"?|[^,}\s]+)`, 'gi');
const mask = '***';

/**
 * What a contract echoes of a refused body, as it was received but for the values of what is named like a secret: answers
 * end up in logs and error reports of clients, where no password belongs.
 */
export function withoutSecrets(input: unknown): unknown {
  if (typeof input === 'string') return input.replace(formField, `$1${mask}`).replace(jsonField, `$1"${mask}"`);
  if (Array.isArray(input)) return input.map(withoutSecrets);
  if (!(input instanceof Map)) return input;
  return new Map([...input].map(([name, value]) => [name, named.test(String(name)) ? mask : withoutSecrets(value)]));
}
