"""Dates in Spanish, as they are written: 3 de marzo de 2026."""

DATE_FORMAT = r"j \d\e F \d\e Y"
SHORT_DATE_FORMAT = "j b Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = r"j \d\e F \d\e Y, H:i"
SHORT_DATETIME_FORMAT = "j b Y, H:i"
YEAR_MONTH_FORMAT = r"F \d\e Y"
MONTH_DAY_FORMAT = r"j \d\e F"
FIRST_DAY_OF_WEEK = 1
# A point, as on reports and thermometers in both languages of the site; a comma is taken, too.
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ""
