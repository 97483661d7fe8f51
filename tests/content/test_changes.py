"""What has changed since 2013: told on a page of its own, marked in lists; and the sources."""

import re

import pytest
from django.test import Client

from content.guide_map import STORY
from content.models import Source, Term, Topic
from tests.content.builders import make_section, make_source, make_term, make_topic

pytestmark = pytest.mark.django_db

BADGE = "changed since 2013</span>"


@pytest.fixture
def guide(no_content: None) -> Topic:
    make_source("FDA-24", title="Label", publisher="FDA", year="2024", url="https://www.fda.gov/x")
    make_source("Old-13", title="Old text", year="2013")
    make_topic("what-is-all", sources=["Old-13"])
    second = make_section("treatment", number=7, title="Treatment", order=20)
    return make_topic(
        "new-medicine",
        second,
        changed_since_2013="A new medicine came in 2024 (to be checked).",
        sources=["FDA-24", "Old-13", "Gone"],
    )


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_change_stands_under_its_part_with_its_references(client: Client, guide: Topic):
    html = page(client, "/changes/")
    assert re.findall(r'<h2 id="part-\d+">([^<]*)<', html) == ["Treatment"]
    assert f'href="{guide.get_absolute_url()}"' in html
    assert "A new medicine came in 2024" in html
    assert "to-check" in html
    assert 'href="https://www.fda.gov/x"' in html
    assert "FDA</a> 2024 (fda.gov)" in html
    assert "Old text</a> 2013" in html
    assert "What Is All" not in html
    assert "Not yet reviewed by a clinician" in html


def test_a_topic_that_changed_is_marked_wherever_it_is_listed(client: Client, guide: Topic):
    for address in ("/guide/", "/guide/treatment/", guide.get_absolute_url()):
        assert page(client, address).count(BADGE) == 1, address
    assert BADGE not in page(client, "/guide/overview/")
    guide.changed_since_2013 = ""
    guide.save()
    assert BADGE not in page(client, "/guide/treatment/")


def test_the_guide_a_changed_topic_and_the_story_lead_to_the_page(client: Client, guide: Topic):
    link = 'href="/changes/"'
    story = make_topic(STORY, title="The story")
    assert link in page(client, "/guide/")
    html = page(client, guide.get_absolute_url())
    assert link in html
    assert f'href="{story.get_absolute_url()}">The story</a> · ' in html
    assert link in page(client, story.get_absolute_url())
    assert f'href="{story.get_absolute_url()}"' in page(client, "/changes/")
    assert link not in page(client, "/guide/overview/what-is-all/")


def test_without_the_story_nothing_leads_to_it(client: Client, guide: Topic):
    assert STORY not in page(client, guide.get_absolute_url())
    assert STORY not in page(client, "/changes/")


def test_the_page_is_there_when_nothing_has_changed(client: Client, no_content: None):
    assert "There is nothing here yet." in page(client, "/changes/")


def test_only_what_readers_see_stands_there(client: Client, guide: Topic):
    guide.status = "draft"
    guide.save()
    assert "new-medicine" not in page(client, "/changes/")


def test_the_shipped_page_tells_every_change_that_a_topic_tells(client: Client):
    html = page(client, "/changes/")
    topics = Topic.objects.published().exclude(changed_since_2013="")
    assert topics.count() > 3
    for topic in topics:
        assert f'href="{topic.get_absolute_url()}"' in html
    assert html.count("References:") == len([topic for topic in topics if topic.sources])


# --- Sources and reviews ------------------------------------------------------------------------


def test_sources_stand_by_who_wrote_them_and_say_which_topics_rest_on_them(client, guide: Topic):
    html = page(client, "/sources/")
    assert html.index('id="source-FDA-24"') < html.index('id="source-Old-13"')
    entry = html[html.index('id="source-Old-13"') :]
    assert "Used in:" in entry
    assert entry.index("What Is All") < entry.index("New Medicine")
    make_source("Alone", title="Zzz")
    entry = page(client, "/sources/")
    assert "Used in:" not in entry[entry.index('id="source-Alone"') :]


def test_every_shipped_source_stands_there_once(client: Client):
    html = page(client, "/sources/")
    for key in Source.objects.values_list("key", flat=True):
        assert html.count(f'id="source-{key}"') == 1, key


LISTS = ("/guide/overview/", "/glossary/", "/symptoms/", "/call/", "/changes/")


@pytest.mark.parametrize("address", LISTS)
def test_every_list_says_who_reviewed_it_and_when_facts_were_checked(client: Client, address: str):
    html = page(client, address)
    assert "Not yet reviewed by a clinician at your center." in html
    assert re.search(r"Facts checked against the sources on .{5,20} or later\.", html)
    assert 'href="/sources/"' in html


def test_a_list_counts_what_is_reviewed(client: Client, no_content: None):
    make_term("blast", reviewer="Dr. X", reviewed_on="2026-01-01")
    make_term("marrow", facts_checked_on=None)
    html = page(client, "/glossary/")
    assert "1 of 2 are reviewed by a clinician at your center." in html
    assert "Facts checked" not in html
    Term.objects.update(reviewer="Dr. X", reviewed_on="2026-01-01")
    assert "All of this is reviewed" in page(client, "/glossary/")


def test_every_page_of_its_own_says_source_date_and_reviewer(client: Client):
    for address in ("/guide/overview/what-is-all/", "/glossary/leukemia/", "/symptoms/fever/"):
        html = page(client, address)
        assert "Not yet reviewed by a clinician" in html, address
        assert "Facts checked against the sources on" in html, address
        assert 'id="sources"' in html, address
