"""Security headers on every answer.

A plain ASGI middleware: Starlette's BaseHTTPMiddleware would cost a task per request.

The policy allows what the page needs and nothing else: scripts, workers, styles, fonts and connections from this
server only. No inline script. `wasm-unsafe-eval` lets Graphviz, which is WebAssembly, be compiled; it does not allow
`eval`. The editor adds its style sheet while running, so styles carry a nonce that is new with every answer.
"""

from __future__ import annotations

import secrets

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self' 'nonce-{nonce}'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
_API_POLICY = b"default-src 'none'; frame-ancestors 'none'"
_ALWAYS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
]
_API_HEADERS = [*_ALWAYS[:1], (b"content-security-policy", _API_POLICY)]


class SecurityHeaders:
    """Adds the headers, and `scope["state"]["nonce"]` for the pages."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes everything through; only the start of an HTTP answer is touched."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["path"].startswith("/api/"):
            headers = _API_HEADERS
        else:
            nonce = secrets.token_urlsafe(16)
            scope.setdefault("state", {})["nonce"] = nonce
            headers = [*_ALWAYS, (b"content-security-policy", _POLICY.format(nonce=nonce).encode())]

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *headers]
            await send(message)

        await self._app(scope, receive, send_with_headers)
