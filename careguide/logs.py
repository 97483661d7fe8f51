"""What is logged of an error: where it happened and of what kind, never what somebody typed."""

import logging
import traceback
from types import TracebackType


class QuietFormatter(logging.Formatter):
    """Names places and kinds of errors; their messages may repeat what was sent."""

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
    """Puts the number of a failed request in the place of its address."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if request is not None:
            number = getattr(request, "number", "-")
            record.msg = "Request %s was answered with %s."
            record.args = (number, getattr(record, "status_code", "an error"))
        return True
