import { failure } from '../index.js';

/**
 * Loads packages that are asked for only where they are used.
 * @param wanted what the user asked for: an option or a command
 * @throws AccelsimError that says how to install them where they are not
 */
export async function loadOptional<Loaded>(
  wanted: string,
  packages: readonly string[],
  load: () => Promise<Loaded>,
): Promise<Loaded> {
  try {
    return await load();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw error;
    const names = packages.join(' and ');
    const rule = packages.length === 1 ? `needs the package ${names}` : `needs the packages ${names}`;
    throw failure(wanted, '', `${rule}, which accelsim can do without`, undefined, `npm install ${packages.join(' ')}`);
  }
}
