# harvest_udata.py URL [PUBLIC]: what the DCAT harvester of data.gouv.fr keeps of a catalogue, all its pages, as one JSON object:
# {"status", "errors", "items": [{"remote_id", "status", "errors"}], "datasets": […]}. The database is in memory. Since udata
# refuses addresses of this machine wherever a catalogue names them, the server at URL should call itself PUBLIC
# (https://catalogue.example.org by default); what is asked of PUBLIC is asked of URL's host.
import json
import logging
import sys
from urllib.parse import urlsplit

import mongomock
from udata import settings
from udata.app import create_app, standalone
from udata.harvest.backends import get_backend

ETALAB = "https://www.etalab.gouv.fr/"
LICENCES = [  # of data.gouv.fr: id, title, URL, other titles, other URLs
    ("cc-by", "Creative Commons Attribution", "http://www.opendefinition.org/licenses/cc-by", [], []),
    ("cc-by-sa", "Creative Commons Attribution Share-Alike", "http://www.opendefinition.org/licenses/cc-by-sa", [], []),
    ("cc-zero", "Creative Commons CCZero", "http://www.opendefinition.org/licenses/cc-zero", [], []),
    ("fr-lo", "Licence Ouverte / Open Licence", ETALAB + "wp-content/uploads/2014/05/Licence_Ouverte.pdf", ["LO/OL"],
     [ETALAB + "wp-content/uploads/2014/05/Open_Licence.pdf"]),
    ("lov2", "Licence Ouverte / Open Licence version 2.0", ETALAB + "licence-ouverte-open-licence",
     ["License Etalab", "License Etalab v2", "License Etalab v2.0", "Licence Ouverte (Etalab)", "License Ouverte", "Licence Ouverte v2",
      "Licence Ouverte v2.0", "Licence Ouverte v2.0 (Etalab)", "Licence Ouverte version 2.0", "Open Licence v2", "Open Licence v2.0",
      "Open Licence version 2.0", "Licence Ouverte / Open Licence v2", "Licence Ouverte / Open Licence v2.0", "etalab-2.0"],
     [ETALAB + "wp-content/uploads/2017/04/ETALAB-Licence-Ouverte-v2.0.pdf", "https://github.com/etalab/Licence-Ouverte/blob/master/LO.md"]),
    ("notspecified", "License Not Specified", None, [], []),
    ("odc-by", "Open Data Commons Attribution License", "http://opendatacommons.org/licenses/by/summary/", [], []),
    ("odc-odbl", "Open Data Commons Open Database License (ODbL)", "http://opendatacommons.org/licenses/odbl/summary/",
     ["Open Database License (ODbL) 1.0", "Open Data Commons Open Database License 1.0", "Open Database License"],
     ["https://opendefinition.org/licenses/odc-odbl"]),
    ("odc-pddl", "Open Data Commons Public Domain Dedication and Licence (PDDL)", "http://opendatacommons.org/licenses/pddl/summary/", [], []),
    ("other-at", "Other (Attribution)", None, [], []),
    ("other-open", "Other (Open)", None, [], []),
    ("other-pd", "Other (Public Domain)", None, [], []),
]


class Settings(settings.Testing):
    MONGODB_SETTINGS = {"host": "mongodb://localhost/udata", "mongo_client_class": mongomock.MongoClient, "uuidRepresentation": "standard"}
    HARVESTER_BACKENDS = ["dcat"]


def ask_here(session):
    """Lets the session ask this machine for what is public."""
    ask = session.request
    session.request = lambda method, url, **options: ask(method, url.replace(public, local, 1), **options)


def kept(dataset):
    d = json.loads(dataset.to_json())
    d["contact_points"] = [json.loads(c.to_json()) for c in dataset.contact_points]
    return d


public = sys.argv[2] if len(sys.argv) > 2 else "https://catalogue.example.org"
local = "{0.scheme}://{0.netloc}".format(urlsplit(sys.argv[1]))
app = standalone(create_app(settings.Defaults, override=Settings))
logging.disable(logging.CRITICAL)
with app.app_context():
    from udata.harvest.models import HarvestSource
    from udata.models import Dataset, License, Organization

    for key, title, url, titles, urls in LICENCES:
        License.objects.create(id=key, title=title, url=url, alternate_titles=titles, alternate_urls=urls)
    organization = Organization.objects.create(name="GTnum", description="GTnum")
    source = HarvestSource.objects.create(name="gtnum", backend="dcat", url=sys.argv[1].replace(local, public, 1), organization=organization)
    harvester = get_backend("dcat")(source)  # its session may ask this machine; what it reads is judged as in production
    ask_here(harvester.session)
    app.config.update(URLS_ALLOW_LOCAL=False, URLS_ALLOWED_TLDS=settings.Defaults.URLS_ALLOWED_TLDS)
    harvester.harvest()
    job = source.get_last_job()
    json.dump({
        "status": job.status,
        "errors": [e.message for e in job.errors],
        "items": [{"remote_id": i.remote_id, "status": i.status, "errors": [e.message for e in i.errors]} for i in job.items],
        "datasets": [kept(d) for d in Dataset.objects],
    }, sys.stdout, ensure_ascii=False)
