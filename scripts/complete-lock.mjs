// Makes package-lock.json hold on every platform, with every npm: `node scripts/complete-lock.mjs [FILE]`. Run it after
// anything that changes the lock; it is safe to run again. docs/decisions/0004-lock-file.md tells why each step is needed.
import { readFileSync, writeFileSync } from 'node:fs';

const OPERATING_SYSTEMS = 'aix android darwin freebsd linux netbsd openbsd openharmony sunos win32'.split(' ');
const PROCESSORS = 'arm arm64 ia32 loong64 mips64el ppc64 riscv64 s390x wasm32 x64'.split(' ');

const file = process.argv[2] ?? 'package-lock.json';
const before = readFileSync(file, 'utf8');
const lock = JSON.parse(before);
const added = addMissingPlatforms(lock.packages);
dropWhatNpmDisagreesOn(lock.packages);
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')));
const after = `${JSON.stringify(lock, null, 2)}\n`;
if (after !== before) writeFileSync(file, after);
console.log(`${file}: ${after === before ? 'complete' : 'completed'}; ${added.length} platform packages added`);
for (const name of added) console.log(`  ${name}`);

/**
 * A package with prebuilt binaries names one optional dependency for each platform, and npm locks only those that it
 * could look up (https://github.com/npm/cli/issues/9846). The version of the others stands with their parent, the
 * platform in their name; npm needs no more to fetch them where they apply.
 */
function addMissingPlatforms(packages) {
  const names = [];
  for (const [parent, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      if (isLocked(packages, parent, name)) continue;
      if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) throw new Error(`${name}: ${version} is not one version`);
      packages[`node_modules/${name}`] = platformEntry(name, version, dev);
      names.push(`${name}@${version}`);
    }
  }
  return names;
}

/** Whether Node would find the dependency: in the parent's own folder, or in one around it. */
function isLocked(packages, parent, name) {
  for (let place = parent; ; place = place.slice(0, Math.max(0, place.lastIndexOf('node_modules/') - 1))) {
    if (packages[`${place === '' ? '' : `${place}/`}node_modules/${name}`] !== undefined) return true;
    if (place === '') return false;
  }
}

/** The fields stand in the order in which npm writes them, so that its next run finds nothing to tidy. */
function platformEntry(name, version, dev) {
  const words = name.split(/[/-]/);
  const os = words.find((word) => OPERATING_SYSTEMS.includes(word));
  const cpu = words.find((word) => PROCESSORS.includes(word));
  if (os === undefined && cpu !== 'wasm32') throw new Error(`${name}: its name states no platform known here`);
  return {
    version,
    ...(cpu === undefined ? {} : { cpu: [cpu] }),
    ...(dev === undefined ? {} : { dev }),
    optional: true,
    ...(os === undefined ? {} : { os: [os] }),
  };
}

/**
 * Two fields would make the lock change from one machine to the next: `libc`, which npm before 11.11 deletes, and the
 * address of the registry that a package came from, which names whatever mirror its author sits behind.
 */
function dropWhatNpmDisagreesOn(packages) {
  for (const entry of Object.values(packages)) {
    delete entry.libc;
    if (/^https?:/.test(entry.resolved ?? '')) delete entry.resolved;
  }
}
