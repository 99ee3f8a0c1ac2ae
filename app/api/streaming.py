"""An answer that is sent line by line while it is worked out: NDJSON, or server-sent events where asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope, Send

from app.api import errors
from app.api.scheduler import QUICK_BYTES, WorkScheduler

NDJSON = "application/x-ndjson"
EVENTS = "text/event-stream"


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines so far, each a JSON text, and the work that gives the next ones; None ends the answer.

    The scheduler may put the work down and begin it again, so until it returns it must change nothing. key: a hash of
    what decides its cost.
    """

    first: Sequence[bytes]
    more: Callable[[], Sequence[bytes] | None]
    key: int

    async def send(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends the whole answer, as fast as the client takes it; ends when it leaves. What goes wrong on the way is
        the last line, `{"problem": ...}`, as the status has been sent."""
        request = Request(scope)
        events = EVENTS in request.headers.get("accept", "")
        scheduler: WorkScheduler = scope["app"].state.scheduler
        kind = EVENTS if events else NDJSON
        headers = [(b"content-type", kind.encode()), (b"cache-control", b"no-store"), (b"x-accel-buffering", b"no")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        lines: Sequence[bytes] | None = self.first
        while lines is not None:
            if lines:
                await send({"type": "http.response.body", "body": _framed(lines, events=events), "more_body": True})
            try:
                lines = await scheduler.run(self.key, QUICK_BYTES + 1, self.more, receive)
            except ClientDisconnect:
                return
            except Exception as error:  # noqa: BLE001 - as in fast_path.py: every exception becomes an answer
                problem = b'{"problem":%b}' % bytes(errors.error_response(request, error).body)
                await send({"type": "http.response.body", "body": _framed([problem], events=events), "more_body": True})
                break
        await send({"type": "http.response.body", "body": b""})


def _framed(lines: Sequence[bytes], *, events: bool) -> bytes:
    return b"".join([b"data: %b\n\n" % line if events else line + b"\n" for line in lines])
