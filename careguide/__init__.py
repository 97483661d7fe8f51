"""The project package: settings and helpers that know no domain words."""

# Before anything imports Django's SQLite backend, so that it meets the library chosen there.
import careguide.sqlite  # noqa: F401
