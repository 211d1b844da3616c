"""Measures how fast a Python library writes the triples of a file. Usage: peers.py LIBRARY FILE"""
import io
import json
import sys
import time


class Counter(io.RawIOBase):
    """Counts what it throws away."""

    size = 0

    def writable(self):
        return True

    def write(self, data):
        self.size += len(data)
        return len(data)


def rdflib_writers(file):
    import rdflib

    graph = rdflib.Graph()
    graph.parse(file, format="nt")
    for syntax, name in [("turtle", "turtle"), ("rdfxml", "xml"), ("ntriples", "nt"), ("jsonld", "json-ld")]:
        yield syntax, lambda out: graph.serialize(out, format=name, encoding="utf-8")


def pyoxigraph_writers(file):
    import pyoxigraph as ox

    triples = [q.triple for q in ox.parse(path=file, format=ox.RdfFormat.N_TRIPLES)]
    formats = [("turtle", "TURTLE"), ("rdfxml", "RDF_XML"), ("ntriples", "N_TRIPLES"), ("jsonld", "JSON_LD")]
    for syntax, name in formats:
        if format := getattr(ox.RdfFormat, name, None):
            yield syntax, lambda out: ox.serialize(triples, out, format)


library, file = sys.argv[1:]
for syntax, write in {"rdflib": rdflib_writers, "pyoxigraph": pyoxigraph_writers}[library](file):
    start, fastest = time.process_time(), None
    while fastest is None or time.process_time() - start < 2:
        out, began = Counter(), time.process_time()
        write(out)
        seconds = time.process_time() - began
        fastest = min(fastest or seconds, seconds)
    print(json.dumps({"peer": library, "syntax": syntax, "seconds": fastest, "bytes": out.size}), flush=True)
