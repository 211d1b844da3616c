# serve_oai_repo.py RECORDS PAGE: the records with oai-repo; prints the address of the first page.
import json
import sys
from datetime import datetime

from lxml import etree
from oai_repo import DataInterface, Identify, MetadataFormat, OAIRepository, RecordHeader

from serve_wsgi import serve

records = {}
for line in open(sys.argv[1], encoding="utf-8"):
    r = json.loads(line)
    r["xml"] = r["xml"].encode()
    records[r["identifier"]] = r
identifiers = list(records)


class Data(DataInterface):
    limit = int(sys.argv[2])

    def get_identify(self):
        return Identify("oai-repo", "http://127.0.0.1/oai", ["bench@example.org"], datetime(2020, 1, 1), "persistent", "YYYY-MM-DDThh:mm:ssZ")

    def is_valid_identifier(self, identifier):
        return identifier in records

    def get_metadata_formats(self, identifier=None):
        return [MetadataFormat("oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd", "http://www.openarchives.org/OAI/2.0/oai_dc/")]

    def get_record_header(self, identifier):
        r = records[identifier]
        return RecordHeader(identifier, r["datestamp"], r["sets"])

    def get_record_metadata(self, identifier, metadataprefix):
        return etree.fromstring(records[identifier]["xml"])

    def get_record_abouts(self, identifier):
        return []

    def list_identifiers(self, metadataprefix, filter_from=None, filter_until=None, filter_set=None, cursor=0):
        return identifiers[cursor : cursor + self.limit], len(identifiers), None


repository = OAIRepository(Data())
serve(lambda arguments: bytes(repository.process(arguments)))
