# walk_pyoai.py BASE_URL PREFIX [set=…] [from=…] [until=…]: the records that pyoai lists, by POST, one JSON line each.
import json
import sys
from datetime import datetime

from oaipmh.client import Client
from oaipmh.metadata import MetadataRegistry, oai_dc_reader

base, prefix, *selection = sys.argv[1:]
arguments = dict(a.split("=", 1) for a in selection)
for name, argument in (("from", "from_"), ("until", "until")):
    if name in arguments:
        arguments[argument] = datetime.strptime(arguments.pop(name), "%Y-%m-%dT%H:%M:%SZ")
registry = MetadataRegistry()
registry.registerReader(prefix, oai_dc_reader)
client = Client(base, registry)
client.updateGranularity()
for header, metadata, about in client.listRecords(metadataPrefix=prefix, **arguments):
    print(json.dumps({
        "identifier": header.identifier(),
        "datestamp": header.datestamp().strftime("%Y-%m-%dT%H:%M:%SZ"),
        "deleted": header.isDeleted(),
        "sets": header.setSpec(),
        "fields": {k: v for k, v in metadata.getMap().items() if v} if metadata else {},
    }))
