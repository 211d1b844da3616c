"""Serves 1,234 records with pyoai, every tenth deleted, on a port that it prints."""
import cgi
import datetime
import http.server
import urllib.parse

from oaipmh import common, error, metadata, server

cgi.parse_qs = urllib.parse.parse_qs  # pyoai 2.5 asks for what Python 3.8 took away
COUNT = 1234
EPOCH = datetime.datetime(2023, 5, 17)


def header(i):
    deleted = i % 10 == 9
    return common.Header(None, "oai:pyoai:%04d" % i, EPOCH + datetime.timedelta(hours=i), ["odd" if i % 2 else "even"], deleted)


class Repository:
    def identify(self):
        return common.Identify(
            repositoryName="pyoai", baseURL="http://127.0.0.1/oai", protocolVersion="2.0", adminEmails=["a@example.org"],
            earliestDatestamp=EPOCH, deletedRecord="persistent", granularity="YYYY-MM-DDThh:mm:ssZ", compression=["identity"])

    def listMetadataFormats(self, identifier=None):
        return [("oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd", "http://www.openarchives.org/OAI/2.0/oai_dc/")]

    def listSets(self, cursor=0, batch_size=10):
        return [("even", "Even", None), ("odd", "Odd", None)][cursor:cursor + batch_size]

    def _all(self, set, from_, until):
        for i in range(COUNT):
            h = header(i)
            if (not set or set in h.setSpec()) and (not from_ or h.datestamp() >= from_) and (not until or h.datestamp() <= until):
                yield i

    def listRecords(self, metadataPrefix, set=None, from_=None, until=None, cursor=0, batch_size=10):
        return [self._record(i) for i in list(self._all(set, from_, until))[cursor:cursor + batch_size]]

    def listIdentifiers(self, metadataPrefix, set=None, from_=None, until=None, cursor=0, batch_size=10):
        return [header(i) for i in list(self._all(set, from_, until))[cursor:cursor + batch_size]]

    def getRecord(self, metadataPrefix, identifier):
        for i in range(COUNT):
            if header(i).identifier() == identifier:
                return self._record(i)
        raise error.IdDoesNotExistError("no such record")

    def _record(self, i):
        h = header(i)
        return h, None if h.isDeleted() else common.Metadata(None, {"title": [u"L'\u00e9cole <%d> & toile" % i]}), None


registry = metadata.MetadataRegistry()
registry.registerWriter("oai_dc", server.oai_dc_writer)
oai = server.BatchingServer(Repository(), metadata_registry=registry, resumption_batch_size=100)


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = oai.handleRequest(dict(urllib.parse.parse_qsl(urllib.parse.urlparse(self.path).query)))
        self.send_response(200)
        self.send_header("Content-Type", "text/xml")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


httpd = http.server.HTTPServer(("127.0.0.1", 0), Handler)
print(httpd.server_port, flush=True)
httpd.serve_forever()
