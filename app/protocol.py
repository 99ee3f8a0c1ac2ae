"""uvicorn's HTTP protocol, with a limit on the size of a request's head, which uvicorn itself does not have."""

from __future__ import annotations

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_BYTES = 65_536
"""Largest size of request line and headers together, bytes."""


class BoundedHttpProtocol(HttpToolsProtocol):
    """Answers 400 if the headers are incomplete after HEAD_BYTES.

    `app.api.body` limits the size of bodies.
    """

    _in_head = False
    _head_bytes = 0

    def on_message_begin(self) -> None:
        """Called by the parser when a request begins."""
        super().on_message_begin()
        self._in_head, self._head_bytes = True, 0

    def on_headers_complete(self) -> None:
        """Called by the parser when the last header is read."""
        self._in_head = False
        super().on_headers_complete()

    def data_received(self, data: bytes) -> None:
        """Called by the event loop; one call brings at most some 100 kB."""
        super().data_received(data)
        if self._in_head:
            self._head_bytes += len(data)
            if self._head_bytes > HEAD_BYTES and not self.transport.is_closing():
                self.send_400_response("The head of the request is too large.")
