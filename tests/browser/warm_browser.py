"""A browser that tests use one after another, with the code that was fetched and compiled.

Only a profile on disk keeps compiled code: that of a context beside it is thrown away, whose
every visit costs twice the computing.
"""

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, BrowserType, Page, Request

#: What a page can leave behind, but for the HTTP cache: Storage.StorageType of
#: https://chromedevtools.github.io/devtools-protocol/tot/Storage/
STORED = "cookies,local_storage,indexeddb,cache_storage,service_workers"


class WarmBrowser:
    """Lent to one visitor at a time and cleaned afterwards.

    What cannot be undone (an init script, an exposed function) needs a cold one.
    """

    def __init__(self, chromium: BrowserType, profile: Path, path: str, flags: list[str]) -> None:
        self._context: BrowserContext = chromium.launch_persistent_context(
            profile, executable_path=path, args=flags
        )
        [self._own] = self._context.pages
        self._protocol = self._context.new_cdp_session(self._own)
        self._context.on("request", self._note)
        self._origins: set[str] = set()
        self.lent = False

    def lend(self, width: int, height: int) -> Page:
        """A page of this size; nobody else has one."""
        assert not self.lent
        self.lent = True
        page = self._context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        return page

    def _note(self, request: Request) -> None:
        if request.is_navigation_request():
            address = urlsplit(request.url)
            self._origins.add(f"{address.scheme}://{address.netloc}")

    def take_back(self) -> None:
        """Leave nothing of a visit: its pages, their storage, routes, permissions, no network."""
        for page in self._context.pages:
            if page != self._own:
                page.close()
        self._context.set_offline(False)
        self._context.unroute_all()
        self._context.clear_permissions()
        for origin in self._origins:
            what = {"origin": origin, "storageTypes": STORED}
            self._protocol.send("Storage.clearDataForOrigin", what)
        self._origins.clear()
        self.lent = False

    def close(self) -> None:
        self._context.close()
