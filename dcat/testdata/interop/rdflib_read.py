"""Reads each file that is named and writes beside it FILE.rdflib.nt, what rdflib takes it for."""
import logging
import sys

import rdflib

logging.disable(logging.CRITICAL)  # of IRIs that it does not like
rdflib.NORMALIZE_LITERALS = False  # or XML literals are changed
formats = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "jsonld": "json-ld"}
string = rdflib.XSD.string
for name in sys.argv[1:]:
    given = rdflib.Graph()
    given.parse(name, format=formats[name.rsplit(".", 1)[1]])
    graph = rdflib.Graph()
    for s, p, o in given:  # RDF 1.1 knows one kind of plain string, rdflib two
        graph.add((s, p, rdflib.Literal(str(o)) if getattr(o, "datatype", None) == string else o))
    graph.serialize(name + ".rdflib.nt", format="nt", encoding="utf-8")
