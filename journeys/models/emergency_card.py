"""The emergency card: what a crew must know that never met the person. One per journey."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from journeys.models.base import JourneyRecord, journey_key


class EmergencyCard(JourneyRecord):
    """What the person writes down for the card; the rest comes from the records when it is shown.

    Every answer may stay empty.
    """

    class Part(models.TextChoices):
        """What can be left off a paper that others may find. Allergies and numbers cannot."""

        NAME = "name", _("Name")
        BIRTH_YEAR = "birth-year", _("Year of birth")
        DIAGNOSIS = "diagnosis", _("Diagnosis, and that the number is a cancer line")
        BLOOD = "blood", _("Blood group and special blood")
        LINE = "line", _("Line or port")
        TREATMENTS = "treatments", _("Last treatments and transplant")
        CONDITIONS = "conditions", _("Other conditions")
        CONTACT = "contact", _("Contact person")

    class Line(models.TextChoices):
        PORT = "port", _("Port under the skin")
        PICC = "picc", _("PICC line in the arm")
        TUNNELED = "tunneled", _("Tunneled line in the chest")
        OTHER = "other", _("Another line")
        NONE = "none", _("No line or port")

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        NOT_SURE = "not-sure", _("Not sure")

    class BloodGroup(models.TextChoices):
        """With the word: a lost minus sign must not turn one into the other."""

        O_POSITIVE = "O+", _("O positive (O+)")
        O_NEGATIVE = "O-", _("O negative (O−)")
        A_POSITIVE = "A+", _("A positive (A+)")
        A_NEGATIVE = "A-", _("A negative (A−)")
        B_POSITIVE = "B+", _("B positive (B+)")
        B_NEGATIVE = "B-", _("B negative (B−)")
        AB_POSITIVE = "AB+", _("AB positive (AB+)")
        AB_NEGATIVE = "AB-", _("AB negative (AB−)")

    journey = journey_key("emergency_cards")
    name = models.CharField(_("Name on the card"), max_length=120, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("Year of birth"), null=True, blank=True)
    allergies = models.TextField(
        _("Allergies"),
        max_length=1000,
        blank=True,
        help_text=_("Medicines first, with what happened. Write “none known” if that is so."),
    )
    blood_group = models.CharField(
        _("Blood group"), max_length=3, choices=BloodGroup.choices, blank=True
    )
    irradiated = models.CharField(
        _("Do you need irradiated blood?"),
        max_length=10,
        choices=Answer.choices,
        blank=True,
        help_text=_("Say what your team told you."),
    )
    line = models.CharField(_("Line or port"), max_length=10, choices=Line.choices, blank=True)
    line_note = models.CharField(
        _("Which one, and where?"),
        max_length=80,
        blank=True,
        help_text=_("For example “left side of the chest”."),
    )
    transplant_on = models.DateField(_("Day of the transplant"), null=True, blank=True)
    asparaginase_on = models.DateField(_("Last asparaginase"), null=True, blank=True)
    spinal_chemo_on = models.DateField(_("Last chemo into the spine"), null=True, blank=True)
    steroids_on = models.DateField(
        _("Last steroid"),
        null=True,
        blank=True,
        help_text=_("If you still take one, give today."),
    )
    conditions = models.TextField(
        _("Other conditions"),
        max_length=1000,
        blank=True,
        help_text=_("For example diabetes, a heart problem, a pacemaker."),
    )
    contact_name = models.CharField(_("Whom shall they call for you?"), max_length=120, blank=True)
    contact_relation = models.CharField(_("Who is it to you?"), max_length=60, blank=True)
    contact_phone = models.CharField(_("Their number"), max_length=40, blank=True)
    # Parts left off the wallet card, which may get lost, and off the sheet that guests may read.
    off_wallet = models.JSONField(default=list, blank=True)
    off_sheet = models.JSONField(default=list, blank=True)

    class Meta(JourneyRecord.Meta):
        verbose_name = _("emergency card")
        constraints = [
            *JourneyRecord.Meta.constraints,
            models.UniqueConstraint(fields=["journey"], name="journeys_emergencycard_one"),
        ]
