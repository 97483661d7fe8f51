"""All models of the content, in the order in which they build on each other."""

from content.models.base import ContentItem, ContentQuerySet, Status
from content.models.call_rules import (
    CallLevel,
    CallSettings,
    CallWindow,
    CombinationRule,
    Measure,
)
from content.models.centre import Centre
from content.models.glossary import Term
from content.models.guide import Section, Source, Topic
from content.models.kept import KeptField
from content.models.labs import LabKind, LabUnit
from content.models.loaded import LoadedItem
from content.models.medicines import Medicine
from content.models.notices import Notice
from content.models.pending import PendingChange
from content.models.procedures import ProcedureKind
from content.models.questions import SuggestedQuestion
from content.models.relevance import RelevanceRule
from content.models.reports import MistakeReport
from content.models.review_list import ReviewPoint
from content.models.revision import ContentRevision, content_revision, touch_content
from content.models.sign_off import SignOff
from content.models.symptoms import (
    Symptom,
    SymptomAnchor,
    SymptomSign,
    SymptomThreshold,
    SymptomWindowLevels,
)
from content.models.taxonomy import Classification, Phase, StageFit, Subtype
from content.models.translations import Translation
from content.models.visits import VisitKind

__all__ = [
    "CallLevel",
    "CallSettings",
    "CallWindow",
    "Centre",
    "Classification",
    "CombinationRule",
    "ContentItem",
    "ContentQuerySet",
    "ContentRevision",
    "KeptField",
    "LabKind",
    "LabUnit",
    "LoadedItem",
    "Measure",
    "Medicine",
    "MistakeReport",
    "Notice",
    "Translation",
    "PendingChange",
    "Phase",
    "ProcedureKind",
    "RelevanceRule",
    "ReviewPoint",
    "Section",
    "SignOff",
    "Source",
    "StageFit",
    "Status",
    "Subtype",
    "SuggestedQuestion",
    "Symptom",
    "SymptomAnchor",
    "SymptomSign",
    "SymptomThreshold",
    "SymptomWindowLevels",
    "Term",
    "Topic",
    "VisitKind",
    "content_revision",
    "touch_content",
]
