import { describe, expect, it } from '@jest/globals';
import { withoutSecrets } from '../../../server/rest/shared/echo.js';

describe('an echo of a refused body', () => {
  it.each([
    ['password=hidden', 'password=***'],
    ['name=Ada&user_password=hidden&age=4', 'name=Ada&user_password=***&age=4'],
    ['api_key=hidden', 'api_key=***'],
    ['contraseña=hidden&nombre=Ana', 'contraseña=***&nombre=Ana'],
    ['{"password": "hid\\"den", "name": "Ada"', '{"password": "***", "name": "Ada"'],
    ['nombre=Ana&email=ana@example.com', 'nombre=Ana&email=ana@example.com'],
  ])('of the text %j is %j', (text, echo) => {
    expect(withoutSecrets(text)).toBe(echo);
  });

  it('has what it was sent of an object, but for what is named like a secret', () => {
    const body = new Map<string, unknown>([
      ['nombre', 'x'],
      ['password', 'hidden'],
      ['more', new Map([['apiKey', 'hidden']])],
      ['list', [new Map([['token', 1n]])]],
    ]);
    const echo = new Map<string, unknown>([
      ['nombre', 'x'],
      ['password', '***'],
      ['more', new Map([['apiKey', '***']])],
      ['list', [new Map([['token', '***']])]],
    ]);
    expect(withoutSecrets(body)).toEqual(echo);
    expect(withoutSecrets(null)).toBeNull();
    expect(withoutSecrets(4n)).toBe(4n);
  });
});
