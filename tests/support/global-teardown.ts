/** Stops what `globalSetup` started. */
export default async function globalTeardown(): Promise<void> {
  const { stopTestMySqlServer } = globalThis as { stopTestMySqlServer?: () => Promise<void> }; // put there by globalSetup
  await stopTestMySqlServer?.();
}
