import { anyToken } from '../../support/conformance.js';
import { imageBytes } from '../../support/images.js';
import type { WireRequest } from '../../support/wire.js';
import { ana, anaPhoto, eva, leo, password, publicUrl } from './stage.js';
import { accountRefused, as, form, type Row, refused, toStatement } from './wording.js';

const nuevo = {
  correo: 'new@mail.com',
  nombre_completo: 'Nuevo Usuario',
  contrasena: 'contrasena123',
  confirmar_contrasena: 'contrasena123',
};
const register = (body: unknown): WireRequest => ({ method: 'POST', path: '/user/register', body });
const login = (correo: unknown, contrasena: unknown): WireRequest => ({
  method: 'POST',
  path: '/user/login',
  body: { correo, contrasena },
});
const edit = (body: object, person: { authorization: string } | null = ana): WireRequest =>
  as(person, { method: 'PUT', path: '/user/edit', body: { id_usuario: ana.id, contrasena_actual: password, ...body } });
const editForm = (parts: Parameters<typeof form>[1]): WireRequest =>
  as(ana, form({ method: 'PUT', path: '/user/edit' }, { id_usuario: '4', contrasena_actual: password, ...parts }));
const registerForm = (parts: Parameters<typeof form>[1]): WireRequest =>
  form({ method: 'POST', path: '/user/register' }, { ...nuevo, ...parts });
const photo = { name: 'Foto.PNG', bytes: imageBytes('png') };

const registered = { status: 201, body: { message: 'Usuario registrado exitosamente' } } as const;
const loggedIn = (id: number, correo: string, nombre_completo: string, foto_perfil: string | null = null) => ({
  status: 200,
  body: { message: 'Login exitoso', usuario: { id, correo, nombre_completo, foto_perfil }, token: anyToken },
});
const edited = { status: 200, body: { message: 'Perfil actualizado exitosamente' } } as const;
const missing = accountRefused(400, 'Todos los campos son obligatorios');
const missingLogin = accountRefused(400, 'Correo y contraseña son requeridos');
const missingEdit = accountRefused(400, 'id_usuario y contrasena_actual son requeridos');
const wrong = accountRefused(401, 'Credenciales incorrectas');
const anaIn = loggedIn(ana.id, 'Ana@mail.com', 'Ana Ruiz', `${publicUrl}/images/${anaPhoto}`);
const invalidEmail = accountRefused(400, 'El correo no es válido');

/** Registering. */
export const registerStatements = (
  [
    ['CLC-001', '5', 'registers from JSON', register(nuevo), registered],
    ['CLC-002', '5, C6', 'registers from a form without a photo', registerForm({}), registered],
    ['CLC-003', '5', 'registers from a form with a photo', registerForm({ foto: photo }), registered],
    [
      'CLC-004',
      '5',
      'lets log in who registered',
      [register(nuevo), login('new@mail.com', 'contrasena123')],
      loggedIn(7, 'new@mail.com', 'Nuevo Usuario'),
    ],
    ...Object.keys(nuevo).map(
      (field, index): Row => [
        `CLC-01${index}`,
        '5',
        `refuses without ${field}`,
        register({ ...nuevo, [field]: undefined }),
        missing,
      ],
    ),
    ['CLC-014', '5', 'counts an empty field as missing', register({ ...nuevo, nombre_completo: '' }), missing],
    ['CLC-015', '5', 'counts what is no text as missing', register({ ...nuevo, contrasena: 12345678 }), missing],
    [
      'CLC-016',
      '5',
      'refuses a body of another type as one without fields',
      { ...register('correo=a'), headers: { 'content-type': 'text/plain' } },
      missing,
    ],
    ['CLC-017', '5', 'refuses no body at all', { method: 'POST', path: '/user/register' }, missing],
    [
      'CLC-018',
      '5',
      'refuses a form without fields',
      form({ method: 'POST', path: '/user/register' }, { foto: photo }),
      missing,
    ],
    [
      'CLC-020',
      '5',
      'refuses passwords that differ',
      register({ ...nuevo, confirmar_contrasena: 'otra' }),
      accountRefused(400, 'Las contraseñas no coinciden'),
    ],
    [
      'CLC-021',
      '5',
      'says what is missing before that passwords differ',
      register({ ...nuevo, correo: '', confirmar_contrasena: 'otra' }),
      missing,
    ],
    [
      'CLC-022',
      '5',
      'says that passwords differ before that the address is taken',
      register({ ...nuevo, correo: 'eva@mail.com', confirmar_contrasena: 'otra' }),
      accountRefused(400, 'Las contraseñas no coinciden'),
    ],
    [
      'CLC-023',
      '5',
      'takes a password of one character',
      register({ ...nuevo, contrasena: 'x', confirmar_contrasena: 'x' }),
      registered,
    ],
    [
      'CLC-024',
      '5',
      'takes a password of 200 characters',
      register({ ...nuevo, contrasena: 'x'.repeat(200), confirmar_contrasena: 'x'.repeat(200) }),
      registered,
    ],
    [
      'CLC-025',
      '5',
      'refuses a longer one',
      register({ ...nuevo, contrasena: 'x'.repeat(201), confirmar_contrasena: 'x'.repeat(201) }),
      accountRefused(400, 'La contraseña no es válida'),
    ],
    ['CLC-026', '5', 'refuses an address that is none', register({ ...nuevo, correo: 'new' }), invalidEmail],
    [
      'CLC-027',
      '5',
      'refuses an address longer than its column was',
      register({ ...nuevo, correo: `new@${'m.'.repeat(130)}com` }),
      invalidEmail,
    ],
    [
      'CLC-028',
      '5',
      'refuses a name longer than 190 characters',
      register({ ...nuevo, nombre_completo: 'N'.repeat(191) }),
      accountRefused(400, 'El nombre no es válido'),
    ],
    [
      'CLC-029',
      '5',
      'refuses text that no database keeps',
      register({ ...nuevo, nombre_completo: 'a\u0000b' }),
      accountRefused(400, 'Texto no válido'),
    ],
    [
      'CLC-030',
      '5',
      'refuses an address that has an account',
      register({ ...nuevo, correo: 'eva@mail.com' }),
      accountRefused(409, 'El correo ya está registrado'),
    ],
    [
      'CLC-031',
      '5 "Schema"',
      'knows an address in any case',
      register({ ...nuevo, correo: 'EVA@Mail.com' }),
      accountRefused(409, 'El correo ya está registrado'),
    ],
    [
      'CLC-032',
      '5',
      'refuses it with a photo too',
      registerForm({ correo: 'eva@mail.com', foto: photo }),
      accountRefused(409, 'El correo ya está registrado'),
    ],
    [
      'CLC-040',
      'C14',
      'refuses a photo of more than 5 MiB',
      registerForm({ foto: { ...photo, bytes: imageBytes('png', 5 * 2 ** 20 + 1) } }),
      refused(413, 'La foto es demasiado grande'),
    ],
    [
      'CLC-041',
      'C14',
      'takes one of 5 MiB',
      registerForm({ foto: { ...photo, bytes: imageBytes('png', 5 * 2 ** 20) } }),
      registered,
    ],
    ['CLC-042', 'C14', 'takes a JPEG', registerForm({ foto: { ...photo, bytes: imageBytes('jpeg') } }), registered],
    ['CLC-043', 'C14', 'takes a WebP', registerForm({ foto: { ...photo, bytes: imageBytes('webp') } }), registered],
    [
      'CLC-044',
      'C14',
      'refuses what is no image, whatever its name',
      registerForm({ foto: { ...photo, bytes: Buffer.from('GIF89a and more bytes') } }),
      refused(415, 'La foto debe ser JPEG, PNG o WebP'),
    ],
    [
      'CLC-045',
      'C14',
      'refuses an empty file',
      registerForm({ foto: { ...photo, bytes: Buffer.alloc(0) } }),
      refused(415, 'La foto debe ser JPEG, PNG o WebP'),
    ],
    [
      'CLC-046',
      '5 "Generic"',
      'refuses a file in another field',
      registerForm({ imagen: photo }),
      refused(400, 'Campo de archivo inesperado'),
    ],
    [
      'CLC-047',
      '5 "Generic"',
      'refuses a form that breaks off',
      { ...registerForm({}), body: '--x-boundary-x\r\ncontent-disposition: form-data; name="correo"\r\n\r\nnew' },
      refused(400, 'Formulario mal formado'),
    ],
    [
      'CLC-048',
      '5 "Generic"',
      'refuses a form without a boundary',
      { ...registerForm({}), headers: { 'content-type': 'multipart/form-data' } },
      refused(400, 'Formulario mal formado'),
    ],
  ] satisfies readonly Row[]
).map(toStatement);

/** Logging in and out. */
export const sessionStatements = (
  [
    [
      'CLC-060',
      '5, C7, C11',
      'logs in, with the address of the photo and a token',
      login('Ana@mail.com', password),
      anaIn,
    ],
    [
      'CLC-061',
      '5',
      'shows null to who has no photo',
      login('eva@mail.com', password),
      loggedIn(eva.id, 'eva@mail.com', 'Eva Gil'),
    ],
    ['CLC-062', '5 "Schema"', 'knows an address in any case', login('ANA@MAIL.COM', password), anaIn],
    ['CLC-063', '5', 'refuses without an address', login(undefined, password), missingLogin],
    ['CLC-064', '5', 'refuses without a password', login('ana@mail.com', ''), missingLogin],
    ['CLC-065', '5', 'counts what is no text as missing', login({ $ne: null }, password), missingLogin],
    ['CLC-066', '5', 'refuses no body at all', { method: 'POST', path: '/user/login' }, missingLogin],
    ['CLC-067', '5', 'refuses a wrong password', login('ana@mail.com', 'contrasena124'), wrong],
    ['CLC-068', '5', 'answers an unknown address alike', login('nobody@mail.com', password), wrong],
    ['CLC-069', '5', 'answers what is no address alike', login('nobody', password), wrong],
    [
      'CLC-070',
      'C11',
      'refuses a disabled account',
      login('leo@mail.com', password),
      accountRefused(403, 'Cuenta deshabilitada'),
    ],
    [
      'CLC-071',
      '5',
      'reads no forms here',
      form({ method: 'POST', path: '/user/login' }, { correo: 'ana@mail.com', contrasena: password }),
      missingLogin,
    ],
    [
      'CLC-080',
      '5',
      'logs out',
      as(ana, { method: 'POST', path: '/user/logout' }),
      { status: 200, body: { message: 'Sesión cerrada exitosamente' } },
    ],
    [
      'CLC-081',
      '5',
      'logs out who is not logged in',
      { method: 'POST', path: '/user/logout' },
      { status: 200, body: { message: 'Sesión cerrada exitosamente' } },
    ],
    [
      'CLC-082',
      '5',
      'logs out a disabled account',
      as(leo, { method: 'POST', path: '/user/logout' }),
      { status: 200, body: { message: 'Sesión cerrada exitosamente' } },
    ],
    [
      'CLC-083',
      'C11',
      'ends the session',
      [as(ana, { method: 'POST', path: '/user/logout' }), as(ana, { path: '/user/playlist/4' })],
      refused(401, 'No autenticado'),
    ],
  ] satisfies readonly Row[]
).map(toStatement);

/** Changing one's profile. */
export const editStatements = (
  [
    ['CLC-090', '5', 'changes the name, from JSON', edit({ nombre_completo: 'Ana Gil' }), edited],
    [
      'CLC-091',
      '5',
      'changes the name and the photo, from a form',
      editForm({ nombre_completo: 'Ana Gil', foto: photo }),
      edited,
    ],
    ['CLC-092', '5, C5', 'says the same when nothing changes', edit({}), edited],
    [
      'CLC-093',
      '5',
      'leaves the name when it is empty',
      [edit({ nombre_completo: '' }), login('ana@mail.com', password)],
      anaIn,
    ],
    [
      'CLC-094',
      '5',
      'shows the new name at the next login',
      [edit({ nombre_completo: 'Ana Gil' }), login('ana@mail.com', password)],
      loggedIn(ana.id, 'Ana@mail.com', 'Ana Gil', `${publicUrl}/images/${anaPhoto}`),
    ],
    ['CLC-095', '5', 'reads the id as a text too', edit({ id_usuario: String(ana.id) }), edited],
    ['CLC-100', '5', 'refuses without id_usuario', edit({ id_usuario: undefined }), missingEdit],
    ['CLC-101', '5', 'refuses without contrasena_actual', edit({ contrasena_actual: '' }), missingEdit],
    ['CLC-102', '5', 'refuses no body at all', as(ana, { method: 'PUT', path: '/user/edit' }), missingEdit],
    ['CLC-103', '5', 'counts an id that nobody can have as missing', edit({ id_usuario: 2 ** 31 }), missingEdit],
    [
      'CLC-104',
      '5',
      'refuses a wrong password',
      edit({ contrasena_actual: 'otra', nombre_completo: 'X' }),
      accountRefused(401, 'Contraseña incorrecta'),
    ],
    [
      'CLC-105',
      'C14',
      'refuses a wrong password with a photo',
      editForm({ contrasena_actual: 'otra', foto: photo }),
      accountRefused(401, 'Contraseña incorrecta'),
    ],
    [
      'CLC-106',
      'C14',
      'refuses a photo that is none',
      editForm({ foto: { ...photo, bytes: Buffer.from('no image at all') } }),
      refused(415, 'La foto debe ser JPEG, PNG o WebP'),
    ],
    [
      'CLC-107',
      '5',
      'refuses a name longer than 190 characters',
      edit({ nombre_completo: 'N'.repeat(191) }),
      accountRefused(400, 'El nombre no es válido'),
    ],
    [
      'CLC-108',
      '5',
      'refuses a name that is no text',
      edit({ nombre_completo: 5 }),
      accountRefused(400, 'El nombre no es válido'),
    ],
    ['CLC-110', 'C11', 'refuses without a session', edit({}, null), accountRefused(401, 'No autenticado')],
    [
      'CLC-111',
      'C4, C11',
      'refuses without a session, whoever it is about',
      edit({ id_usuario: 999 }, null),
      accountRefused(401, 'No autenticado'),
    ],
    [
      'CLC-112',
      'C11',
      'refuses a token that nobody has',
      edit({}, { authorization: 'Bearer fgs_nobody' }),
      accountRefused(401, 'No autenticado'),
    ],
    ['CLC-113', 'C11', "refuses someone else's session", edit({}, eva), accountRefused(403, 'No autorizado')],
    ['CLC-114', 'C4, C11', 'does not tell who exists', edit({ id_usuario: 999 }), accountRefused(403, 'No autorizado')],
    [
      'CLC-115',
      'C11',
      'refuses a disabled account',
      edit({ id_usuario: leo.id }, leo),
      accountRefused(403, 'Cuenta deshabilitada'),
    ],
    [
      'CLC-116',
      'C11',
      'asks who it is before what is missing',
      edit({ id_usuario: undefined }, null),
      accountRefused(401, 'No autenticado'),
    ],
  ] satisfies readonly Row[]
).map(toStatement);
