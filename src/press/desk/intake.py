"""The intake desk: copy of every form into an edition, its furniture put aside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from press.adapters.clock import SystemClock
from press.adapters.fetcher import Login, WebFetcher
from press.adapters.pictures import PillowPictureLab
from press.adapters.store import FsspecStore
from press.adapters.tongue import Tongue
from press.desk.article_folder import imported
from press.desk.copy_forms import Form, form_of, open_copy, read_copy
from press.desk.furniture import OfferedAd, house_rules, offer_house_ad, take_house_ad
from press.desk.importing import Arrival, Importer, Verdicts
from press.desk.picture_source import (
    FolderPictures,
    PackagePictures,
    Pictures,
    WebPictures,
)
from press.desk.sign_in import sign_in
from press.intake.furniture import judge
from press.intake.package import Package
from press.intake.wordpress import Search, read_posts, read_site
from press.manifest.folder import editions_of
from press.manifest.read import read_house
from press.model.errors import ManifestError, NotReadyError
from press.model.fetch import Asked, Patience
from press.model.finding import Checked, Finding, Place, error, ready
from press.model.house import House
from press.model.house_rules import Decided, HouseRules
from press.model.imported import Imported, Wishes
from press.model.incoming import CopyFile
from press.model.manuscript import ImportRecord
from press.model.story import Story
from press.model.wanted import PUBLISHED, Wanted
from press.ports import Fetcher, PictureSource

_MONTHS_KEPT_IN_MIND: Final = 6
_STATE: Final = ".press/import"
#: How far above a saved answer the pictures that it names may lie.
_LEVELS_UP: Final = 2
_PACKED: Final = frozenset({Form.WORD, Form.GOOGLE, Form.ODT})
_WEB: Final = ("http://", "https://")


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteWish:
    """Which stories of a website are wanted.

    Attributes:
        site: Its address; empty for the paper's own.
        since: None published before; None for no limit.
        until: None published after.
        statuses: In WordPress's words; empty for those that everybody may read.
        hosts: Further hosts from which its pictures may be fetched.
    """

    site: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    statuses: frozenset[str] = frozenset()
    hosts: tuple[str, ...] = ()

    @property
    def wanted(self) -> Wanted:
        """The same for readers of forms."""
        statuses = self.statuses or frozenset({PUBLISHED})
        return Wanted(statuses=statuses, since=self.since, until=self.until)


NO_WISH: Final = SiteWish()


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """What came of an import.

    Attributes:
        imported: Its stories.
        findings: What was odd, of files and of stories.
        house_ad: The house ad that its calls make; None for none.
    """

    imported: tuple[Imported, ...] = ()
    findings: tuple[Finding, ...] = ()
    house_ad: OfferedAd | None = None


def day(typed: str, option: str) -> dt.date | None:
    """Return a day as it was typed; None for nothing.

    Raises:
        ManifestError: It is no day.
    """
    if not typed:
        return None
    try:
        return dt.date.fromisoformat(typed)
    except ValueError:
        raise ManifestError(
            f'{option}: "{typed}" is no day', hint="write it as 2024-08-01"
        ) from None


@dataclass(slots=True, kw_only=True)
class IntakeDesk:
    """Takes copy in.

    Attributes:
        root: The newspaper's folder.
        edition: The edition's name.
        house: The paper.
        rules: How its website's furniture is told from copy.
        findings: What is wrong with the paper's own files.
        opened: When the desk was opened.
    """

    root: Path
    edition: str
    house: House
    rules: HouseRules
    findings: tuple[Finding, ...] = ()
    opened: dt.datetime = field(default_factory=lambda: SystemClock().now())
    _verdicts: list[tuple[Story, Verdicts]] = field(default_factory=list)

    @classmethod
    def open(cls, root: Path, edition: str) -> Checked[IntakeDesk]:
        """Open the desk; nothing where the paper's own files are wrong."""
        house = read_house(root)
        if house.value is None or not ready(house.findings):
            return Checked(value=None, findings=house.findings)
        rules = house_rules(root, house.value)
        if rules.value is None or not ready(rules.findings):
            return Checked(value=None, findings=rules.findings)
        desk = cls(root=root, edition=edition, house=house.value, rules=rules.value)
        return Checked(value=desk, findings=(*house.findings, *rules.findings))

    # ------------------------------------------------------------ what comes in

    def files(self, names: Sequence[str], wish: SiteWish, wishes: Wishes) -> Took:
        """Import files, and web pages by their addresses; all of them together.

        Raises:
            MissingToolError: What reads one of them is not installed.
            CannotWriteError: The edition's folder cannot be written.
        """
        arrivals: list[Arrival] = []
        findings: list[Finding] = []
        typed = tuple(filter(_on_web, names))
        most = 4 if typed else 2
        with self._fetcher((*typed, *wish.hosts), most=most) as fetcher:
            web = WebPictures(fetcher=fetcher)
            for name in names:
                read = self._fetched(name, fetcher) if _on_web(name) else _opened(name)
                findings += read.findings
                if read.value is not None:
                    made = self._read(read.value, wish, name, web)
                    findings += made.findings
                    arrivals += made.value or ()
            return self._take(arrivals, findings, wishes)

    def export(self, path: Path, form: Form, wish: SiteWish, wishes: Wishes) -> Took:
        """Import the export of a website.

        Its pictures are looked for beside the file, then on the site, where that is the
        paper's own: what a file says of itself names no host.
        """
        read = open_copy(path)
        if read.value is None:
            return Took(findings=read.findings)
        stories = read_copy(read.value, form, wish.wanted, site=self.house.website)
        return self._from_site([path.parent], stories, wish, wishes)

    def saved_posts(
        self, posts: Path, media: Path | None, wish: SiteWish, wishes: Wishes
    ) -> Took:
        """Import what a WordPress site answered, from files."""
        read = open_copy(posts)
        told = open_copy(media) if media else Checked(value=None)
        if read.value is None or not ready(told.findings):
            return Took(findings=(*read.findings, *told.findings))
        stories = read_posts(
            read.value.data,
            name=read.value.name,
            wanted=wish.wanted,
            media=told.value.data if told.value else b"",
        )
        folders = [posts.parent, *posts.resolve().parents[1 : 1 + _LEVELS_UP]]
        return self._from_site(folders, stories, wish, wishes)

    def wordpress(self, wish: SiteWish, wishes: Wishes) -> Took:
        """Import posts of a WordPress site.

        One that was interrupted goes on where it stopped.

        Raises:
            NotReadyError: No site is named.
        """
        site = wish.site or self.house.website
        if not site:
            raise NotReadyError("no site is named", hint="press import wordpress SITE")
        login = sign_in(site, self.house.website)
        with self._fetcher((site, *wish.hosts), login.value) as fetcher:
            edit = login.value is not None
            search = Search(site=site, wanted=wish.wanted, edit=edit)
            stories = read_site(search, fetcher, FsspecStore(_STATE, self.root))
            web = WebPictures(fetcher=fetcher)
            arrivals = [Arrival(story=s, pictures=web) for s in stories.value or ()]
            findings = [*login.findings, *stories.findings]
            return self._take(arrivals, findings, wishes)

    def feed(self, source: str, wish: SiteWish, wishes: Wishes) -> Took:
        """Import a feed, from its address or a file."""
        if not _on_web(source):
            return self.export(Path(source), Form.FEED, wish, wishes)
        with self._fetcher((source, *wish.hosts)) as fetcher:
            answer = fetcher.get(Asked(address=source))
            if not answer.found:
                return Took(findings=(_not_there(source, answer.why),))
            file = CopyFile(name=source, data=answer.body)
            stories = read_copy(file, Form.FEED, wish.wanted, address=source)
            web = WebPictures(fetcher=fetcher)
            arrivals = [Arrival(story=s, pictures=web) for s in stories.value or ()]
            return self._take(arrivals, list(stories.findings), wishes)

    def write_house_ad(self, offered: OfferedAd) -> None:
        """Write an offered house ad into press.yaml.

        Raises:
            ManifestError: The file's house ads are written within brackets.
            CannotWriteError: The file cannot be written.
        """
        take_house_ad(self.root, offered)

    def brought(self) -> int:
        """Return how many articles came in, or were brought up to date, so far."""
        records = (imported(self.root, self.edition).value or {}).values()
        return sum(record.imported >= self.opened for record in records)

    # ------------------------------------------------------------ how it is taken

    def _from_site(
        self,
        folders: Sequence[Path],
        stories: Checked[tuple[Story, ...]],
        wish: SiteWish,
        wishes: Wishes,
    ) -> Took:
        with self._fetcher((wish.site, *wish.hosts), most=2) as fetcher:
            pictures = Pictures(
                sources=(
                    *(FolderPictures(folder=folder) for folder in folders),
                    WebPictures(fetcher=fetcher),
                )
            )
            arrivals = [
                Arrival(story=story, pictures=pictures) for story in stories.value or ()
            ]
            return self._take(arrivals, list(stories.findings), wishes)

    def _take(
        self, arrivals: Sequence[Arrival], findings: Sequence[Finding], wishes: Wishes
    ) -> Took:
        importer = Importer(
            root=self.root,
            edition=self.edition,
            judge=self._judge,
            lab=lambda folder: PillowPictureLab(folder, folder / ".cache"),
            clock=SystemClock(),
            tongue=Tongue(),
            lang=self.house.lang,
        )
        done = importer.take(arrivals, wishes)
        ad = offer_house_ad(
            [story for story, _ in self._verdicts],
            [tuple(verdicts) for _, verdicts in self._verdicts],
            self.house,
        )
        told = {one for arrival in arrivals for one in arrival.story.findings}
        own = [finding for one in done for finding in one.findings]
        others = [finding for finding in findings if finding not in told]
        found = tuple(dict.fromkeys([*others, *own]))
        return Took(imported=done, findings=found, house_ad=ad)

    def _judge(
        self, stories: Sequence[Story], decided: Sequence[Decided]
    ) -> Sequence[Verdicts]:
        verdicts = judge(stories, self.rules, self._earlier(), decided)
        self._verdicts = list(zip(stories, verdicts, strict=True))
        return verdicts

    def _earlier(self) -> tuple[ImportRecord, ...]:
        """Return the records of this month's imports and of some months before."""
        names = [name for name in editions_of(self.root) if name <= self.edition]
        return tuple(
            record
            for name in names[-_MONTHS_KEPT_IN_MIND:]
            for record in (imported(self.root, name).value or {}).values()
        )

    def _read(
        self, file: CopyFile, wish: SiteWish, name: str, web: WebPictures
    ) -> Checked[list[Arrival]]:
        address = name if _on_web(name) else ""
        form = Form.PAGE if address else form_of(file)
        if form is None:
            found = error(
                "intake.form",
                f"{name} is of no form that press knows",
                file.place,
                "save it as .docx, .odt, .rtf, .md, .txt or .html",
            )
            return Checked(value=None, findings=(found,))
        stories = read_copy(
            file, form, wish.wanted, site=self.house.website, address=address
        )
        pictures = _pictures(file, form, name, web)
        return Checked(
            value=[Arrival(story=s, pictures=pictures) for s in stories.value or ()],
            findings=stories.findings,
        )

    def _fetched(self, address: str, fetcher: Fetcher) -> Checked[CopyFile]:
        answer = fetcher.get(Asked(address=address))
        if not answer.found:
            return Checked(value=None, findings=(_not_there(address, answer.why),))
        return Checked(value=CopyFile(name=address, data=answer.body))

    @contextmanager
    def _fetcher(
        self, named: Sequence[str], login: Login | None = None, *, most: int = 4
    ) -> Iterator[WebFetcher]:
        """Yield what fetches: from the paper's website, and what somebody named."""
        hosts = tuple(filter(None, (self.house.website, *named)))
        with WebFetcher(hosts, login=login, patience=Patience(tries=most)) as fetcher:
            yield fetcher


def _pictures(file: CopyFile, form: Form, name: str, web: WebPictures) -> PictureSource:
    if _on_web(name):
        return web
    if form in _PACKED and file.data.startswith(b"PK"):
        package = Package.open(file).value
        return PackagePictures(package=package) if package else web
    return Pictures(sources=(FolderPictures(folder=Path(name).parent), web))


def _opened(name: str) -> Checked[CopyFile]:
    return open_copy(Path(name))


def _on_web(name: str) -> bool:
    return name.startswith(_WEB)


def _not_there(address: str, why: str) -> Finding:
    return error(
        "intake.fetch",
        f"{address} cannot be had: {why or 'the server said no'}",
        Place(file=address),
        "open it in a browser; is the address right, and is the site up?",
    )
