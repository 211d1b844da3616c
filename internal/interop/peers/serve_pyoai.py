# serve_pyoai.py COUNT PAGE: an OAI-PMH server made of pyoai, for harvesters; prints its base URL. Record i is
# oai:example.org:i, of 2020-01-01 plus i hours, in the set even or odd; every seventh is deleted.
import cgi
import sys
import urllib.parse
from datetime import datetime, timedelta
from wsgiref.simple_server import WSGIRequestHandler, make_server

cgi.parse_qs = urllib.parse.parse_qs  # pyoai reads its tokens with it; Python 3.8 took it away

from oaipmh.common import Header, Identify, Metadata
from oaipmh.error import IdDoesNotExistError, NoRecordsMatchError
from oaipmh.metadata import MetadataRegistry
from oaipmh.server import BatchingServer, oai_dc_writer

count, page = map(int, sys.argv[1:])
first = datetime(2020, 1, 1)


def header(i):
    return Header(None, f"oai:example.org:{i}", first + timedelta(hours=i), ["odd" if i % 2 else "even"], i % 7 == 6)


def record(i):
    h = header(i)
    fields = {"title": [f"Titre été & <{i}>"], "identifier": [f"https://example.org/{i}"]}
    return h, None if h.isDeleted() else Metadata(None, fields), None


def select(metadataPrefix, set=None, from_=first, until=datetime.max, cursor=0, batch_size=10):
    found = [i for i in range(count) if set in (None, *header(i).setSpec()) and from_ <= header(i).datestamp() <= until]
    if not found:
        raise NoRecordsMatchError("no record matches")
    return found[cursor : cursor + batch_size]


class Repository:
    def identify(self):
        return Identify(repositoryName="pyoai", baseURL=url, protocolVersion="2.0", adminEmails=["admin@example.org"],
                        earliestDatestamp=first, deletedRecord="persistent", granularity="YYYY-MM-DDThh:mm:ssZ", compression=["identity"])

    def listRecords(self, **arguments):
        return [record(i) for i in select(**arguments)]

    def listIdentifiers(self, **arguments):
        return [header(i) for i in select(**arguments)]

    def listSets(self, cursor=0, batch_size=10):
        return [("even", "Even", ""), ("odd", "Odd", "")][cursor : cursor + batch_size]

    def listMetadataFormats(self, identifier=None):
        return [("oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd", "http://www.openarchives.org/OAI/2.0/oai_dc/")]

    def getRecord(self, metadataPrefix, identifier):
        if identifier not in [f"oai:example.org:{i}" for i in range(count)]:
            raise IdDoesNotExistError(identifier)
        return record(int(identifier.rpartition(":")[2]))


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


def application(environ, start):
    query = environ["QUERY_STRING"]
    if environ["REQUEST_METHOD"] == "POST":
        query = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode()
    start("200 OK", [("Content-Type", "text/xml; charset=utf-8")])
    return [oai.handleRequest(dict(urllib.parse.parse_qsl(query)))]


registry = MetadataRegistry()
registry.registerWriter("oai_dc", oai_dc_writer)
oai = BatchingServer(Repository(), registry, resumption_batch_size=page)
server = make_server("127.0.0.1", 0, application, handler_class=Quiet)
url = f"http://127.0.0.1:{server.server_port}/oai"
print(url, flush=True)
server.serve_forever()
