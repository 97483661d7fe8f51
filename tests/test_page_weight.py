"""What a page weighs when it is opened for the first time, compressed, and in how many pieces."""

import gzip
import re

import brotli
import pytest
from django.contrib.staticfiles import finders

from tests.browser.pages import ACCOUNT, PUBLIC, fill, topics
from tests.visitors import client_of

MOST_BYTES = 60_000
MOST_REQUESTS = 8
PIECES = re.compile(r'(?:href|src)="/static/([^"]+)"')


def weight_of(html: bytes) -> tuple[int, int]:
    """Return the bytes on the wire and the number of requests, the page itself among them."""
    sizes = [len(gzip.compress(html))]
    for path in set(PIECES.findall(html.decode())):
        with open(finders.find(path), "rb") as file:
            sizes.append(len(brotli.compress(file.read(), quality=5)))
    return sum(sizes), len(sizes)


@pytest.mark.verify
def test_no_page_weighs_much(client, owner, journey):
    patient = client_of(owner)
    session = patient.session
    session["device"] = "own"  # it loads the most
    session.save()
    found = {}
    for reader, addresses in ((client, PUBLIC | topics()), (patient, fill(journey) | ACCOUNT)):
        for name, path in addresses.items():
            answer = reader.get(path, follow=True)
            assert answer.status_code == 200, name
            found[name] = weight_of(answer.content)
    heavy = {
        name: (size, pieces)
        for name, (size, pieces) in found.items()
        if size > MOST_BYTES or pieces > MOST_REQUESTS
    }
    assert heavy == {}
