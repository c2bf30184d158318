/** Dot files are ours: half-written objects. */
const keyPattern = /^[A-Za-z0-9_-]+(?:\/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*$/;

/** Passes a key through. @throws when it is none: keys are made by us, so that is a defect. */
export function checkKey(key: string): string {
  if (!keyPattern.test(key) || key.includes('..')) throw new Error(`Not an object key: ${JSON.stringify(key)}`);
  return key;
}

/** Passes a prefix through, which is a key and a slash. @throws when it is none. */
export function checkPrefix(prefix: string): string {
  if (!prefix.endsWith('/')) throw new Error(`Not a key prefix: ${JSON.stringify(prefix)}`);
  checkKey(prefix.slice(0, -1));
  return prefix;
}
