"""Everything press asks of the outside world, on one page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar

if TYPE_CHECKING:
    from press.model.article import Picture
    from press.model.barcode import FoundCode
    from press.model.digest import MailPicture
    from press.model.event import Event, Logged, Taken
    from press.model.facts import PageFacts
    from press.model.fetch import Answer, Asked
    from press.model.finding import Area, Checked, Finding
    from press.model.forgotten import Forgotten
    from press.model.incoming import Converted, Encoding
    from press.model.ink import Ink
    from press.model.letter import Consignment, Fence
    from press.model.look import Extent, Scheme
    from press.model.mailing import (
        Budget,
        Claim,
        Claimed,
        Doubt,
        Evidence,
        HeldRequest,
        Hold,
        Mailing,
        MailingId,
        Outcome,
        RequestId,
        Step,
        Wait,
    )
    from press.model.page import Colophon, DrawnPage, Html, Sheet, Stationery
    from press.model.picture import PictureFacts, PictureJob, PreparedPicture
    from press.model.plates import PlateFacts, SpotFacts
    from press.model.press import PressJob, Profile, ReplicaJob, SheetSide
    from press.model.press_facts import PressFacts
    from press.model.printer import PressProfile, Printer
    from press.model.proof_result import ProofJob, ProofResult, Question
    from press.model.second_look import LinkAnswer, SpamVerdict
    from press.model.template import Filled
    from press.model.type import Cut, Face, FaceMetrics

T = TypeVar("T")
R = TypeVar("R")


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> dt.datetime:
        """Return the time now, in UTC, aware."""
        ...


class Progress(Protocol):
    """Is told how far a long job is."""

    def step(self, what: str, done: int, of: int) -> None:
        """Say that `done` of `of` things are ready; `what` names them: "pages"."""
        ...


class MailPictures(Protocol):
    """Makes pictures ready for mail.

    Every fault of a picture is a finding (codes `picture.*`), never an exception.
    """

    def for_mail(
        self, picture: Picture, *, width: int, base: str
    ) -> Checked[MailPicture]:
        """Make a picture ready for mail, `width` CSS pixels wide (two pixels each).

        `base` is the address of the folder it will be served from; its `url` is
        below that.
        """
        ...


class LanguageGuesser(Protocol):
    """Tells the language of a text."""

    def guess(self, text: str) -> str:
        """Return the language (BCP 47, its primary subtag); empty where unsure."""
        ...


class PictureSource(Protocol):
    """Where the pictures of imported copy are had: a site, a document, a folder."""

    def take(self, address: str) -> Checked[bytes]:
        """Return the bytes at an address; None where it has none, with findings.

        It takes no more than what pictures may have, and reaches no host but those that
        were named to it.
        """
        ...


class MediaStore(Protocol):
    """Keeps files that readers' programs fetch from the web.

    Names are paths from its top, with forward slashes.
    """

    def where(self, name: str) -> str:
        """Return where a file is in the store, for people."""
        ...

    def read(self, name: str) -> bytes | None:
        """Return what a file holds; None where there is none.

        Raises:
            CannotWriteError: The store cannot be reached, or does not let press in.
            MissingToolError: What such a store needs is not installed.
        """
        ...

    def write(self, name: str, data: bytes) -> None:
        """Put a file there, whole or not at all.

        Raises:
            CannotWriteError: The store cannot be written.
            MissingToolError: What such a store needs is not installed.
        """
        ...


class PictureLab(MailPictures, Protocol):
    """Looks at pictures and makes them ready.

    Every fault of a picture is a finding (codes `picture.*`), never an exception.
    """

    def inspect(self, picture: Picture) -> Checked[PictureFacts]:
        """Look at a picture without decoding all of it: milliseconds, small memory."""
        ...

    def find_damaged(self, pictures: Sequence[Picture]) -> Sequence[Finding]:
        """Decode pictures in full, each file once; return what is wrong with them.

        A file that was found whole is not decoded again until it changes.
        """
        ...

    def prepare(self, jobs: Sequence[PictureJob]) -> Sequence[Checked[PreparedPicture]]:
        """Make pictures ready for print, on all cores; results in the jobs' order."""
        ...


class Hyphenator(Protocol):
    """Knows where words may be divided."""

    def points(self, word: str, lang: str) -> Sequence[int]:
        """Return the offsets in `word` before which a hyphen may stand."""
        ...


class Templates(Protocol):
    """Fills the templates of one layout."""

    def fill(self, name: str, values: Mapping[str, object]) -> str:
        """Fill the template of that name.

        Values are data: what they hold is never read as template or as markup. A
        value with a method `__html__` vouches for its own markup.

        Raises:
            ManifestError: The template cannot be read or filled; with file and line.
        """
        ...

    def trace(self, name: str, values: Mapping[str, object]) -> Filled:
        """Fill a template likewise, and say which line made which part of the text.

        Raises:
            ManifestError: The template cannot be read or filled; with file and line.
        """
        ...


class MailRenderer(Protocol):
    """Turns MJML into the HTML that mail programs understand."""

    def render(self, mjml: str, styles: str) -> str:
        """Return HTML; `styles` are inlined into it.

        Raises:
            EngineError: The engine refuses the MJML; with the offset where it says so.
        """
        ...


class LinkProbe(Protocol):
    """Asks servers whether the pages of links are there."""

    def ask(self, addresses: Sequence[str]) -> Sequence[LinkAnswer]:
        """Return what came of asking for each address, in their order.

        It raises nothing: a server that gives no answer is an answer.
        """
        ...


class Fetcher(Protocol):
    """Gets from websites what copy is made of, from the hosts that were named and no others."""

    def get(self, asked: Asked) -> Answer:
        """Return what came of asking for something, after the tries that help.

        It raises nothing: a refusal is an answer.
        """
        ...


class DomainRecords(Protocol):
    """What domains say in the DNS.

    Raises (both):
        ProviderError: Nobody answers.
    """

    def texts(self, name: str) -> Sequence[str]:
        """Return what a name says of itself in words (TXT)."""
        ...

    def takes_mail(self, domain: str) -> bool:
        """Whether mail can be sent to a domain."""
        ...


class SpamJudge(Protocol):
    """A spam filter that is asked for its opinion."""

    def judge(self, message: bytes) -> SpamVerdict | None:
        """Return what it makes of a whole message; None where there is no filter.

        Raises:
            EngineError: There is one, and its answer cannot be understood.
        """
        ...


class Folder(Protocol):
    """A build's output folder: written whole or not at all."""

    def write(self, name: str, data: bytes) -> Path:
        """Write a file into the new folder, not yet visible; subfolders are made."""
        ...

    def publish(self) -> Path:
        """Put the new folder in the old one's place in one step; return it."""
        ...


class Shaper(Protocol):
    """Knows the faces of a layout: how wide letters are, and which there are."""

    def advances(self, text: str, cut: Cut) -> Sequence[float]:
        """Return the width of every character, in points; kerning counts."""
        ...

    def metrics(self, cut: Cut) -> FaceMetrics:
        """Return the vertical measures of a face at a size."""
        ...

    def missing(self, text: str, families: Sequence[str]) -> Sequence[str]:
        """Return the characters that no face of these families has, each once."""
        ...


class Typesetter(Protocol):
    """Draws pages: whatever is wrong with one is a finding (`page.*`)."""

    def start(self) -> None:
        """Get ready in the background; without it drawing starts by itself."""
        ...

    def draw(
        self, sheets: Sequence[Sheet], stationery: Stationery, progress: Progress
    ) -> Sequence[Checked[DrawnPage]]:
        """Draw pages on all cores; results in the sheets' order."""
        ...

    def close(self) -> None:
        """Let go of processes and scratch files."""
        ...


class FontCutter(Protocol):
    """Cuts fonts down to what is used."""

    def subset(self, face: Face, glyphs: Sequence[int]) -> bytes:
        """Return a font program with these glyphs only, their numbers kept."""
        ...


class Bindery(Protocol):
    """Binds drawn pages into one file."""

    def bind(
        self, pages: Sequence[DrawnPage], stationery: Stationery, colophon: Colophon
    ) -> bytes:
        """Return the PDF: each face embedded once, one tree of tags, one outline."""
        ...


class Cache(Protocol):
    """Keeps work between builds; whatever it loses is done again."""

    def get(self, kind: str, key: str) -> bytes | None:
        """Return what was kept under a key, None where nothing was."""
        ...

    def put(self, kind: str, key: str, value: bytes) -> None:
        """Keep a value."""
        ...

    def holds(self, kind: str) -> bool:
        """Whether anything of a kind is kept."""
        ...


class Workshop(Protocol):
    """Does many pieces of work on all cores."""

    @property
    def workers(self) -> int:
        """How many pieces it does at once."""
        ...

    def map(self, work: Callable[[T], R], items: Sequence[T]) -> Sequence[R]:
        """Return the work done on every item, in their order."""
        ...


class PdfReader(Protocol):
    """Reads finished files back."""

    def count(self, pdf: bytes) -> int:
        """Return how many pages a file has.

        Raises:
            EngineError: The file cannot be read.
        """
        ...

    def read(
        self, pdf: bytes, pages: Sequence[int] | None = None
    ) -> Sequence[PageFacts]:
        """Return what stands on some pages, counted from 1, or on all.

        Raises:
            EngineError: The file cannot be read.
        """
        ...

    def picture(
        self, pdf: bytes, page: int, ppi: int, *, for_eyes: bool = True
    ) -> bytes:
        """Return one page, counted from 1, as a PNG.

        One that only another engine looks at is packed less, which is much quicker.
        """
        ...


class Codes(Protocol):
    """Draws codes that a telephone can read."""

    def draw(self, text: str) -> Html:
        """Return a text, such as an address, as a QR code in SVG."""
        ...


class CodeReader(Protocol):
    """Reads codes as a till or a telephone does."""

    def read(self, picture: bytes) -> Sequence[FoundCode]:
        """Return the codes on a picture, from the top downwards.

        A picture of a page needs 300 pixels an inch.

        Raises:
            EngineError: The picture cannot be read.
        """
        ...


class ProfileShelf(Protocol):
    """Finds ICC profiles."""

    def find(self, wanted: PressProfile, printer: Printer) -> Checked[Profile]:
        """Return the profile the printer asks for, or one that stands in for it.

        What is wrong with it, or that another stands in, is a finding (`profile.*`).
        """
        ...


class Inks(Protocol):
    """Turns colours of screens into the press's inks, by its profile."""

    def to_ink(self, red: float, green: float, blue: float) -> Ink:
        """Return a colour of sRGB, 0 to 1 each, in ink; greys are black ink alone."""
        ...


class SoftProof(Protocol):
    """Shows the press's inks on screens, by its profile."""

    def to_screen(self, ink: Ink) -> tuple[float, float, float]:
        """Return how the press's paper shows an ink, in sRGB, 0 to 1 each."""
        ...


class Finisher(Protocol):
    """Makes bound pages ready for the press."""

    def finish(self, bound: bytes, job: PressJob) -> Checked[bytes]:
        """Return the press file: inks only, boxes, marks, PDF/X.

        What cannot be printed is a finding (`press.*`) with its page.
        """
        ...


class ReplicaMaker(Protocol):
    """Makes bound pages ready for readers."""

    def make(self, bound: bytes, job: ReplicaJob) -> Checked[bytes]:
        """Return the readers' file: RGB, tagged (PDF/UA-1), with links and threads."""
        ...


class Stripper(Protocol):
    """Lays finished pages out on sheets, and takes them apart (to strip: to impose)."""

    def spreads(self, press_file: bytes, sides: Sequence[SheetSide]) -> bytes:
        """Return the printer's spreads of a press file, side after side."""
        ...

    def pages(self, press_file: bytes) -> Sequence[bytes]:
        """Return every page as a press file of its own."""
        ...


class PressReader(Protocol):
    """Reads press files back, its own and those from elsewhere."""

    def read(self, pdf: bytes, name: str = "") -> PressFacts:
        """Return what a file is and what its pages paint; `name` is the file's.

        A file that is damaged, encrypted or no PDF at all is no exception: its facts
        say so.
        """
        ...

    def sums(self, pdf: bytes) -> Sequence[str]:
        """Return a hash of all that each page draws, none of a file that is damaged.

        Pages of the same hash look the same and read the same.
        """
        ...


class Plates(Protocol):
    """Sees the four plates that a file makes: cyan, magenta, yellow and black."""

    def read(
        self, pdf: bytes, printer: Printer, pages: Sequence[int] | None = None
    ) -> Sequence[PlateFacts]:
        """Return what some pages, counted from 1, or all of them print.

        What is measured depends on the printer: ink limit, type area, bleed.

        Raises:
            EngineError: The file cannot be read.
        """
        ...

    def spots(
        self, pdf: bytes, page: int, areas: Sequence[Area]
    ) -> Sequence[SpotFacts]:
        """Return what is printed in parts of a page, counted from 1, seen closely.

        Areas are millimetres from the upper left corner of the trim.

        Raises:
            EngineError: The file cannot be read.
        """
        ...


class Prover(Protocol):
    """A tool that had no part in making the files and is asked about them.

    It raises nothing: a tool that gives up says so in its answer.
    """

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def answers(self) -> frozenset[Question]:
        """The questions it can answer."""
        ...

    @property
    def how_to_get(self) -> str:
        """What to do where it is missing."""
        ...

    def available(self) -> str | None:
        """Return its version, None where it is not there."""
        ...

    def prove(self, jobs: Sequence[ProofJob]) -> Sequence[ProofResult]:
        """Return its answers to those questions of the jobs that it can answer."""
        ...


class Browser(Protocol):
    """Shows mails and pages as readers see them, without any network.

    It is used in a `with` statement; one browser serves many pages. A page given as
    text is a mail, whose own scripts do not run; one given as a file sees the files
    beside it, and its scripts run.
    """

    def __enter__(self) -> Self:
        """Start it.

        Raises:
            MissingToolError: There is no browser.
        """
        ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End it and everything it started."""
        ...

    def shoot(
        self,
        page: str | Path,
        *,
        width: int,
        scheme: Scheme = ...,
        images: bool = True,
        scale: float = 1,
    ) -> bytes:
        """Return a picture of a page in its full height, as a PNG.

        `width` is in CSS pixels, each of which is `scale` pixels of the picture. With
        `images=False` pictures are not shown, but their alternative texts.

        Raises:
            EngineError: The browser broke, or took too long.
        """
        ...

    def measure(self, page: str | Path, *, width: int, scheme: Scheme = ...) -> Extent:
        """Return how much room a page takes in a window of that width.

        Raises:
            EngineError: The browser broke, or took too long.
        """
        ...

    def run(
        self, page: str | Path, script: str, *, width: int = 600, scheme: Scheme = ...
    ) -> Any:
        """Run a script of press's own in a page, and return what it comes to.

        The value of its last expression must be JSON, or a promise of some.

        Raises:
            EngineError: The script failed; the browser broke, or took too long.
        """
        ...


class Courier(Protocol):
    """Takes mails to a provider, or to a folder.

    Its methods may be called by many threads at once.
    """

    @property
    def name(self) -> str:
        """What it is called in press.yaml: "outbox"."""
        ...

    @property
    def most(self) -> int:
        """How many mails it takes in one request."""
        ...

    @property
    def fences(self) -> bool:
        """Whether what it took can be taken back: see `Fencing`."""
        ...

    def check(self, sender: str) -> Sequence[Finding]:
        """Return what keeps it from sending for this address, before anybody is mailed.

        Errors (`courier.*`): no key, a key that may not send, a key for tests, a
        sender's domain that the provider does not sign for.
        """
        ...

    def hand_over(self, consignment: Consignment) -> Outcome:
        """Hand a request over, once, and say what is known of it.

        It raises nothing that a provider or a network can cause: not knowing is an
        answer, too. It neither waits nor tries again. It is never told twice to hand
        over the same request.
        """
        ...

    def look_up(
        self, request: str, addresses: Sequence[str], since: dt.datetime
    ) -> Evidence:
        """Say whether a request was taken, by the provider's own records.

        Args:
            request: Our name of it.
            addresses: Some that were in it.
            since: When it was handed over.
        """
        ...

    def close(self) -> None:
        """Let go of connections."""
        ...


class Forgetting(Protocol):
    """A courier whose mails lie where press can delete them."""

    def forget(
        self, deliveries: Collection[int], addresses: Collection[str]
    ) -> Forgotten:
        """Delete the mails to one reader, and nothing else.

        Args:
            deliveries: The numbers of what went to them.
            addresses: Where it went, as a server is told; a mail to none of these stays.
        """
        ...


class Fencing(Courier, Protocol):
    """A courier whose provider holds requests until a time, and can cancel them."""

    def new_batch(self) -> str:
        """Return a new name by which one request can be cancelled; empty without one.

        Asking again costs nothing.
        """
        ...

    def cancel(self, batch: str) -> bool:
        """Ask for a request to be cancelled.

        True only when the provider says that it is; it never raises.
        """
        ...


class Ledger(Protocol):
    """Moves the readers of a mailing from pending to settled; on disk at every step.

    Any number of processes may use it at once: whoever finds that a row is not in the
    state it expects has lost the request, and stops touching it.
    """

    def for_thread(self) -> Ledger:
        """Return one that another thread may use at the same time; close it."""
        ...

    def close(self) -> None:
        """Let go of the database, where `for_thread` opened it anew."""
        ...

    def claim(
        self,
        mailing: Mailing,
        step: Step,
        most: int,
        budgets: Sequence[Budget],
        hold: Hold | None = None,
    ) -> Claim | Wait | None:
        """Take at most so many readers of one variant for a request.

        With `hold` the claim says until when the provider is to hold it, so that the
        budgets are kept when it lets go.

        Returns the claim, whose readers may be none; how long to wait; None where
        nobody is left to claim, or the mailing is not being sent any more.
        """
        ...

    def mark(
        self, claim: Claim, body_hash: str, fence: Fence | None
    ) -> tuple[Claimed, ...] | None:
        """Look a last time at who left, and write that the request is in flight.

        Returns the claim's readers where it is marked; fewer where some left, and
        nothing is marked; None where the request may not be sent any more.
        """
        ...

    def release(self, claim: Claim) -> None:
        """Give a claim back of which nothing was sent."""
        ...

    def settle(self, claim: Claim, outcome: Outcome) -> bool:
        """Write what is known of a request; False where it is not ours any more."""
        ...

    def pause(self, claim: Claim, why: str) -> bool:
        """Claim nothing more of a mailing until somebody resumes it."""
        ...

    def recover(self, mailing: Mailing) -> int:
        """Take over what dead owners left; return how many requests."""
        ...


class DoubtBook(Protocol):
    """Requests of which nobody knows whether they were taken."""

    def doubts(self, mailing: MailingId) -> Sequence[Doubt]:
        """Return them, the oldest first."""
        ...

    def canaries(self, request: RequestId) -> Sequence[str]:
        """Return some addresses of one."""
        ...

    def control(self, doubt: Doubt) -> tuple[RequestId, Sequence[str]] | None:
        """Return a request that was accepted later, with some of its addresses."""
        ...

    def ask_fence(self, request: RequestId, most: int) -> bool:
        """Write that a cancellation is about to be asked for; asking again is fine.

        False where the provider may hold so many cancellations already.
        """
        ...

    def refuse(self, request: RequestId, why: str, *, fenced: bool = False) -> bool:
        """Free the readers of one that is cancelled, or proven absent."""
        ...

    def accept(self, request: RequestId, why: str) -> bool:
        """Count one as accepted, by evidence."""
        ...


class HeldBook(Protocol):
    """Requests that the provider accepted, and holds until a time."""

    def held(self, mailing: MailingId) -> Sequence[HeldRequest]:
        """Return those of a mailing, the largest first."""
        ...

    def gone(self, mailing: MailingId) -> int:
        """Return how many readers' mails the provider has let go, or never held."""
        ...

    def open_fences(self) -> int:
        """Return how many cancellations the provider may hold, of all mailings."""
        ...

    def ask_back(self, request: RequestId, most: int) -> bool:
        """Write that one is about to be cancelled: from here on it is in doubt.

        False where it is not so any more, its mailing is not cancelled, or the provider
        may hold so many cancellations already.
        """
        ...


class SuppressionSource(Protocol):
    """A provider that tells whom it does not write to any more."""

    def suppressed(self, since: dt.datetime) -> Iterator[Event]:
        """Yield bounces, complaints and leaves that it wrote down since a time.

        Each has an address and no delivery. They come as the provider's pages do, never
        all in memory.

        Raises:
            ProviderError: It refuses to tell, or does not answer.
        """
        ...


class Withholding(Protocol):
    """A provider that can be asked not to send what it has for somebody.

    Asking again is fine. All raise ProviderError where it does not do it, or cannot be
    reached.
    """

    def withhold(self, addresses: Sequence[str]) -> bool:
        """Ask it to send them nothing; False where it knows one for no address."""
        ...

    def release(self, addresses: Sequence[str]) -> bool:
        """Ask it to send them what it is given; False likewise."""
        ...

    def forget(self, addresses: Sequence[str]) -> bool:
        """Ask it to erase what it knows of them; False likewise."""
        ...


class LogSource(Protocol):
    """A provider that tells what became of each mail.

    Both raise ProviderError where it does not tell, or asks for patience.
    """

    def logged(
        self, category: str, since: dt.datetime, until: dt.datetime
    ) -> Iterator[Logged]:
        """Yield the mails of a category that it took in a span of time, and their ends.

        Not all where it took more in one second than it tells at once.
        """
        ...

    def logged_to(self, email: str, since: dt.datetime) -> Sequence[Logged]:
        """Return the last mails to an address since then, with our own ids."""
        ...

    def taken(self, category: str, since: dt.datetime, until: dt.datetime) -> Taken:
        """Return whom it took mails of a category for, whatever became of them."""
        ...

    def took(self, email: str, category: str, since: dt.datetime) -> bool:
        """Whether it took a mail of a category for an address since then."""
        ...


class WordReader(Protocol):
    """Turns Word documents into HTML."""

    def html(self, document: bytes, styles: Sequence[tuple[str, str]]) -> str | None:
        """Return a document as HTML; None where it cannot be read.

        Pictures have the path of their member as their address; nothing outside the
        document is read.

        Args:
            document: The document (.docx), already known to be safe to unpack.
            styles: The names of styles, and the class that paragraphs in them get;
                those of the class `press-quote` become quotations.
        """
        ...


class DocumentConverter(Protocol):
    """Turns documents of other offices into HTML."""

    def convert(self, document: bytes, form: str) -> Converted | None:
        """Return a document as HTML with its pictures; None where it cannot be read.

        Nothing outside the document is read, and neither time nor memory run away.

        Args:
            document: The document.
            form: What it is: "odt" or "rtf".

        Raises:
            MissingToolError: The engine is not installed.
        """
        ...


class BodyFinder(Protocol):
    """Finds the article in a web page whose markup does not say where it is."""

    def find(self, page: str) -> str | None:
        """Return the HTML of the article's text; None where there seems to be none."""
        ...


class EncodingGuesser(Protocol):
    """Tells how the letters of a text are written as bytes."""

    def guess(self, data: bytes) -> Encoding | None:
        """Return the likeliest encoding; None where it seems to be no text."""
        ...
