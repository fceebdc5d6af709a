"""The mail programs that a paper's readers use."""

from __future__ import annotations

from enum import StrEnum


class MailClient(StrEnum):
    """A mail program, or a family of them that behave alike."""

    APPLE_MAIL = "apple-mail"  #: Apple Mail on iPhone, iPad and Mac.
    GMAIL = "gmail"  #: Gmail in the browser and in its apps.
    GMAIL_MOBILE_WEB = "gmail-mobile-web"  #: Gmail in a telephone's browser.
    OUTLOOK_WINDOWS = "outlook-windows"  #: Classic Outlook, which draws with Word.
    OUTLOOK_COM = "outlook-com"  #: Outlook.com, and the new Outlook for Windows.
    OUTLOOK_MAC = "outlook-mac"  #: Outlook for Mac.
    OUTLOOK_MOBILE = "outlook-mobile"  #: Outlook on telephones.
    YAHOO = "yahoo"  #: Yahoo Mail in the browser and in its apps.
    AOL = "aol"  #: AOL Mail likewise.
    SAMSUNG_EMAIL = "samsung-email"  #: The mail app on Samsung's telephones.
    THUNDERBIRD = "thunderbird"  #: Mozilla Thunderbird.
    PROTON_MAIL = "proton-mail"  #: Proton Mail in the browser and in its apps.
    FASTMAIL = "fastmail"  #: Fastmail in the browser.
    HEY = "hey"  #: HEY in the browser.
    GMX = "gmx"  #: GMX in the browser and in its apps.
    WEB_DE = "web-de"  #: WEB.DE likewise.
    IONOS = "ionos"  #: IONOS (1&1) likewise.
    MAIL_RU = "mail-ru"  #: Mail.ru in the browser.
    ORANGE = "orange"  #: Orange in the browser and in its apps.
    SFR = "sfr"  #: SFR likewise.
    LA_POSTE = "la-poste"  #: Laposte.net in the browser.


#: Whom a paper that names none is read with: nine of ten readers in most lists.
USUAL_CLIENTS = (
    MailClient.APPLE_MAIL,
    MailClient.GMAIL,
    MailClient.OUTLOOK_WINDOWS,
    MailClient.OUTLOOK_COM,
    MailClient.OUTLOOK_MOBILE,
    MailClient.YAHOO,
    MailClient.SAMSUNG_EMAIL,
)
