"""Several workers on one database, and many people at once."""
