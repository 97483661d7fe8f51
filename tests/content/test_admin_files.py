"""All content as files in the workshop: downloaded whole, checked first, then loaded."""

import io
import re
import stat
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile

from content import zipped
from content.admin.content_files import _fingerprint
from content.catalogue import rules
from content.files import ContentError
from content.loader import DATA, export, load
from content.models import Centre, Source, Symptom, Term, Topic, content_revision
from content.zipped import pack, unpack
from tests.content.admin_tools import client_of, make_editor, save
from tests.content.test_loader import same

pytestmark = [pytest.mark.django_db, pytest.mark.verify]

PAGE, DOWNLOAD = "/admin/files/", "/admin/files/download/"
TOPIC = "guide/01-overview/what-is-all.md"


def zip_of(files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return packed.getvalue()


def shipped(name):
    return (DATA / name).read_text(encoding="utf-8")


def changed(name, old, new):
    """Return a zip of one of the files that are loaded, with some words changed."""
    text = shipped(name)
    assert old in text
    return zip_of({name: text.replace(old, new, 1)})


def send(client, data, checked=""):
    file = SimpleUploadedFile("content.zip", data, content_type="application/zip")
    return client.post(PAGE, {"file": file, "checked": checked}, follow=True)


def checked_of(answer):
    return re.search(r'name="checked" value="([^"]*)"', answer.content.decode())[1]


def load_it(client, data):
    """Send a file to be checked, then once more to be loaded."""
    return send(client, data, checked_of(send(client, data)))


def title_line(slug="what-is-all"):
    return f"title: {Topic.objects.get(slug=slug).title}"


# --- Download -----------------------------------------------------------------------------------


def test_the_download_is_exactly_what_the_command_writes(as_editor, tmp_path: Path):
    answer = as_editor.get(DOWNLOAD)
    assert answer.headers["Content-Type"] == "application/zip"
    assert re.search(
        r'^attachment; filename="careguide-content-\d{4}-\d\d-\d\d\.zip"$',
        answer.headers["Content-Disposition"],
    )
    zipfile.ZipFile(io.BytesIO(answer.content)).extractall(tmp_path / "zip")
    export(tmp_path / "files")
    assert same(tmp_path / "zip", tmp_path / "files")
    assert same(tmp_path / "zip", DATA)
    assert answer.content == as_editor.get(DOWNLOAD).content


def test_the_download_holds_no_number_of_the_centre(as_editor):
    Centre(name="Ward 4", cancer_line="+00 c4n4ry").save()
    texts = unpack(as_editor.get(DOWNLOAD).content)
    assert not [name for name, text in texts.items() if "c4n4ry" in text or "Ward 4" in text]


# --- A look before ------------------------------------------------------------------------------


def test_the_first_look_changes_nothing_and_says_what_would_come(as_editor):
    before, revision = Topic.objects.get(slug="what-is-all"), content_revision()
    added = "---\ntitle: Fresh\nsources: []\nfacts_checked_on: 2026-11-01\n---\nNew text.\n"
    files = {
        TOPIC: shipped(TOPIC).replace(title_line(), "title: Another name"),
        "guide/01-overview/fresh.md": added,
    }
    page = send(as_editor, zip_of(files)).content.decode()
    assert "Nothing is loaded yet" in page
    assert "guide/01-overview/what-is-all.md what-is-all" in page
    assert "guide/01-overview/fresh.md fresh" in page
    after = Topic.objects.get(slug="what-is-all")
    assert (after.title, after.shipped) == (before.title, before.shipped)
    assert not Topic.objects.filter(slug="fresh").exists()
    assert content_revision() == revision


def test_what_is_sent_a_second_time_is_loaded_with_its_editor_in_the_history(as_editor, client):
    data = changed(TOPIC, title_line(), "title: Another name")
    page = load_it(as_editor, data).content.decode()
    assert "Loaded: 0 added, 1 updated, 0 kept." in page
    topic = Topic.objects.get(slug="what-is-all")
    assert topic.title == "Another name"
    assert "Another name" in client.get("/guide/overview/").content.decode()
    assert topic.history.first().history_user.name == "Edi Editor"


def test_another_file_or_content_that_changed_meanwhile_is_looked_at_anew(as_editor, as_other):
    data = changed(TOPIC, title_line(), "title: Another name")
    checked = checked_of(send(as_editor, data))
    another = changed(TOPIC, title_line(), "title: A third name")
    assert "look at it once more" in send(as_editor, another, checked).content.decode()
    save(as_other, Topic.objects.get(slug="what-is-all"), summary="Changed meanwhile.")
    assert "look at it once more" in send(as_editor, data, checked).content.decode()
    assert Topic.objects.get(slug="what-is-all").title not in ("Another name", "A third name")


def test_what_was_edited_here_is_kept_and_what_was_deleted_stays_deleted(as_editor):
    data = changed(TOPIC, title_line(), "title: From the file")
    save(as_editor, Topic.objects.get(slug="what-is-all"), title="Edited here")
    page = send(as_editor, data).content.decode()
    assert "what-is-all: title" in page
    assert "Nothing would be added or updated" in page
    load_it(as_editor, data)
    assert Topic.objects.get(slug="what-is-all").title == "Edited here"
    term = Term.objects.first()
    term.delete()
    page = send(as_editor, zip_of({"glossary.yaml": shipped("glossary.yaml")})).content.decode()
    assert f"glossary.yaml {term.slug}" in page
    assert "Stays deleted" in page


def test_an_upgrade_keeps_what_came_from_a_file(as_editor):
    load_it(as_editor, changed(TOPIC, title_line(), "title: From the file"))
    load()
    assert Topic.objects.get(slug="what-is-all").title == "From the file"


def test_our_own_download_sent_back_changes_nothing_and_makes_no_edit_ours(as_editor):
    Centre(name="Ward 4", cancer_line="+00 1").save()
    centre = Centre.objects.values().get()
    save(as_editor, Topic.objects.get(slug="what-is-all"), title="Edited here")
    before = pack()
    assert "Loaded: 0 added, 0 updated" in load_it(as_editor, before).content.decode()
    assert pack() == before
    assert Centre.objects.values().get() == centre
    load()
    assert Topic.objects.get(slug="what-is-all").title == "Edited here"


# --- Call levels --------------------------------------------------------------------------------

OF_CALLS = {
    "a lower level": ("symptoms.yaml", "    level: now\n", "    level: none\n"),
    "a higher limit": ("symptoms.yaml", "    value: 38.0\n", "    value: 39.0\n"),
    "a shorter window": ("call_rules.yaml", "  days: 30\n", "  days: 3\n"),
    "a combination that is off": ("call_rules.yaml", "  enabled: true\n", "  enabled: false\n"),
    "words of a level": ("call_rules.yaml", "Call your 24-hour cancer line now", "Wait"),
    "a symptom that goes": ("symptoms.yaml", "  status: published\n", "  status: draft\n"),
    "a lower level of a red sign": ("call_rules.yaml", "    - level: now\n", "    - level: none\n"),
}


@pytest.mark.parametrize("what", OF_CALLS)
def test_a_file_that_would_change_a_call_level_is_refused_as_a_whole(as_editor, what):
    name, old, new = OF_CALLS[what]
    texts = unpack(changed(name, old, new))
    texts[TOPIC] = shipped(TOPIC).replace(title_line(), "title: Another name")
    version = rules().version
    answer = send(as_editor, zip_of(texts))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "would change call levels" in page
    assert f"<li>{name}" in page
    assert rules().version == version
    assert Topic.objects.get(slug="what-is-all").title != "Another name"


def test_neither_a_superuser_nor_the_second_step_alone_goes_round_it(admin_client_with_factor):
    data = changed("symptoms.yaml", "    level: now\n", "    level: none\n")
    assert send(admin_client_with_factor, data, _fingerprint(data)).status_code == 422


def test_where_a_symptom_is_explained_may_come_from_a_file(as_editor):
    before = rules().version
    topics = Symptom.objects.get(slug="fever").topics
    old, new = f"  topics: [{', '.join(topics)}]", f"  topics: [{topics[0]}]"
    load_it(as_editor, changed("symptoms.yaml", old, new))
    assert Symptom.objects.get(slug="fever").topics == topics[:1]
    assert rules().version == before


# --- Faults -------------------------------------------------------------------------------------


def test_faults_are_told_by_file_and_slug_and_nothing_is_loaded(as_editor):
    files = {
        "sources.yaml": "- {key: New-1, title: New}\n",
        "glossary.yaml": "- {slug: odd, colour: red}\n",
        "sections.yaml": "- {slug: odd, number: many}\n",
    }
    answer = send(as_editor, zip_of(files))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "glossary.yaml odd: unknown field colour." in page
    assert "sections.yaml odd:" in page
    assert not Source.objects.filter(key="New-1").exists()


BOMB = "\n".join(
    ["a: &a [x, x]", *(f"{b}: &{b} [*{a}, *{a}, *{a}]" for a, b in pairwise("abcdefghi"))]
)
HOSTILE = {
    "aliases": {"sources.yaml": BOMB},
    "aliases in front matter": {TOPIC: f"---\n{BOMB}\n---\nText\n"},
    "deep lists": {"sources.yaml": "[" * 5_000},
    "deep mappings": {"sources.yaml": "- " * 900 + "a"},
    "no YAML": {"sources.yaml": "- {key: [}"},
    "a tag": {"sources.yaml": "- !!python/object/apply:os.system [ls]"},
    "a huge number": {"sections.yaml": f"- {{slug: a, number: {'9' * 5_000}}}"},
    "infinity": {"sections.yaml": "- {slug: a, number: .inf, title: A}"},
    "no such day": {"questions.yaml": "- {slug: a, text: A, reviewed_on: 2026-13-45}"},
    "a text of lists": {"sections.yaml": "- {slug: [a], number: 1, title: {a: b}}"},
    "a list of texts": {"sources.yaml": "- one\n- two"},
    "half a decision": {"review_list.yaml": "- {slug: a, theme: A, text: A, settled_by: Dr X}"},
    "not UTF-8": {"sources.yaml": b"- {key: \xff, title: A}"},
    "a null": {TOPIC: "---\ntitle: A\n---\nText \x00\n"},
    "no front matter": {TOPIC: "Just a text"},
    "another file": {"settings.py": "SECRET_KEY = 1"},
    "a parent folder": {"../sources.yaml": "[]"},
    "a deep parent": {"guide/01-overview/../../../x.md": "---\ntitle: A\n---\nA"},
    "an absolute name": {"/etc/passwd": "x"},
    "a back slash": {"guide\\01-overview\\x.md": "x"},
    "a folder of its own": {"content/sources.yaml": "[]"},
    "a line end in a name": {"sources.yaml\n": "[]"},
    "nothing": {},
    "folders only": {"guide/": "", "guide/01-overview/": ""},
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_or_broken_zip_is_refused_in_words(as_editor, what):
    revision = content_revision()
    answer = send(as_editor, zip_of(HOSTILE[what]))
    assert answer.status_code == 422
    assert "Faults in the file" in answer.content.decode()
    assert content_revision() == revision


@pytest.mark.parametrize("data", [b"no zip", b"PK\x03\x04" + b"\x00" * 50, b"x" * 5_000])
def test_what_is_no_zip_is_refused(as_editor, data):
    answer = send(as_editor, data)
    assert answer.status_code == 422
    assert "not a zip file" in answer.content.decode()


def test_no_file_at_all_is_asked_for_again(as_editor):
    for sent in ({}, {"file": SimpleUploadedFile("empty.zip", b"")}):
        answer = as_editor.post(PAGE, sent)
        assert answer.status_code == 422
        assert "Nothing is saved yet" in answer.content.decode()


def test_a_link_in_the_zip_is_refused():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        link = zipfile.ZipInfo("sources.yaml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(ContentError, match="no plain file"):
        unpack(packed.getvalue())


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_there_twice_is_refused():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("sources.yaml", "[]")
        archive.writestr("sources.yaml", "[]")
    with pytest.raises(ContentError, match="twice"):
        unpack(packed.getvalue())


def test_there_are_limits_to_the_zip_to_what_is_in_it_and_to_the_number_of_files(monkeypatch):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sources.yaml", "#" * 2_000_000)
    assert len(packed.getvalue()) < 10_000
    for name, least in (("MAX_ZIP", 100), ("MAX_UNPACKED", 1_999_999), ("MAX_FILES", 0)):
        with monkeypatch.context() as limits, pytest.raises(ContentError, match="too"):
            limits.setattr(zipped, name, least)
            unpack(packed.getvalue())
    assert set(unpack(packed.getvalue())) == {"sources.yaml"}


def test_a_zip_that_lies_about_its_sizes_is_refused():
    packed = bytearray(zip_of({"sources.yaml": "#" * 5_000}))
    real, told = (5_000).to_bytes(4, "little"), (10).to_bytes(4, "little")
    central = packed.index(b"PK\x01\x02")
    place = packed.index(real, central + 24)
    packed[place : place + 4] = told
    with pytest.raises(ContentError):
        unpack(bytes(packed))


def test_our_own_content_is_far_from_the_limits():
    data = pack()
    texts = unpack(data)
    assert len(data) < zipped.MAX_ZIP / 4
    assert sum(len(text.encode()) for text in texts.values()) < zipped.MAX_UNPACKED / 4
    assert len(texts) < zipped.MAX_FILES / 3


# --- Who may ------------------------------------------------------------------------------------


def test_only_staff_with_the_right_may_download_or_load(client, as_owner):
    nobody = make_editor(name="Nora")
    nobody.groups.clear()
    for address in (PAGE, DOWNLOAD):
        assert client.get(address).status_code == as_owner.get(address).status_code == 302
        assert client_of(nobody).get(address).status_code == 403
    data = zip_of({"sources.yaml": "- {key: New-1, title: New}\n"})
    assert send(client_of(nobody), data).status_code == 403
    nobody.user_permissions.add(Permission.objects.get(codename="export_files"))
    assert client_of(nobody).get(DOWNLOAD).status_code == 200
    page = client_of(nobody).get(PAGE).content.decode()
    assert "Load content from a file" not in page
    assert send(client_of(nobody), data).status_code == 403
    assert not Source.objects.filter(key="New-1").exists()
