/** The temporal CLI that holds the development server (server 1.32); what is fetched is exactly this one. */
export const cliVersion = '1.9.1';

/** A CLI that was installed by hand may be newer, but not older: time skipping came with 1.9. */
export const oldestUsable = [1, 9] as const;
