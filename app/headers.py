"""Security headers on every answer.

A plain ASGI middleware: Starlette's BaseHTTPMiddleware would cost a task per request.

The content security policy allows only what the pages need: scripts, workers, styles, fonts and connections from this
server, no inline scripts. `wasm-unsafe-eval` allows compiling Graphviz, which is WebAssembly, but not `eval`. The
editor adds a style sheet at run time, so styles need a nonce, which is new in every answer.

Any page may embed `/embed` in a frame. There are no accounts and no cookies, so clickjacking can do no harm.
"""

from __future__ import annotations

import secrets

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self' 'nonce-{nonce}'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors {ancestors}"
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
_FRAMED = "/embed"
# A cross-origin isolated page embeds only resources with this header.
_EMBED = [header for header in _ALWAYS if not header[0].startswith(b"cross-origin-")] + [
    (b"cross-origin-resource-policy", b"cross-origin")
]


class SecurityHeaders:
    """Adds the headers to every answer, and `scope["state"]["nonce"]` for the templates of pages."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes all messages on; only the start of an HTTP answer is changed."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["path"].startswith("/api/"):
            headers = _API_HEADERS
        else:
            nonce = secrets.token_urlsafe(16)
            scope.setdefault("state", {})["nonce"] = nonce
            framed = scope["path"] == _FRAMED
            policy = _POLICY.format(nonce=nonce, ancestors="*" if framed else "'none'")
            headers = [*(_EMBED if framed else _ALWAYS), (b"content-security-policy", policy.encode())]

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *headers]
            await send(message)

        await self._app(scope, receive, send_with_headers)
