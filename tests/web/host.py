"""Somebody else's site with the chat on it, as strict as sites are."""

from aiohttp import web as http
from tests.web.chat import Chat

# As little as a chat can do with: its script, its frame, and pictures where a page has some.
STRICT = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; img-src {site};"
    "script-src {chat}; frame-src {chat}; require-trusted-types-for 'script'"
)
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1H0z"/></svg>'


class HostSite:
    """A site of some pages, all with the same `body`, or with that of their path in `pages`."""

    def __init__(self, chat_url, port=0, policy=STRICT):
        self.chat = chat_url
        self.head = ""
        self.body = ""
        self.pages = {}
        self.files = {}
        self.port = port
        self.policy = policy
        self.headers = {}
        self._runner = None

    async def start(self):
        application = http.Application()
        application.router.add_get("/picture.svg", self._picture)
        application.router.add_get("/{path:.*}", self._page)
        self._runner = http.AppRunner(application, access_log=None)
        await self._runner.setup()
        site = http.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self.origin = f"http://127.0.0.1:{self.port}"
        # Another site than the chat's, in the sense of browsers, and not only another origin.
        self.foreign = f"http://localhost:{self.port}"

    async def stop(self):
        await self._runner.cleanup()

    async def _picture(self, _request):
        return http.Response(body=PICTURE, content_type="image/svg+xml")

    async def _page(self, request):
        if request.path in self.files:
            return http.Response(text=self.files[request.path], content_type="text/javascript")
        policy = self.policy.format(chat=self.chat.rstrip("/"), site="'self'")
        body = self.pages.get(request.path, self.body)
        html = (
            "<!doctype html><html lang=ko><meta charset=utf-8><meta name=viewport "
            f"content=width=device-width>{self.head}<title>가게</title>"
            f"<body><h1>가게</h1><a href=/next>다음</a>{body}"
        )
        headers = self.headers | ({"Content-Security-Policy": policy} if policy else {})
        return http.Response(text=html, content_type="text/html", headers=headers)


class Framed(Chat):
    """A chat in a frame: same looks, same acts."""

    def __init__(self, page, frame):
        super().__init__(frame)
        self.page = frame
        self.host = page


def widget(page, name="widget-1"):
    """The chat inside the named widget, as a page of its own."""
    return Framed(page, page.frame_locator(f'iframe[src*="widget={name}"]'))
