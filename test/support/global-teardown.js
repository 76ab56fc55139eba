/** Ends what test/support/global-setup.js started for this run. */
export default async function globalTeardown() {
  await globalThis.convokeTestTeardown?.();
}
