"""From the text of an item to the HTML that is stored with it: links, glossary, search words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from django.apps import apps
from django.db import transaction
from django.urls import reverse

from content.glossary import TermIndex, TermLink, link_terms
from content.markdown import to_html
from content.models.revision import touch_content

# What a link such as `lab:platelets` leads to, beside topics and terms: kinds with their models.
PAGES = {
    "symptom": "Symptom",
    "lab": "LabKind",
    "medicine": "Medicine",
    "phase": "Phase",
    "visit": "VisitKind",
}


@dataclass(frozen=True)
class Renderer:
    """All that a text may link to, read once for any number of texts."""

    paths: Mapping[tuple[str, str], str]
    terms: TermIndex

    @classmethod
    def load(cls) -> Self:
        """Read what is published: topics, terms, and everything with a page of its own."""
        # By name, because the models call this module when they are saved.
        topic, term = (apps.get_model("content", name) for name in ("Topic", "Term"))
        terms = [
            TermLink(slug, (word, *aliases), reverse("content:term", args=[slug]))
            for slug, word, aliases in term.objects.published()
            .in_language()
            .values_list("slug", "term", "aliases")
        ]
        paths = {("term", one.slug): one.href for one in terms}
        for section, slug in (
            topic.objects.published().in_language().values_list("section__slug", "slug")
        ):
            paths["topic", slug] = reverse("content:topic", args=[section, slug])
        for kind, name in PAGES.items():
            rows = apps.get_model("content", name).objects.published().in_language()
            for slug in rows.values_list("slug", flat=True):
                paths[kind, slug] = reverse(f"content:{kind}", args=[slug])
        return cls(paths=paths, terms=TermIndex(terms))

    def to_html(self, text: str, heading_shift: int = 0) -> str:
        """Return Markdown as safe HTML with its links and glossary words settled."""
        if not text.strip():
            return ""
        html = to_html(text, heading_shift, lambda kind, slug: self.paths.get((kind, slug)))
        return link_terms(html, self.terms)


def rerender() -> int:
    """Render every stored text anew and save what changed; return how many rows changed."""
    renderer = Renderer.load()
    changed_rows = 0
    with transaction.atomic():
        for name in ("Topic", "Phase", "VisitKind", "Symptom", "LabKind", "Medicine"):
            model = apps.get_model("content", name)
            changed = []
            for row in model.objects.prefetch_related(*getattr(model, "READ_TO_RENDER", ())):
                before = [getattr(row, field) for field in model.RENDERED]
                row.render(renderer)
                if before != [getattr(row, field) for field in model.RENDERED]:
                    changed.append(row)
            model.objects.bulk_update(changed, model.RENDERED, batch_size=50)
            changed_rows += len(changed)
        if changed_rows:
            touch_content()
    return changed_rows
