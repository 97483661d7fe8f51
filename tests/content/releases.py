"""Content files that change from one release to the next, and the buttons of who decides."""

from pathlib import Path

import yaml
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from content.loader import load
from content.models import KeptField
from content.upgrades import choices

TOPIC = """---
title: What is it?
order: 10
status: published
summary: In short.
facts_checked_on: 2026-11-01
review_due: 2027-11-01
relevance:
- phases: [induction]
  weight: 90
- weight: 30
---
A blast is a cell.
"""


class Release:
    """A directory of content files that can be changed and loaded again."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.topic = TOPIC
        self.lists = {
            "sources.yaml": [{"key": "Key-1", "title": "One", "publisher": "P"}],
            "sections.yaml": [
                {"slug": "overview", "number": 1, "title": "Overview"},
                {"slug": "other", "number": 2, "title": "Other"},
            ],
            "questions.yaml": [{"slug": "why", "text": "Why?"}, {"slug": "how", "text": "How?"}],
            "symptoms.yaml": [
                {
                    **{"slug": "lump", "number": 1, "name": "Lump", "kind": "event"},
                    **{"area": "symptoms", "do_now": "Look.", "after_rule": "same"},
                    "signs": [
                        {"slug": "new", "text": "New lump", "level": "now"},
                        {"slug": "old", "text": "Old lump", "level": "next_visit"},
                    ],
                }
            ],
            "call_rules.yaml": {
                "combinations": [
                    {
                        **{"slug": "both", "text": "Both", "level": "now", "enabled": True},
                        "conditions": [{"sign": "lump.new"}],
                    }
                ]
            },
        }

    def load(self) -> list[str]:
        """Write the files, load them, and return what was kept."""
        for name, rows in self.lists.items():
            (self.path / name).write_text(yaml.safe_dump(rows))
        topic = self.path / "guide" / "01-overview" / "what.md"
        topic.parent.mkdir(parents=True, exist_ok=True)
        topic.write_text(self.topic)
        return load(self.path).kept

    def row(self, name: str) -> dict:
        rows = self.lists[name]
        return (rows["combinations"] if isinstance(rows, dict) else rows)[0]


def choose(client: Client, kept: KeptField, word: str, seen: str | None = None) -> HttpResponse:
    """Press a button of the page that is on show now, or of the one that showed `seen`."""
    address = reverse("admin:upgrade_choose", args=[kept.pk])
    return client.post(address, {"seen": seen or seen_of(kept), word: ""}, follow=True)


def seen_of(kept: KeptField) -> str:
    return next((one.seen for one in choices() if one.kept.pk == kept.pk), "")
