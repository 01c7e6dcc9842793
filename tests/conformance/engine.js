/**
 * The service under test as a query engine of rdf-test-suite: data go in by the Graph Store Protocol, queries by the
 * SPARQL Protocol. The address of the service is the environment variable SERVICE.
 */
'use strict';

const { Readable } = require('node:stream');
const { Writer } = require('n3');
const { QueryResultBindings } = require('rdf-test-suite/lib/testcase/sparql/QueryResultBindings');
const { QueryResultBoolean } = require('rdf-test-suite/lib/testcase/sparql/QueryResultBoolean');
const { QueryResultQuads } = require('rdf-test-suite/lib/testcase/sparql/QueryResultQuads');
const { TestCaseQueryEvaluationHandler } = require('rdf-test-suite/lib/testcase/sparql/TestCaseQueryEvaluation');
const { Util } = require('rdf-test-suite/lib/Util');
const { arrayifyStream } = require('arrayify-stream');

const SPARQL = `${process.env.SERVICE}/sparql`;
const STORE = `${process.env.SERVICE}/store`;
const ROWS = 'application/sparql-results+xml';
const GRAPH = 'application/n-triples';

/** What was refused where only a syntax error may be told. */
const surprises = [];
/** Graphs of the store; before the first case, those that somebody else left there. */
let filled;

const graphUrl = (graph) => graph ? `${STORE}?graph=${encodeURIComponent(graph)}` : `${STORE}?default`;

async function write(method, graph, body) {
  const headers = body === undefined ? {} : { 'content-type': 'application/n-triples' };
  const answer = await fetch(graphUrl(graph), { method, body, headers });
  if (!answer.ok) throw new Error(`${method} ${graph}: ${answer.status} ${await answer.text()}`);
}

async function leftovers() {
  const answer = await ask('SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }', 'application/sparql-results+json');
  return ['', ...(await answer.json()).results.bindings.map(({ g }) => g.value)];
}

/** Have the store hold these quads and nothing else. */
async function fill(quads) {
  const graphs = new Map();
  for (const quad of quads) {
    const graph = quad.graph.value;
    graphs.set(graph, [...graphs.get(graph) ?? [], quad]);
  }
  for (const graph of filled ?? await leftovers()) {
    if (!graphs.has(graph)) await write('DELETE', graph);
  }
  filled = [...graphs.keys()];
  const writer = new Writer({ format: 'N-Triples' });
  for (const [graph, triples] of graphs) {
    const lines = triples.map(({ subject, predicate, object }) => writer.quadToString(subject, predicate, object));
    await write('PUT', graph, lines.join(''));
  }
}

async function ask(query, accept, { baseIRI } = {}) {
  const body = baseIRI ? `BASE <${baseIRI}> ${query}` : query;
  const answer = await fetch(SPARQL, { method: 'POST', body, headers: { 'content-type': 'application/sparql-query', accept } });
  if (answer.ok) return answer;
  const problem = await answer.json();
  throw Object.assign(new Error(`${answer.status} ${problem.detail}`), { type: problem.type });
}

module.exports = {
  fill,
  surprises,

  async parse(query, options) {
    try {
      await (await ask(query, `${ROWS}, ${GRAPH}`, options)).arrayBuffer();
    } catch (error) {
      if (!error.type?.endsWith('/query-syntax')) surprises.push(`${query}\n${error.message}`);
      throw error;
    }
  },

  async query(data, query, options) {
    await fill(data);
    const answer = await ask(query, `${ROWS}, ${GRAPH}`, options);
    const type = answer.headers.get('content-type');
    const body = Readable.fromWeb(answer.body);
    if (type === GRAPH) return new QueryResultQuads(await arrayifyStream(Util.parseRdfRaw(type, SPARQL, body)));
    const result = await TestCaseQueryEvaluationHandler.parseSparqlResults('xml', body);
    if (result.type === 'boolean') return new QueryResultBoolean(result.value);
    return new QueryResultBindings(result.variables, result.value, options.checkOrder);
  },

  async queryResultFormat(data, query, mediaType, options) {
    await fill(data);
    return Readable.fromWeb((await ask(query, mediaType, options)).body);
  },
};
