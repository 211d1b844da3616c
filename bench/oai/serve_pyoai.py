# serve_pyoai.py RECORDS PAGE: the records with the server of pyoai; prints the address of the first page.
import cgi
import json
import sys
import urllib.parse
from datetime import datetime

cgi.parse_qs = urllib.parse.parse_qs  # pyoai reads its tokens with it; Python 3.8 took it away

from oaipmh.common import Header, Identify, Metadata
from oaipmh.metadata import MetadataRegistry
from oaipmh.server import BatchingServer, oai_dc_writer

from serve_wsgi import serve

records = []
for line in open(sys.argv[1], encoding="utf-8"):
    r = json.loads(line)
    stamp = datetime.strptime(r["datestamp"], "%Y-%m-%dT%H:%M:%SZ")
    records.append((Header(None, r["identifier"], stamp, r["sets"], False), Metadata(None, r["fields"]), None))


class Repository:
    def identify(self):
        return Identify(repositoryName="pyoai", baseURL="http://127.0.0.1/oai", protocolVersion="2.0", adminEmails=["bench@example.org"],
                        earliestDatestamp=datetime(2020, 1, 1), deletedRecord="persistent", granularity="YYYY-MM-DDThh:mm:ssZ", compression=["identity"])

    def listRecords(self, metadataPrefix, set=None, from_=None, until=None, cursor=0, batch_size=10):
        return records[cursor : cursor + batch_size]


registry = MetadataRegistry()
registry.registerWriter("oai_dc", oai_dc_writer)
oai = BatchingServer(Repository(), registry, resumption_batch_size=int(sys.argv[2]))
serve(oai.handleRequest)
