// Reads each file that is named and writes beside it FILE.node.nt, what N3.js,
// rdfxml-streaming-parser or jsonld.js take it for.
const fs = require('fs');
const { Parser, Writer, DataFactory } = require('n3');
const { RdfXmlParser } = require('rdfxml-streaming-parser');
const jsonld = require('jsonld');

const ntriples = quads => new Writer({ format: 'N-Triples' }).quadsToString(quads);
const rdfxml = text => new Promise((resolve, reject) => {
  const quads = [], parser = new RdfXmlParser({ dataFactory: DataFactory });
  parser.on('data', q => quads.push(q)).on('error', reject).on('end', () => resolve(ntriples(quads)));
  parser.end(text);
});
const refuse = url => { throw new Error(`${url} is not inline`); };
const readers = {
  ttl: text => ntriples(new Parser({ format: 'Turtle' }).parse(text)),
  nt: text => ntriples(new Parser({ format: 'N-Triples' }).parse(text)),
  rdf: rdfxml,
  jsonld: text => jsonld.toRDF(JSON.parse(text), { format: 'application/n-quads', documentLoader: refuse }),
};

(async () => {
  for (const name of process.argv.slice(2)) {
    const text = fs.readFileSync(name, 'utf8');
    fs.writeFileSync(`${name}.node.nt`, await readers[name.split('.').pop()](text));
  }
})().catch(e => { console.error(e); process.exit(1); });
