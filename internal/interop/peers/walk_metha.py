# walk_metha.py SYNC CAT BASE_URL PREFIX [set=…] [from=…] [until=…]: the records that metha-sync harvests, as metha-cat prints them, one JSON line each. metha selects by days: from and until are dates.
import json
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

sync, cat, base, prefix, *selection = sys.argv[1:]
oai = "{http://www.openarchives.org/OAI/2.0/}"
with tempfile.TemporaryDirectory() as folder:
    command = [sync, "-q", "-base-dir", folder, "-format", prefix]
    where = ["-base-dir", folder, "-format", prefix]
    for name, value in (a.split("=", 1) for a in selection):
        command += ["-" + name, value]
        if name == "set":
            where += ["-set", value]
    subprocess.run(command + [base], check=True)
    harvest = subprocess.run([cat, *where, base], check=True, stdout=subprocess.PIPE).stdout
for record in ET.fromstring(harvest):
    header, metadata = record.find(oai + "header"), record.find(oai + "metadata")
    fields = {}
    for e in metadata.iter() if metadata is not None else ():
        if len(e) == 0 and e is not metadata and e.text:
            fields.setdefault(e.tag.rpartition("}")[2], []).append(e.text)
    print(json.dumps({
        "identifier": header.findtext(oai + "identifier"),
        "datestamp": header.findtext(oai + "datestamp"),
        "deleted": header.get("status") == "deleted",
        "sets": [s.text for s in header.findall(oai + "setSpec")],
        "fields": fields,
    }))
