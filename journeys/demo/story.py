"""The invented year in tables. Days count from the day the leukemia was found; 365 is today."""

LAST = 365
INDUCTION, CONSOLIDATION, MAINTENANCE = 3, 34, 190
FEVER_NIGHT = 19

# Day, classification, phase, Philadelphia chromosome.
STAGES = [
    (0, "newly-diagnosed", "before", ""),
    (INDUCTION, "newly-diagnosed", "induction", "ph-negative"),
    (CONSOLIDATION, "in-remission", "consolidation", "ph-negative"),
    (MAINTENANCE, "in-remission", "maintenance", "ph-negative"),
]
# First days of a block of chemotherapy.
BLOCKS = [INDUCTION, 10, 17, 24, 38, 59, 80, 101, 122, 143, 164, *range(MAINTENANCE, LAST, 28)]

# Blood values on some days; in between they run straight. Dips follow the blocks.
CURVES: dict[str, list[tuple[int, float]]] = {
    "white-cells": [
        (0, 46), (6, 12), (12, 1.1), (19, 0.6), (27, 1.9), (33, 4.2), (46, 1.4), (57, 3.9),
        (68, 1.2), (79, 3.6), (110, 1.5), (121, 3.8), (152, 1.3), (163, 3.9), (200, 3.4),
        (290, 2.9), (LAST, 3.3),
    ],
    "neutrophils": [
        (0, 0.9), (12, 0.2), (19, 0.1), (27, 0.8), (33, 2.1), (46, 0.4), (57, 2.0), (68, 0.3),
        (79, 1.9), (110, 0.5), (121, 1.8), (152, 0.4), (163, 1.9), (200, 1.7), (290, 1.3),
        (LAST, 1.6),
    ],
    "hemoglobin": [
        (0, 8.1), (10, 7.6), (16, 8.8), (22, 7.9), (33, 9.8), (68, 8.9), (110, 9.4), (152, 9.1),
        (200, 11.2), (290, 12.1), (LAST, 12.3),
    ],
    "platelets": [
        (0, 31), (8, 14), (14, 38), (20, 22), (33, 160), (46, 58), (57, 190), (68, 17), (76, 64),
        (90, 205), (110, 61), (121, 190), (152, 55), (163, 198), (200, 210), (LAST, 224),
    ],
}  # fmt: skip
UNITS = {
    "white-cells": "10⁹/L",
    "neutrophils": "10⁹/L",
    "hemoglobin": "g/dL",
    "platelets": "10⁹/L",
}
WEIGHT: list[tuple[int, float]] = [
    (0, 74.2), (8, 75.1), (20, 72.4), (33, 70.2), (110, 68.9), (190, 71.3), (290, 73.6),
    (LAST, 74.0),
]  # fmt: skip
# How strong at which distance from the last block: (first day, last day, score).
USUAL = {
    "tired": [(0, 2, 2), (3, 6, 1), (7, 12, 3), (13, 20, 2)],
    "nausea": [(0, 1, 2), (2, 4, 1)],
    "mouth-sores": [(7, 12, 1)],
    "poor-appetite": [(0, 3, 2), (4, 12, 1)],
    "sleep": [(0, 5, 2)],
    "numb-or-tingling": [(3, 16, 1)],
    "low-mood-or-worry": [(5, 8, 1)],
}
VISITS = [
    (0, "hospital-stay", "Ward 4"),
    (1, "bone-marrow-biopsy", "Ward 4"),
    (5, "lumbar-puncture", "Ward 4"),
    (33, "bone-marrow-biopsy", "Day ward, second floor"),
    *((block, "infusion", "Day ward, second floor") for block in BLOCKS if block > CONSOLIDATION),
    *((day, "clinic-visit", "Clinic, room 3") for day in range(MAINTENANCE + 6, LAST, 28)),
    (LAST + 3, "blood-test", "Clinic, ground floor"),
    (LAST + 9, "clinic-visit", "Clinic, room 3"),
]
# Kind, first and last day, what it is called, what it showed.
PROCEDURES = [
    ("line-placed", 2, 330, "Port", ""),
    ("marrow-test", 1, None, "", ""),
    ("lumbar-puncture", 5, None, "", "No leukemia cells found"),
    ("block", INDUCTION, 31, "Induction", ""),
    ("transfusion", 8, None, "Platelets", ""),
    ("transfusion", 10, None, "Two units of red cells", ""),
    ("marrow-test", 33, None, "", "In remission"),
    *(("block", day, day + 20, f"Block {place}", "") for place, day in enumerate(BLOCKS[4:11], 1)),
    ("lumbar-puncture", 60, None, "", "No leukemia cells found"),
    ("transfusion", 69, None, "Platelets", ""),
    ("marrow-test", 185, None, "", "In remission"),
]
# Name, what for, first and last day, and each plan: from which day, how much, when.
MEDICINES = [
    ("Dexamethasone", "against the leukemia", INDUCTION, 31, [(INDUCTION, "8 mg", {})]),
    (
        *("Mercaptopurine", "to keep the remission", MAINTENANCE, None),
        [(MAINTENANCE, "1 tablet of 50 mg", {}), (280, "1½ tablets of 50 mg", {})],
    ),
    (
        *("Methotrexate", "to keep the remission", MAINTENANCE, None),
        [(MAINTENANCE, "8 tablets of 2.5 mg", {"schedule": "weekdays", "weekdays": [2]})],
    ),
    (
        *("Co-trimoxazole", "against a lung germ", INDUCTION, None),
        [(INDUCTION, "1 tablet", {"times": ["08:00"], "schedule": "weekdays", "weekdays": [0, 2]})],
    ),
    (
        *("Ondansetron", "against feeling sick", INDUCTION, None),
        [(INDUCTION, "4 mg", {"schedule": "as-needed"})],
    ),
]  # fmt: skip
# Of the daily tablets.
MISSED = 352
QUESTIONS = [
    (2, "How long will I be in the hospital?", "About four weeks, if all goes well.", 4),
    (18, "Who do I call at night?", "The cancer line on the card. At any hour.", 20),
    (33, "What was my MRD result, and down to what limit?", "Not found, down to 0.01 %.", 36),
    (180, "What changes when maintenance begins?", "Tablets at home, and a visit a month.", 190),
    (350, "May I go swimming now that the line is out?", "", None),
    (358, "What should my blood counts be before the next dose?", "", None),
]
NOTES = [
    (4, "The nurse showed me how to read my counts. It helps to know.", False),
    (20, "Fever in the night. We called, we went in, and they gave antibiotics.", False),
    (36, "Remission. I cried in the corridor. Happy tears.", True),
    (120, "First walk around the lake.", False),
    (300, "Back at work for two mornings a week.", False),
]
