"""A connector with nothing but Python: pushes the pages of a wiki as one batch, and deletes what is older.

`push-source-status run REBUILD -- python3 connector.py` sets the status before it and IDLE after it.
"""

import json
import os
import time
from urllib.parse import urlencode
from urllib.request import Request, urlopen

ENDPOINT = os.environ.get("COVEO_ENDPOINT") or "https://api.cloud.coveo.com/push/v1"
ORGANIZATION = f"{ENDPOINT}/organizations/{os.environ['COVEO_ORGANIZATION_ID']}"
SOURCE = f"{ORGANIZATION}/sources/{os.environ['COVEO_SOURCE_ID']}"
BEARER = {"Authorization": f"Bearer {os.environ['COVEO_ACCESS_TOKEN']}"}

PAGES = {"welcome": "Welcome", "travel": "Travel by train"}


def send(method, url, body=None, headers=BEARER):
    """Any answer but a 2xx is an exception, and so the end of the connector: `run` sets IDLE all the same."""
    with urlopen(Request(url, data=body, method=method, headers=headers), timeout=30) as answer:
        return answer.read()


def rebuild():
    started_at = int(time.time() * 1000)
    documents = [
        {"documentId": f"https://wiki.example/{name}", "title": name, "data": text} for name, text in PAGES.items()
    ]
    container = json.loads(send("POST", f"{ORGANIZATION}/files"))
    batch = json.dumps({"addOrUpdate": documents, "delete": []}).encode()
    send("PUT", container["uploadUri"], batch, container["requiredHeaders"])
    send("PUT", f"{SOURCE}/documents/batch?{urlencode({'fileId': container['fileId']})}")
    send("DELETE", f"{SOURCE}/documents/olderthan?{urlencode({'orderingId': started_at})}")
    print(f"{len(documents)} pages were pushed")


rebuild()
