"""What the team and the person add to the treatment summary: one a journey, to be corrected."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from journeys.models.base import JourneyRecord, journey_key


class FollowUpPlan(JourneyRecord):
    """The words that no record has; everything else of the summary writes itself."""

    journey = journey_key("follow_up_plans")
    treatment = models.TextField(
        _("About the treatment"),
        max_length=4000,
        blank=True,
        help_text=_("Such as total doses, the study, what went well and what did not."),
    )
    plan = models.TextField(
        _("Follow-up plan"),
        max_length=4000,
        blank=True,
        help_text=_("Which tests, how often, and who orders them. Your team can tell you."),
    )
    watch = models.TextField(
        _("What to watch for"),
        max_length=4000,
        blank=True,
        help_text=_("Late effects that your team told you to look out for."),
    )
    contact = models.CharField(
        _("Whom to ask now"), max_length=200, blank=True, help_text=_("A name and a number.")
    )

    class Meta(JourneyRecord.Meta):
        verbose_name = _("follow-up plan")
        constraints = [
            *JourneyRecord.Meta.constraints,
            models.UniqueConstraint(fields=["journey"], name="journeys_followupplan_one"),
        ]

    @property
    def texts(self) -> list[str]:
        return [text for text in (self.treatment, self.plan, self.watch, self.contact) if text]
