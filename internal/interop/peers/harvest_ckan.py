# harvest_ckan.py FILE FORMAT [PROFILE…]: what the DCAT harvester of CKAN reads in a page: {"next": …, "datasets": […]}. FORMAT is
# rdflib's: turtle, xml, json-ld, nt. The profile is euro_dcat_ap_3 by default.
import json
import sys

from ckanext.dcat.processors import RDFParser

path, syntax, *profiles = sys.argv[1:]
parser = RDFParser(profiles or ["euro_dcat_ap_3"])
with open(path, encoding="utf-8") as f:
    parser.parse(f.read(), syntax)
json.dump({"next": parser.next_page(), "datasets": list(parser.datasets())}, sys.stdout, ensure_ascii=False)
