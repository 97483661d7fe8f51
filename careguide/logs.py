"""What is logged of an error: where it happened and of what kind, never what somebody typed."""

import logging
import time
import traceback
from types import TracebackType


class QuietFormatter(logging.Formatter):
    """Names places and kinds of errors, in UTC; their messages may repeat what was sent."""

    converter = time.gmtime
    default_msec_format = "%s.%03dZ"

    def formatException(  # noqa: N802, the name is that of the base class
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None]
    ) -> str:
        kind, _error, trace = ei
        places = [
            f"  {frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(trace)
        ]
        return "\n".join([*places, f"{kind.__module__}.{kind.__qualname__}"])


class RequestFilter(logging.Filter):
    """Names a failed request by its number, its account's and its view's, never by its address."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if request is not None:
            number = getattr(request, "number", "-")
            # Only if somebody has asked for it already: the database may be what failed.
            user = getattr(request, "_cached_user", None)
            match = getattr(request, "resolver_match", None)
            record.msg = "Request %s of account %s at %s was answered with %s."
            record.args = (
                number,
                user.pk if user and user.is_authenticated else "-",
                match.view_name if match else "-",
                getattr(record, "status_code", "an error"),
            )
        return True
