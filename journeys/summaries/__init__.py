"""The visit summary: what a doctor should know of the time since the last visit, on one page."""
