import { UserRepository } from '../domain/users/user.repository.js';
import { readArguments, usageError } from './arguments.js';
import { print, printError, requireMigrated, runCommand } from './command.js';
import { importLegacyUsers } from './legacy-users/importer.js';

const usage =
  'npm run user:import-legacy -- FILE.csv (with correo, nombre_completo and contrasena, an MD5 in hex; maybe foto_perfil)';
/** Some rows were refused, and all others imported. */
const partlyRefused = 2;

await runCommand(async (context) => {
  const path = readPath();
  await requireMigrated(context);
  const users = new UserRepository(context.database);
  const { read, added, present, refused } = await importLegacyUsers({ path, users, onRefusal: printError });
  print(`Read ${read}: added ${added}, already there ${present}, refused ${refused}.`);
  return refused > 0 ? partlyRefused : 0;
});

function readPath(): string {
  const { positionals } = readArguments({ allowPositionals: true }, usage);
  const [path] = positionals;
  if (path === undefined || positionals.length > 1) throw usageError('Expected one file', usage);
  return path;
}
