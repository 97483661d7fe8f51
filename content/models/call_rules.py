"""What holds for all symptoms: levels, windows of risk, measures, combinations, settings."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from content.call_rows import combination
from content.call_rules import Level
from content.models.base import ContentItem
from content.models.fields import CappedTextField


class CallLevel(ContentItem):
    """How a level is called and what it tells the person to do. Its slug is a Level."""

    name = models.CharField(_("name"), max_length=80)
    act = CappedTextField(_("what to do"), max_length=500)

    history = HistoricalRecords(excluded_fields=["shipped"])

    class Meta(ContentItem.Meta):
        verbose_name = _("call level")
        verbose_name_plural = _("call levels")

    def __str__(self) -> str:
        return self.name


class CallWindow(ContentItem):
    """A time of special risk after a medicine or a procedure."""

    name = models.CharField(_("name"), max_length=120)
    question = CappedTextField(
        _("question"), max_length=300, help_text=_("Asked of the person; yes = present.")
    )
    length = models.CharField(_("how long it lasts"), max_length=200, blank=True)
    days = models.PositiveSmallIntegerField(
        _("days"), null=True, blank=True, help_text=_("After the dose, or after the last one.")
    )
    hours = models.PositiveSmallIntegerField(_("hours"), null=True, blank=True)
    counts_as_any = models.BooleanField(_("counts as any window"), default=False)
    unknown_present_in = models.JSONField(
        _("counts as present in these phases while not known"), default=list, blank=True
    )

    history = HistoricalRecords(excluded_fields=["shipped"])

    class Meta(ContentItem.Meta):
        verbose_name = _("window of risk")
        verbose_name_plural = _("windows of risk")

    def __str__(self) -> str:
        return self.name


class Measure(ContentItem):
    """Something that is measured: its units, and what can be true at all."""

    name = models.CharField(_("name"), max_length=80)
    units = models.JSONField(_("units"), default=list)
    plausible = models.JSONField(
        _("possible numbers"), default=dict, help_text=_("From and to, for each unit.")
    )
    methods = models.JSONField(_("ways to measure"), default=list, blank=True)
    computed_from = models.SlugField(
        _("worked out from"), max_length=40, blank=True, help_text=_("For example weight.")
    )
    remark = CappedTextField(_("remark"), max_length=500, blank=True)

    history = HistoricalRecords(excluded_fields=["shipped"])

    class Meta(ContentItem.Meta):
        verbose_name = _("measure")
        verbose_name_plural = _("measures")

    def __str__(self) -> str:
        return self.name


class CombinationRule(ContentItem):
    """A level that several entries of one day give together."""

    text = CappedTextField(_("text"), max_length=300, help_text=_("Told to the person as reason."))
    level = models.CharField(_("level"), max_length=12, choices=Level.choices)
    conditions = models.JSONField(_("conditions"), help_text=_("All of them must be true."))
    enabled = models.BooleanField(_("in use"), default=True)
    remark = CappedTextField(_("remark"), max_length=500, blank=True)

    history = HistoricalRecords(excluded_fields=["shipped"])

    class Meta(ContentItem.Meta):
        verbose_name = _("combination")
        verbose_name_plural = _("combinations")

    def clean(self) -> None:
        super().clean()
        row = {name: getattr(self, name) for name in ("slug", "text", "level", "conditions")}
        try:
            combination(row)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ValidationError({"conditions": _("The check does not know this.")}) from error


class CallSettings(ContentItem):
    """What holds for every entry: limits of fever, own symptoms, the red list. One row."""

    version = models.PositiveIntegerField(_("version"), default=1)
    values = models.JSONField(_("values"), default=dict)

    history = HistoricalRecords(excluded_fields=["shipped"])

    class Meta(ContentItem.Meta):
        verbose_name = _("call settings")
        verbose_name_plural = _("call settings")
