/**
 * Run one manifest of the W3C against the service at SERVICE; print the outcome of each case as JSON.
 *
 *     SERVICE=http://127.0.0.1:8000 node run.js MANIFEST-URL FOLDER-OF-RDF-TESTS
 */
'use strict';

const { TestSuiteRunner } = require('rdf-test-suite');
const { Util } = require('rdf-test-suite/lib/Util');
const { TestCaseProtocol } = require('rdf-test-suite/lib/testcase/sparql/TestCaseProtocol');
const engine = require('./engine.js');

// Read from a folder, files have no media type; the runner does not know this suffix, and leaves ten cases out.
Util.extensionToContentType.rdf ??= 'application/rdf+xml';

// The runner fills the store by an update, which the endpoint refuses.
TestCaseProtocol.prototype.loadGraphData = function loadGraphData() {
  return engine.fill(this.graphData);
};

async function main([manifest, folder]) {
  const service = process.env.SERVICE;
  const results = await new TestSuiteRunner().runManifest(manifest, engine, {
    customEngingeOptions: {
      protocolEndpoint: `${service}/sparql`,
      graphStoreEndpoint: `${service}/store`,
      serviceDescriptionEndpoint: `${service}/sparql`,
    },
    timeOutDuration: 10_000,
    urlToFileMapping: `http://w3c.github.io/rdf-tests/~${folder}/`,
  });
  const cases = results.map(({ test, ok, skipped, error }) =>
    ({ name: test.uri, title: test.name, ok, skipped: Boolean(skipped), error: error ? String(error.message ?? error) : '' }));
  process.stdout.write(JSON.stringify({ cases, surprises: engine.surprises }, null, 1));
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
