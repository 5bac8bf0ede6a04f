"""Pages of other sites that take the widget in: a plain one, and hostile ones."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

RESETS = """<style>* { all: unset !important; display: block !important; color: red !important; font-size: 3px !important }
button { width: 9px !important; height: 9px !important; visibility: hidden !important }</style>"""
OLD_JQUERY = """<script>window.$ = window.jQuery = function () { return { on: function () {} }; };
Array.prototype.contains = function () { return false; };</script>"""
SCRIPT = '<script src="{service}/widget.js" defer{more}></script>'
HOSTS = {
    "/plain": ("", "", 1, ""),
    "/resets": (RESETS, "", 1, ""),
    "/twice": ("", "", 2, ""),
    "/jquery": (OLD_JQUERY, "", 1, ""),
    "/policy": ("", "default-src 'none'; script-src {service}; frame-src {service}", 1, ""),
    "/inline": ("", "", 1, ' data-mode="inline"'),
}
"""Path -> what stands in its head, its policy, how often the script, more attributes of it."""


@contextmanager
def other_site(service: list[str]) -> Iterator[str]:
    """The address of a site with these pages. service: holds our address, once there is one."""

    class Host(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            head, policy, times, more = HOSTS.get(self.path, HOSTS["/plain"])
            script = SCRIPT.format(service=service[0], more=more) * times
            html = (
                f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>县里的网站</title>{head}'
                f"</head><body><h1>县里的网站</h1><p><a href='#x'>一条链接</a></p>{script}</body></html>"
            )
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if policy:
                self.send_header("Content-Security-Policy", policy.format(service=service[0]))
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
