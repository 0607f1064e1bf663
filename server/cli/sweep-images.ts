import { ImageRepository } from '../domain/images/image.repository.js';
import { sweepImages } from '../domain/images/image-sweep.js';
import { ImageUploadRepository } from '../domain/images/image-upload.repository.js';
import { openImageStore } from '../storage/open-store.js';
import { readArguments, usageError } from './arguments.js';
import { print, requireMigrated, runCommand } from './command.js';

const usage = 'npm run images:sweep [-- --older-than HOURS]';
/** Far longer than an upload may take, so that nothing under way is touched. */
const defaultHours = 1;

await runCommand(async (context) => {
  const { values } = readArguments({ options: { 'older-than': { type: 'string' } } }, usage);
  const hours = Number(values['older-than'] ?? defaultHours);
  if (!Number.isFinite(hours) || hours < 0) throw usageError('--older-than takes a number of hours', usage);
  await requireMigrated(context);
  const { database, config } = context;
  const parts = {
    store: await openImageStore(config.storage),
    images: new ImageRepository(database),
    uploads: new ImageUploadRepository(database),
  };
  const { expired, unreferenced, broken } = await sweepImages(parts, Date.now() - hours * 60 * 60 * 1000);
  print(`Removed: ${expired} expired uploads, ${unreferenced} images that nothing points at, ${broken} broken writes.`);
});
