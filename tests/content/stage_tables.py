"""The tables of a nurse: for each stage what comes first for patients and carers, and why."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Expected:
    """The first five of one stage: what leads, what is among them, and what is not."""

    name: str
    classes: str
    phases: str
    lead: str
    topics: str
    questions: str
    symptoms: str
    not_first: str
    carer_topics: str
    carer_questions: str
    # Where a carer is led by another topic than the patient.
    carer_lead: str = ""

    @property
    def stage(self):
        return {"classes": self.classes, "phases": self.phases}


STAGES = [
    Expected(
        name="before treatment",
        classes="newly-diagnosed",
        phases="before",
        lead="before-treatment-starts",
        topics="fever-and-infection fertility what-is-all",
        questions="what-is-my-type fertility-specialist-first whom-do-i-call",
        symptoms="fever bleeding short-of-breath",
        not_first="late-effects-and-long-term-life missed-or-vomited-dose memory-fog",
        carer_topics="caring-for-someone caring-day-by-day",
        carer_questions="carer-whom-to-call carer-ready-at-home",
    ),
    Expected(
        name="before treatment, it came back",
        classes="recurrent",
        phases="before",
        lead="people-and-organizations",
        topics="when-all-comes-back re-induction-explained fever-and-infection",
        questions="people-to-talk-to aims-and-what-matters order-of-options",
        symptoms="fever bleeding short-of-breath",
        not_first="if-treatment-stops-working must-i-start-now lumps",
        carer_topics="caring-for-someone caring-day-by-day re-induction-explained",
        carer_questions="carer-someone-for-us carer-whom-to-call",
        carer_lead="people-and-organizations",
    ),
    Expected(
        name="induction",
        classes="newly-diagnosed",
        phases="induction",
        lead="induction-explained",
        topics="fever-and-infection asparaginase-explained steroid-treatment",
        questions="fever-plan call-at-once-signs marrow-mrd-when",
        symptoms="fever swollen-or-painful-limb headache",
        not_first="methotrexate-once-a-week weekly-methotrexate-day lumps",
        carer_topics="caring-for-someone caring-day-by-day steroid-treatment",
        carer_questions="carer-fever-first-steps carer-call-at-once carer-steroid-moods",
    ),
    Expected(
        name="consolidation",
        classes="in-remission",
        phases="consolidation",
        lead="consolidation-explained",
        topics="fever-and-infection mrd blinatumomab-explained high-dose-methotrexate-days",
        questions="mrd-and-next-step transplant-or-not blinatumomab-for-me",
        symptoms="fever headache confused",
        not_first="what-is-all must-i-start-now lumps",
        carer_topics="caring-for-someone caring-day-by-day",
        carer_questions="carer-call-at-once carer-pump-alarm-at-night carer-line-and-tubing",
    ),
    Expected(
        name="maintenance",
        classes="in-remission",
        phases="maintenance",
        lead="maintenance-explained",
        topics="fever-and-infection methotrexate-once-a-week mercaptopurine-by-mouth",
        questions="missed-or-vomited-dose weekly-methotrexate-day fever-plan",
        symptoms="fever infection-signs medicine-mistake",
        not_first="asparaginase-explained which-drugs-which-days very-high-white-count-signs",
        carer_topics="caring-for-someone caring-day-by-day methotrexate-once-a-week",
        carer_questions="carer-pill-box carer-fever-rule-stays carer-missed-dose",
    ),
    Expected(
        name="maintenance, with spinal taps alongside",
        classes="in-remission",
        phases="maintenance cns",
        lead="maintenance-explained",
        topics="cns-prophylaxis fever-and-infection methotrexate-once-a-week spinal-tap-day",
        questions="how-many-taps missed-or-vomited-dose weekly-methotrexate-day",
        symptoms="fever headache confused",
        not_first="transplant-explained marrow-mrd-when lumps",
        carer_topics="caring-day-by-day cns-prophylaxis methotrexate-once-a-week",
        carer_questions="carer-pill-box carer-after-tap-watch carer-headache-call",
    ),
    Expected(
        name="spinal taps alone",
        classes="in-remission",
        phases="cns",
        lead="cns-prophylaxis",
        topics="fever-and-infection spinal-tap-day pain-and-headaches",
        questions="how-many-taps after-tap-headache back-and-leg-signs-after-tap",
        symptoms="headache confused back-pain",
        not_first="mercaptopurine-by-mouth dose-and-blood-counts lumps",
        carer_topics="caring-for-someone caring-day-by-day spinal-tap-day",
        carer_questions="carer-after-tap-watch carer-headache-call carer-speech-face-walking",
    ),
    Expected(
        name="re-induction, it came back",
        classes="recurrent",
        phases="reinduction",
        lead="people-and-organizations",
        topics="re-induction-explained when-all-comes-back fever-and-infection finding-a-trial",
        questions="people-to-talk-to aims-and-what-matters order-of-options",
        symptoms="fever confused shivers",
        not_first="comfort-focused-care must-i-start-now lumps",
        carer_topics="re-induction-explained caring-for-someone caring-day-by-day",
        carer_questions="carer-someone-for-us carer-immune-reaction-signs carer-stay-after-car-t",
        carer_lead="people-and-organizations",
    ),
    Expected(
        name="re-induction, it did not respond",
        classes="refractory",
        phases="reinduction",
        lead="people-and-organizations",
        topics="re-induction-explained when-all-does-not-respond fever-and-infection",
        questions="people-to-talk-to order-of-options trial-for-me",
        symptoms="fever confused bleeding",
        not_first="when-all-comes-back if-this-does-not-work lumps",
        carer_topics="re-induction-explained caring-for-someone caring-day-by-day",
        carer_questions="carer-someone-for-us carer-immune-reaction-signs carer-call-at-once",
        carer_lead="people-and-organizations",
    ),
    Expected(
        name="transplant",
        classes="in-remission",
        phases="transplant",
        lead="transplant-explained",
        topics="fever-and-infection gvhd-in-daily-life preventing-infection-at-home",
        questions="my-donor-and-backup gvhd-signs first-100-days",
        symptoms="fever rash diarrhoea",
        not_first="mercaptopurine-by-mouth dose-and-blood-counts medicine-mistake",
        carer_topics="caring-for-someone caring-day-by-day gvhd-in-daily-life",
        carer_questions="carer-round-the-clock carer-gvhd-call carer-transplant-chart",
    ),
    Expected(
        name="after treatment",
        classes="in-remission",
        phases="after",
        lead="follow-up-plan",
        topics="late-effects-and-long-term-life fear-of-return new-or-changed-signs",
        questions="treatment-summary signs-in-later-years call-whom-after-treatment",
        symptoms="fever chest-pain lumps",
        not_first="asparaginase-explained counts-lowest mouth-sores",
        carer_topics="caring-for-someone caring-day-by-day late-effects-and-long-term-life",
        carer_questions="carer-file-the-summary carer-signs-later carer-own-health",
    ),
    Expected(
        name="comfort",
        classes="recurrent",
        phases="comfort",
        lead="comfort-focused-care",
        topics="symptom-relief planning-ahead pain-and-headaches people-and-organizations",
        questions="what-matters-most plan-for-pain-and-breath where-cared-for",
        symptoms="pain short-of-breath nausea",
        not_first="if-treatment-stops-working order-of-options mouth-sores",
        carer_topics="caring-for-someone caring-day-by-day planning-ahead",
        carer_questions="carer-help-at-home-and-night carer-pain-or-breath-worse carer-breaks",
    ),
    Expected(
        name="nothing said",
        classes="",
        phases="",
        lead="what-is-all",
        topics="fever-and-infection classes-not-stages questions-for-your-doctor",
        questions="whom-do-i-call where-am-i-now fever-plan",
        symptoms="fever shivers bleeding",
        not_first="when-all-comes-back people-to-talk-to not-wanting-to-live",
        carer_topics="fever-and-infection caring-day-by-day questions-for-your-doctor",
        carer_questions="carer-whom-to-call carer-call-at-once carer-what-you-may-share",
        carer_lead="caring-for-someone",
    ),
    Expected(
        name="only that it came back",
        classes="recurrent",
        phases="",
        lead="people-and-organizations",
        topics="when-all-comes-back re-induction-explained fever-and-infection",
        questions="people-to-talk-to whom-do-i-call aims-and-what-matters",
        symptoms="fever shivers bleeding",
        not_first="what-is-all where-am-i-now lumps",
        carer_topics="caring-for-someone caring-day-by-day re-induction-explained",
        carer_questions="carer-someone-for-us carer-whom-to-call carer-call-at-once",
        carer_lead="people-and-organizations",
    ),
]
# What a subtype adds: subtypes, classification, phase, kind, slug.
SUBTYPES = [
    ("ph-positive", "newly-diagnosed", "before", "topics", "philadelphia-chromosome"),
    ("ph-positive", "newly-diagnosed", "induction", "topics", "targeted-tablets-tki"),
    ("ph-positive", "in-remission", "consolidation", "topics", "targeted-tablets-tki"),
    ("ph-positive", "in-remission", "maintenance", "topics", "targeted-tablets-tki"),
    ("ph-positive", "refractory", "reinduction", "topics", "targeted-tablets-tki"),
    ("precursor-b", "in-remission", "consolidation", "topics", "blinatumomab-explained"),
    ("precursor-b", "recurrent", "reinduction", "topics", "blinatumomab-explained"),
    ("t-cell", "recurrent", "reinduction", "topics", "nelarabine-explained"),
    ("mature-b", "newly-diagnosed", "before", "topics", "mature-b-cell"),
    ("mature-b", "newly-diagnosed", "before", "questions", "burkitt-differs"),
]

# What is known, kind, slug, and the reasons that are said.
REASONS = [
    (
        {"phases": "induction"},
        "topics",
        "asparaginase-explained",
        ["you are in induction"],
    ),
    (
        {"phases": "induction", "symptoms": "fever"},
        "topics",
        "fever-and-infection",
        ["you logged: Fever or low temperature"],
    ),
    (
        {"phases": "consolidation", "symptoms": "mouth-sores"},
        "topics",
        "mouth-and-teeth",
        ["you logged: Mouth sores"],
    ),
    (
        {"phases": "consolidation", "symptoms": "mouth-sores"},
        "topics",
        "high-dose-methotrexate-days",
        ["you logged: Mouth sores", "you are in consolidation"],
    ),
    (
        {"phases": "maintenance", "symptoms": "missed-tablets"},
        "questions",
        "missed-or-vomited-dose",
        ["you logged: Missed or vomited leukemia tablets"],
    ),
    (
        {"phases": "consolidation", "visits": "bone-marrow-biopsy"},
        "topics",
        "bone-marrow-test",
        ["your next visit is: Bone marrow biopsy"],
    ),
    (
        {"phases": "consolidation", "visits": "lumbar-puncture"},
        "topics",
        "spinal-tap-day",
        ["your next visit is: Lumbar puncture (spinal tap)"],
    ),
    (
        {"phases": "after", "visits": "clinic-visit"},
        "questions",
        "what-changed-since-last-visit",
        ["your next visit is: Clinic visit"],
    ),
    (
        {"classes": "recurrent", "phases": "reinduction"},
        "topics",
        "people-and-organizations",
        ["you are in re-induction", "your ALL has come back"],
    ),
    (
        {"classes": "refractory", "phases": "reinduction"},
        "questions",
        "people-to-talk-to",
        ["you are in re-induction", "your ALL has not responded to treatment so far"],
    ),
    (
        {"phases": "induction", "subtypes": "ph-positive"},
        "topics",
        "targeted-tablets-tki",
        ["you are in induction", "your ALL is Philadelphia-positive"],
    ),
    (
        {"phases": "transplant", "symptoms": "rash"},
        "questions",
        "gvhd-signs",
        ["you logged: Rash or skin change", "you are having a transplant"],
    ),
    (
        {"phases": "comfort"},
        "symptoms",
        "pain",
        ["your care now puts comfort first"],
    ),
    (
        {},
        "questions",
        "whom-do-i-call",
        ["you have not said yet where you are"],
    ),
]
