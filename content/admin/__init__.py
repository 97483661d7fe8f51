"""The editors' workshop, by noun like the models. Nothing here reaches a patient's record."""

from content.admin import calls, catalogues, guide, reports, review_list, symptoms, taxonomy

__all__ = ["calls", "catalogues", "guide", "reports", "review_list", "symptoms", "taxonomy"]
