// Measures how fast N3.js and jsonld-streaming-serializer write the triples of a file.
const fs = require('fs');
const { Parser, Writer } = require('n3');
const { JsonLdSerializer } = require('jsonld-streaming-serializer');

const quads = new Parser({ format: 'N-Triples' }).parse(fs.readFileSync(process.argv[2], 'utf8'));

// A stream that counts what it throws away.
const counter = () => ({ size: 0, write(text, encoding, done) { this.size += text.length; if (done) done(); }, end(done) { if (done) done(); } });
const n3 = format => new Promise((resolve, reject) => {
  const out = counter(), writer = new Writer(out, { format });
  for (const q of quads) writer.addQuad(q);
  writer.end(error => (error ? reject(error) : resolve(out.size)));
});
const jsonld = () => new Promise((resolve, reject) => {
  let size = 0, i = 0;
  const out = new JsonLdSerializer({ space: '  ' });
  out.on('data', text => { size += text.length; }).on('error', reject).on('end', () => resolve(size));
  const more = () => { // as fast as the stream takes them
    while (i < quads.length) if (!out.write(quads[i++])) return out.once('drain', more);
    out.end();
  };
  more();
});

const processor = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1e6; };

const peer = 'N3.js, jsonld-streaming-serializer';
(async () => {
  for (const [syntax, round] of [['turtle', () => n3('Turtle')], ['ntriples', () => n3('N-Triples')], ['jsonld', jsonld]]) {
    let seconds = Infinity, bytes = 0;
    for (const start = processor(); processor() - start < 3;) {
      const began = processor();
      bytes = await round();
      seconds = Math.min(seconds, processor() - began);
    }
    console.log(JSON.stringify({ peer, syntax, seconds, bytes }));
  }
})().catch(e => { console.error(e); process.exit(1); });
