# walk_sickle.py BASE_URL PREFIX [set=…] [from=…] [until=…]: the records that Sickle lists, one JSON line each.
import json
import sys

from sickle import Sickle

base, prefix, *selection = sys.argv[1:]
for r in Sickle(base).ListRecords(metadataPrefix=prefix, **dict(a.split("=", 1) for a in selection)):
    fields = {} if r.deleted else {k: [v for v in values if v] for k, values in r.metadata.items()}
    print(json.dumps({
        "identifier": r.header.identifier,
        "datestamp": r.header.datestamp,
        "deleted": r.deleted,
        "sets": r.header.setSpecs,
        "fields": {k: v for k, v in fields.items() if v},
    }))
