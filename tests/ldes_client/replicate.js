/**
 * Follow the event stream at URL with ldes-client, going on from what FOLDER remembers of earlier runs.
 *
 *     node replicate.js URL FOLDER > members.json
 *
 * Printed are the members that are new, each with its quads as N-Quads, and the requests made.
 */
import { Writer } from 'n3';
import { enhanced_fetch, intoConfig, replicateLDES } from 'ldes-client';

const [url, folder] = process.argv.slice(2);
const requests = [];
const plain = enhanced_fetch({ concurrent: 4, retry: { maxRetries: 0 } });

async function counted(target, options) {
  const response = await plain(target, options);
  requests.push({ url: typeof target === 'string' ? target : target.url ?? String(target), status: response.status });
  return response;
}

const client = replicateLDES(intoConfig({ url, statePath: folder, fetch: counted }), 'none');
let failure;
client.on('error', (error) => { failure = error; });
const writer = new Writer({ format: 'N-Quads' });
const members = [];
const reader = client.stream({ highWaterMark: 10 }).getReader();
for (let step = await reader.read(); !step.done; step = await reader.read()) {
  const { id, quads, timestamp, isVersionOf } = step.value;
  members.push({ id: id.value, timestamp, item: isVersionOf, quads: writer.quadsToString(quads) });
}
if (failure) {
  throw failure;
}
process.stdout.write(JSON.stringify({ members, requests }), () => process.exit(0));
