"""What answers on each path.

A page that is only looked at changes nothing: programs that follow every link of a mail
must not make its reader leave. What acts is a POST.
"""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from press.desk.counter import (
    Asking,
    Purpose,
    ReadersDesk,
    Reception,
    Visitor,
    Wishes,
)
from press.model.subscriber import Status
from press.web.guard import RateLimit
from press.web.page import Link, Page, Pages

SIGNATURE = "x-twilio-email-event-webhook-signature"
TIMESTAMP = "x-twilio-email-event-webhook-timestamp"
#: Fields of a form that are read at most.
FIELDS = 100

_STATUS = {
    Reception.TAKEN: 200,
    Reception.NOT_SIGNED: 401,
    Reception.UNREADABLE: 400,
    Reception.TOO_LARGE: 413,
}


class Handlers:
    """Answers what readers and providers ask.

    Args:
        desk: Does what they ask for.
        pages: Says so.
        prefix: Path below which readers' pages are: "/mail".
    """

    def __init__(self, desk: ReadersDesk, pages: Pages, prefix: str) -> None:
        self._desk = desk
        self._pages = pages
        self._prefix = prefix
        self._limit = RateLimit(each=10, all_together=120)

    async def see_unsubscribe(self, request: Request) -> Response:
        """Show the button with which a reader leaves."""
        visitor = await self._visitor(request, Purpose.UNSUBSCRIBE)
        if visitor is None:
            return self._nobody(request, Purpose.UNSUBSCRIBE)
        if visitor.status not in {Status.ACTIVE, Status.PENDING}:
            return self._left()
        texts = self._pages.texts
        preferences = f"{self._prefix}/{Purpose.PREFERENCES}/{visitor.preferences}"
        return self._show(
            Page(
                template="button.html.j2",
                title=texts.leave_title,
                paragraphs=(self._pages.words(texts.leave_text, visitor.address),),
                button=texts.leave_button,
                links=(Link(address=preferences, words=texts.leave_instead),),
            )
        )

    async def unsubscribe(self, request: Request) -> Response:
        """Let a reader go: by the page's button, or by the mail program's (RFC 8058).

        Whatever the body says: its only use is that programs which follow links send
        none.
        """
        await request.body()
        gone = await run_in_threadpool(self._desk.leave, request.path_params["token"])
        if gone is None:
            return self._nobody(request, Purpose.UNSUBSCRIBE)
        return self._left()

    async def see_preferences(self, request: Request) -> Response:
        """Show what a reader gets."""
        visitor = await self._visitor(request, Purpose.PREFERENCES)
        if visitor is None:
            return self._nobody(request, Purpose.PREFERENCES)
        return self._preferences(visitor)

    async def choose(self, request: Request) -> Response:
        """Do what a reader chose: some lists, or none."""
        token = request.path_params["token"]
        form = await self._form(request)
        leaves = _field(form, "do") == "leave"
        if leaves:
            visitor = await run_in_threadpool(self._desk.leave_all, token)
        else:
            wishes = Wishes(lists=_fields(form, "list"), name=_field(form, "name"))
            visitor = await run_in_threadpool(self._desk.choose, token, wishes)
        if visitor is None:
            return self._nobody(request, Purpose.PREFERENCES)
        if leaves:
            return self._left()
        return self._preferences(visitor, said=self._pages.texts.chosen)

    async def see_confirm(self, request: Request) -> Response:
        """Show the button with which a reader confirms that they asked."""
        visitor = await self._visitor(request, Purpose.CONFIRM)
        if visitor is None:
            return self.missing()
        if visitor.status is not Status.PENDING:
            return self._confirmed(visitor)
        texts = self._pages.texts
        return self._show(
            Page(
                template="button.html.j2",
                title=texts.confirm_title,
                paragraphs=(self._pages.words(texts.confirm_text, visitor.address),),
                button=texts.confirm_button,
            )
        )

    async def confirm(self, request: Request) -> Response:
        """Take a reader's word."""
        await request.body()
        token = request.path_params["token"]
        visitor = await run_in_threadpool(self._desk.confirm, token)
        return self.missing() if visitor is None else self._confirmed(visitor)

    async def see_subscribe(self, request: Request) -> Response:
        """Show the form with which somebody asks for the paper."""
        del request
        return await self._asking(Asking(email="", name="", lang="", lists=frozenset()))

    async def subscribe(self, request: Request) -> Response:
        """Write down that somebody asks; the answer is the same for known and unknown."""
        form = await self._form(request)
        who = request.client.host if request.client else ""
        if not self._limit.passes(who):
            return self.often()
        texts = self._pages.texts
        asking = Asking(
            email=_field(form, "email"),
            name=_field(form, "name"),
            lang=texts.lang,
            lists=_fields(form, "list"),
        )
        if not await run_in_threadpool(self._desk.ask, asking):
            return await self._asking(asking, said=texts.ask_wrong)
        return self._message(texts.asked_title, texts.asked_text)

    async def take_events(self, request: Request) -> Response:
        """Take a provider's events; nothing is said of what is in them."""
        headers = request.headers
        signature, timestamp = headers.get(SIGNATURE), headers.get(TIMESTAMP)
        body = await request.body()

        def receive() -> Reception:
            return self._desk.receive(body, signature=signature, timestamp=timestamp)

        taken = await run_in_threadpool(receive)
        return PlainTextResponse(taken.value, status_code=_STATUS[taken])

    async def health(self, request: Request) -> Response:
        """Say whether the server can do its work."""
        del request
        health = await run_in_threadpool(self._desk.health)
        last = health.last_event
        return JSONResponse(
            {
                "database": health.answers,
                "schema": health.schema,
                "current": health.current,
                "last_event": None if last is None else last.isoformat(),
            },
            status_code=200 if health.answers and health.current else 503,
        )

    def missing(self) -> Response:
        """Say that there is no such page, whatever is wrong with the link."""
        texts = self._pages.texts
        return self._message(texts.missing_title, texts.missing_text, status=404)

    def method(self, allow: str) -> Response:
        """Say that a page cannot be asked in this way."""
        texts = self._pages.texts
        answer = self._message(texts.method_title, texts.method_text, status=405)
        answer.headers["Allow"] = allow
        return answer

    def large(self) -> Response:
        """Say that too much was sent."""
        texts = self._pages.texts
        answer = self._message(texts.large_title, texts.large_text, status=413)
        answer.headers["Connection"] = "close"
        return answer

    def unread(self) -> Response:
        """Say that a form cannot be read."""
        texts = self._pages.texts
        return self._message(texts.unread_title, texts.unread_text, status=400)

    def often(self) -> Response:
        """Say that too many ask."""
        texts = self._pages.texts
        answer = self._message(texts.often_title, texts.often_text, status=429)
        answer.headers["Retry-After"] = "60"
        return answer

    def busy(self) -> Response:
        """Say that nothing could be written down just now."""
        texts = self._pages.texts
        answer = self._message(texts.busy_title, texts.busy_text, status=503)
        answer.headers["Retry-After"] = "60"
        return answer

    def _nobody(self, request: Request, purpose: Purpose) -> Response:
        """Say whose link it is that is no reader's: a test's, or nobody's at all."""
        if not self._desk.is_trial(request.path_params["token"], purpose):
            return self.missing()
        texts = self._pages.texts
        return self._message(texts.trial_title, texts.trial_text)

    async def _visitor(self, request: Request, purpose: Purpose) -> Visitor | None:
        token = request.path_params["token"]
        return await run_in_threadpool(self._desk.visitor, token, purpose)

    async def _form(self, request: Request) -> FormData:
        return await request.form(max_files=0, max_fields=FIELDS)

    async def _asking(self, asking: Asking, said: str = "") -> Response:
        texts = self._pages.texts
        choices = await run_in_threadpool(self._desk.offered)
        page = Page(
            template="subscribe.html.j2",
            title=texts.ask_title,
            paragraphs=(self._pages.words(texts.ask_text),),
            said=said,
            choices=choices if len(choices) > 1 else (),
            name=asking.name,
            email=asking.email,
        )
        return self._show(page, status=422 if said else 200)

    def _preferences(self, visitor: Visitor, said: str = "") -> Response:
        texts = self._pages.texts
        if visitor.status is not Status.ACTIVE:
            return self._ended()
        return self._show(
            Page(
                template="preferences.html.j2",
                title=texts.choose_title,
                paragraphs=(self._pages.words(texts.choose_text, visitor.address),),
                said=said,
                choices=visitor.choices,
                name=visitor.name,
            )
        )

    def _confirmed(self, visitor: Visitor) -> Response:
        texts = self._pages.texts
        if visitor.status is not Status.ACTIVE:
            return self._ended()
        return self._message(
            texts.confirmed_title,
            self._pages.words(texts.confirmed_text, visitor.address),
        )

    def _left(self) -> Response:
        texts = self._pages.texts
        return self._parted(texts.left_title, texts.left_text, texts.left_again)

    def _ended(self) -> Response:
        texts = self._pages.texts
        return self._parted(texts.ended_title, texts.ended_text, texts.ask_link)

    def _parted(self, title: str, text: str, words: str) -> Response:
        link = Link(address=f"{self._prefix}/subscribe", words=words)
        return self._show(
            Page(
                template="message.html.j2",
                title=title,
                paragraphs=(self._pages.words(text),),
                links=(link,),
            )
        )

    def _message(self, title: str, text: str, *, status: int = 200) -> Response:
        page = Page(template="message.html.j2", title=title, paragraphs=(text,))
        return self._show(page, status=status)

    def _show(self, page: Page, *, status: int = 200) -> Response:
        return HTMLResponse(self._pages.fill(page), status_code=status)


def _field(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""


def _fields(form: FormData, name: str) -> frozenset[str]:
    return frozenset(one for one in form.getlist(name) if isinstance(one, str))
