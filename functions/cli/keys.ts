import { randomBytes } from 'node:crypto';

// npm run keys                  fresh values for every key of a deployment
// npm run keys -- PHONE_KEYS    one of them, such as to put it in front of a ring
const rings = ['PHONE_KEYS', 'SESSION_KEYS'];
const settings = ['PHONE_KEYS', 'PHONE_HASH_KEY', 'SESSION_KEYS'];

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !settings.includes(name));
if (unknown !== undefined) {
  console.error(`There is no key ${unknown}; there are ${settings.join(', ')}.`);
  process.exit(1);
}
for (const name of wanted.length > 0 ? wanted : settings) console.log(`${name}=${value(name)}`);

/** A key of a ring has a name, by which what it has sealed or signed finds it again; the day will do. */
function value(name: string): string {
  const key = randomBytes(32).toString('base64');
  const today = new Date().toISOString().slice(0, 10);
  return rings.includes(name) ? `${today}:${key}` : key;
}
