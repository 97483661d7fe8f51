"""Kinds of treatments and procedures that a person writes down once they were done."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from content.models.base import ContentItem, Status
from content.models.fields import CappedTextField


class ProcedureKind(ContentItem):
    """What can be done to a person, with the times of special risk that follow from it."""

    class Group(models.TextChoices):
        TREATMENT = "treatment", _("Treatment")
        PROCEDURE = "procedure", _("Procedures and tests")

    name = models.CharField(_("name"), max_length=120)
    group = models.CharField(_("group"), max_length=12, choices=Group.choices)
    about = CappedTextField(
        _("what it is"), max_length=300, blank=True, help_text=_("One plain line, no Markdown.")
    )
    lasts = models.BooleanField(
        _("lasts for a time"),
        default=False,
        help_text=_("It has a first and a last day, such as a block or a line."),
    )
    one_at_a_time = models.BooleanField(
        _("one at a time"),
        default=False,
        help_text=_("A new one means that the one before is over."),
    )
    results = models.JSONField(_("possible results"), default=list, blank=True)
    opens_windows = models.JSONField(_("opens the windows of risk"), default=list, blank=True)
    asks_again = models.JSONField(_("asks again about these windows"), default=list, blank=True)
    visit_kind = models.SlugField(
        _("kind of visit"),
        max_length=80,
        blank=True,
        help_text=_("After such a visit the app offers to write it down."),
    )
    topic = models.SlugField(
        _("topic"), max_length=80, blank=True, help_text=_("Slug of the topic that explains it.")
    )

    history = HistoricalRecords(excluded_fields=["shipped"])

    class Meta(ContentItem.Meta):
        verbose_name = _("kind of procedure")
        verbose_name_plural = _("kinds of procedures")

    def __str__(self) -> str:
        return self.name

    @property
    def is_listed(self) -> bool:
        return self.status == Status.PUBLISHED
