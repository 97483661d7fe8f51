"""Everything a person records. Import models from here."""

from journeys.models.access_log import AccessEvent
from journeys.models.appointments import Appointment
from journeys.models.base import JourneyRecord
from journeys.models.calendar_feed import CalendarFeed
from journeys.models.care_team import CareTeamMember
from journeys.models.consents import Consent
from journeys.models.doctor_codes import DoctorCode
from journeys.models.emergency_card import EmergencyCard
from journeys.models.follow_up import FollowUpPlan
from journeys.models.journeys import Journey
from journeys.models.labs import LabReport, LabResult
from journeys.models.medicines import Dose, DosePlan, OwnMedicine
from journeys.models.notes import Note
from journeys.models.procedures import Procedure
from journeys.models.questions import Question
from journeys.models.reminders import Reminder, ReminderChoice
from journeys.models.revisions import Revision
from journeys.models.shares import Area, Role, Share
from journeys.models.stages import StageEntry
from journeys.models.symptoms import CheckIn, SymptomEntry
from journeys.models.treatments import RecentTreatment
from journeys.models.users import User

__all__ = [
    "AccessEvent",
    "Appointment",
    "Area",
    "CalendarFeed",
    "CareTeamMember",
    "CheckIn",
    "Consent",
    "DoctorCode",
    "Dose",
    "DosePlan",
    "EmergencyCard",
    "FollowUpPlan",
    "Journey",
    "JourneyRecord",
    "LabReport",
    "LabResult",
    "Note",
    "OwnMedicine",
    "Procedure",
    "Question",
    "RecentTreatment",
    "Reminder",
    "ReminderChoice",
    "Revision",
    "Role",
    "Share",
    "StageEntry",
    "SymptomEntry",
    "User",
]
