# walk_scythe.py BASE_URL PREFIX [set=…] [from=…] [until=…]: the records that oaipmh-scythe lists, one JSON line each.
import json
import sys

from oaipmh_scythe import Scythe

base, prefix, *selection = sys.argv[1:]
names = {"from": "from_", "set": "set_"}
arguments = {names.get(k, k): v for k, v in (a.split("=", 1) for a in selection)}
with Scythe(base) as scythe:
    for r in scythe.list_records(metadata_prefix=prefix, **arguments):
        fields = {} if r.deleted else {k: [v for v in values if v] for k, values in r.metadata.items()}
        print(json.dumps({
            "identifier": r.header.identifier,
            "datestamp": r.header.datestamp,
            "deleted": r.deleted,
            "sets": r.header.setSpecs,
            "fields": {k: v for k, v in fields.items() if v},
        }))
