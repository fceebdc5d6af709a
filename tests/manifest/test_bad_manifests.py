"""What an editor can get wrong in press.yaml and edition.yaml, and what press says."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.manifest.builders import Paper

E = "editions/2024-09/edition.yaml"
P = "press.yaml"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake, and the one finding it must give."""

    name: str
    file: str
    old: str
    new: str
    at: str
    code: str
    says: str
    hint: str


SYNTAX = [
    Mistake("tab", E, "  number: 67", "\tnumber: 67", "4:1", "manifest.syntax",
            "a tab is used to indent this line", "replace the tab with spaces"),
    Mistake("no-break space as indentation", E, "  number: 67", "\u00a0\u00a0number: 67",
            "4:1", "manifest.syntax", "an invisible no-break space is used to indent",
            "retype the spaces"),
    Mistake("no-break space after the colon", E, "number: 67", "number:\u00a067", "4:10",
            "manifest.syntax", "no-break space stands after the colon", "retype the space"),
    Mistake("second colon", E, "title: September 2024", "title: September: the water issue",
            "5:19", "manifest.syntax", "a second colon on this line confuses YAML",
            'put the value in quotes: title: "September: the water issue"'),
    Mistake("second colon in braces", E, "priority: 2, columns: 3}",
            "priority: 2, headline: Post: a history}", "17:60", "manifest.syntax",
            "a second colon in this value", "put the value in quotes"),
    Mistake("typographic opening quote", E, 'subject: "September: what the salt tax cost"',
            "subject: “September: what the salt tax cost", "24:12", "manifest.syntax",
            "this typographic quotation mark means nothing", "straight quotation marks"),
    Mistake("typographic quotes around a value", E, "preheader: And who paid it",
            "preheader: “And who paid it”", "25:14", "manifest.quotes",
            "the quotation marks here are typographic", "straight quotes"),
    Mistake("indented too deep", E, "      pages: 10-11", "       pages: 10-11", "20:8",
            "manifest.syntax", "indented by 7 spaces, which fits none of its neighbours",
            "line it up with “section” on line 19 (6 spaces)"),
    Mistake("indented too little", E, "  title: September 2024", " title: September 2024",
            "5:2", "manifest.syntax", "indented by 1 space, which fits none",
            "line it up with “number” on line 4 (2 spaces)"),
    Mistake("list item indented too deep", E, "        - mills", "          - mills",
            "18:11", "manifest.syntax", "indented by 10 spaces",
            "line it up with line 17 (8 spaces)"),
    Mistake("list item that continues the one above", E, "        - mills",
            "        - mills\n          - leader", "19:11", "manifest.syntax",
            "this list item is indented deeper than the text above it",
            "line the dashes up"),
    Mistake("unclosed quotation mark", E, 'what the salt tax cost"', "what the salt tax cost",
            "24:12", "manifest.syntax", "this quotation mark is never closed",
            'the closing "'),
    Mistake("unclosed quotation mark before a quoted value", E, "title: September 2024",
            'title: "September 2024', "5:10", "manifest.syntax",
            "this quotation mark is never closed", 'the closing "'),
    Mistake("text after a closing quotation mark", E, "title: September 2024",
            'title: "September" 2024', "5:22", "manifest.syntax",
            "goes on after its closing quotation mark", "the whole value"),
    Mistake("unclosed bracket", E, "articles: [penny-post, leader]",
            "articles: [penny-post, leader", "27:13", "manifest.syntax",
            "this bracket [ is never closed", "put the closing ]"),
    Mistake("mixed brackets", E, "exclude: [bounced]}", "exclude: [bounced}}", "30:45",
            "manifest.syntax", "a comma or the closing ] is missing", "brackets"),
    Mistake("value that begins with @", E, "price: £3.95", "price: @3.95", "7:10",
            "manifest.syntax", "a value may not begin with “@”", "in quotes"),
    Mistake("value that begins with %", E, "price: £3.95", "price: %3.95", "7:10",
            "manifest.syntax", "a value may not begin with “%”", "in quotes"),
    Mistake("value that begins with a backtick", E, "price: £3.95", "price: `3.95`", "7:10",
            "manifest.syntax", "a value may not begin with “`”", "in quotes"),
    Mistake("value that begins with >", E, "price: £3.95", "price: > 3.95", "7:10",
            "manifest.syntax", "a value may not begin with “>”", "in quotes"),
    Mistake("list on the line of its name", E, "price: £3.95", "price: - 3.95", "7:10",
            "manifest.syntax", "a list cannot begin on the line of its name", "next line"),
    Mistake("no space after the colon", E, "  price: £3.95", "  price:£3.95", "7:8",
            "manifest.syntax", "a space is missing after the colon", "write price: £3.95"),
    Mistake("no colon", E, "  price: £3.95", "  price £3.95", "7:3", "manifest.syntax",
            "this line has no colon", "name: value"),
    Mistake("unknown escape", E, "price: £3.95", 'price: "\\£3.95"', "7:11",
            "manifest.syntax", "“\\£” means nothing", "single quotation marks"),
    Mistake("escape beyond the last character", E, "price: £3.95",
            'price: "\\U00110000"', "7:11", "manifest.syntax", "“\\U00110000” means nothing",
            "single quotation marks"),
    Mistake("directive", E, "press: 1\n", "%YAML 1.1\n---\npress: 1\n", "1:1",
            "manifest.syntax", "lines that begin with “%” are not used here", "delete"),
    Mistake("second document", E, "digest:\n", "---\ndigest:\n", "23:1", "manifest.syntax",
            "a second document begins here", "delete the line"),
    Mistake("list as a name", E, "price: £3.95", "[price]: £3.95", "7:9", "manifest.syntax",
            "cannot be the name of a setting", "in quotes"),
    Mistake("alias", E, "price: £3.95", "price: *old", "7:10", "manifest.anchor",
            "“*old” is an alias", "in quotes"),
    Mistake("anchor", E, "price: £3.95", "price: &old £3.95", "7:10", "manifest.anchor",
            "“&old” is an anchor", "in quotes"),
    Mistake("merge key", E, "  price: £3.95", "  <<: {price: £3.95}", "7:3",
            "manifest.anchor", "merge keys", "write the settings out"),
    Mistake("tag", E, "price: £3.95", "price: !!python/object/apply:os.system [ls]", "7:10",
            "manifest.tag", "“!” begins a YAML tag", "in quotes"),
    Mistake("same name twice", E, "  price: £3.95", "  title: October", "7:3",
            "manifest.duplicate-key", "“title” is given twice (first on line 5)",
            "delete one of them"),
    Mistake("comment that eats a value", E, "title: September 2024",
            "title: September #67", "5:20", "manifest.comment", "is a comment",
            "in quotes"),
    Mistake("control character", E, "title: September 2024", "title: Sep\u0007tember",
            "5:13", "manifest.control-character", "holds U+0007 (a control character)",
            "delete it"),
    Mistake("line separator", E, "title: September 2024", "title: Sep\u009dtember", "5:13",
            "manifest.control-character", "holds U+009D", "delete it"),
    Mistake("half of a broken character", E, "title: September 2024",
            'title: "Sep\\ud800"', "5:10", "manifest.control-character",
            "U+D800 (half of a broken character)", "delete it"),
    Mistake("wrongly decoded", E, "And who paid it", "Whoâ€™s who", "25:17",
            "manifest.suspicious", "“â€™” looks like a wrongly decoded “’”", "write it anew"),
]  # fmt: skip

VALUES = [
    Mistake("unknown setting", E, "      articles:\n", "      artciles:\n", "15:7",
            "manifest.unknown-key", "“artciles” is not a setting here",
            "did you mean “articles”?"),
    Mistake("setting that belongs elsewhere", E, "  number: 67\n",
            "  number: 67\n  layout: tabloid\n", "5:3", "manifest.unknown-key",
            "“layout” is not a setting here", "it belongs under print"),
    Mistake("hold_untl", E, "send:\n", "send:\n  hold_untl: printed\n", "30:3",
            "manifest.unknown-key", "“hold_untl” is not a setting here",
            "write needs: [printed] in the step that must wait"),
    Mistake("comma in a value in braces", E, "priority: 2, columns: 3}",
            "headline: Letters, stamps and mail}", "17:52", "manifest.unknown-key",
            "“stamps and mail” is not a setting here", "a comma ends a value"),
    Mistake("missing setting", E, "  title: September 2024\n", "", "2:1",
            "manifest.missing-key", "“title” is missing here",
            "Write title: September 2024"),
    Mistake("missing setting in a list", E, "    - section: Comment\n      pages: 10-11\n",
            "    - pages: 10-11\n", "19:7", "manifest.missing-key",
            "“section” is missing here", "Write section: News"),
    Mistake("empty setting", E, "title: September 2024", "title:", "5:3",
            "manifest.missing-key", "“title” is empty", "Write title: September 2024"),
    Mistake("format version", E, "press: 1", "press: 2", "1:8", "manifest.version",
            "this file is in format “2”; this press reads 1", "update press"),
    Mistake("leading zero", E, "number: 67", "number: 010", "4:11", "manifest.type",
            "“010” is not a whole number", "write 10"),
    Mistake("word for a number", E, "number: 67", "number: sixty-seven", "4:11",
            "manifest.type", "a whole number is needed here, not “sixty-seven”", "digits"),
    Mistake("thousands comma", E, "number: 67", "number: 1,067", "4:11", "manifest.type",
            "“1,067” is not a whole number", "write 1067"),
    Mistake("zero", E, "number: 67", "number: 0", "4:11", "manifest.type",
            "“0” is too small", "the least is 1"),
    Mistake("priority out of range", E, "priority: 2", "priority: 6", "17:43",
            "manifest.type", "“6” is too large", "the most is 5"),
    Mistake("page count in words", E, "pages: 16", "pages: lots", "10:10", "manifest.type",
            "a whole number is needed here, not “lots”", "digits"),
    Mistake("date that does not exist", E, "on_sale: 2024-08-30", "on_sale: 2024-02-30",
            "6:12", "manifest.date", "2024-02-30 does not exist",
            "February 2024 has 29 days"),
    Mistake("month that does not exist", E, "on_sale: 2024-08-30", "on_sale: 2024-13-01",
            "6:12", "manifest.date", "2024-13-01 does not exist", "01 to 12"),
    Mistake("date with slashes", E, "on_sale: 2024-08-30", "on_sale: 30/8/24", "6:12",
            "manifest.date", "“30/8/24” is not a date",
            "write it as 2024-08-30 (30 August 2024)"),
    Mistake("date in words", E, "on_sale: 2024-08-30", "on_sale: 30 August 2024", "6:12",
            "manifest.date", "“30 August 2024” is not a date", "write it as 2024-08-30"),
    Mistake("no date at all", E, "on_sale: 2024-08-30", "on_sale: soon", "6:12",
            "manifest.date", "“soon” is not a date", "write it as 2024-08-30"),
    Mistake("on sale in another month", E, "on_sale: 2024-08-30", "on_sale: 2024-10-02",
            "6:12", "manifest.date", "that day does not belong to edition 2024-09",
            "in its month or in the month before"),
    Mistake("language with underscore", E, "  price: £3.95", "  lang: en_GB", "7:9",
            "manifest.type", "“en_GB” is not a language tag", "write en-GB"),
    Mistake("language in words", E, "  price: £3.95", "  lang: English", "7:9",
            "manifest.type", "“English” is not a language tag", "write it as en-GB"),
    Mistake("id of another folder", E, "id: 2024-09", "id: 2024-08", "3:7", "manifest.id",
            "this is edition 2024-09 by its folder, but 2024-08 by its id",
            "write id: 2024-09"),
    Mistake("odd id", E, "id: 2024-09", "id: 2024-9", "3:7", "manifest.type",
            "“2024-9” is not an edition's name", "write 2024-09"),
    Mistake("text that shows nothing", E, "title: September 2024", 'title: "\u200b "',
            "5:10", "manifest.type", "this one shows nothing", ""),
    Mistake("list for a text", E, "title: September 2024", "title: [September, 2024]",
            "5:10", "manifest.type", "a text is needed here, not a list", ""),
    Mistake("text for a list", E, "      articles: [leader]", "      articles: Our leader",
            "22:17", "manifest.type", "a list is needed here, not “Our leader”",
            "[one, two]"),
    Mistake("text for settings", E, "priority: 2, columns: 3}", "picture: none}", "17:42",
            "manifest.type", "settings are needed here, not “none”", "write {crop: …}"),
    Mistake("empty list item", E, "        - mills", "        - mills\n        -", "19:9",
            "manifest.type", "nothing is given here", ""),
    Mistake("neither yes nor no", E, "priority: 2, columns: 3}",
            "picture: {off: maybe}}", "17:48", "manifest.type",
            "yes or no is needed here, not “maybe”", "write yes or no"),
    Mistake("ratio with a stroke", E, "priority: 2, columns: 3}",
            "picture: {crop: 3/2}}", "17:49", "manifest.type", "“3/2” is not a ratio",
            "3:2"),
    Mistake("extreme ratio", E, "priority: 2, columns: 3}", "picture: {crop: 16:1}}",
            "17:49", "manifest.type", "16:1 is too extreme", "5:1"),
    Mistake("focus outside the picture", E, "priority: 2, columns: 3}",
            "picture: {focus: [50, 30]}}", "17:50", "manifest.type",
            "this point lies outside the picture", "[0.5, 0.3]"),
    Mistake("one number for a focus", E, "priority: 2, columns: 3}",
            "picture: {focus: 0.5}}", "17:50", "manifest.type", "two numbers are needed",
            "[0.5, 0.3]"),
    Mistake("pages backwards", E, "pages: 10-11", "pages: 11-10", "20:14", "manifest.type",
            "“11-10” runs backwards", "write it as 10-11"),
    Mistake("pages in words", E, "pages: 10-11", "pages: ten to eleven", "20:14",
            "manifest.type", "is not a range of pages", "10-11"),
    Mistake("title for an article's name", E, "- mills", "- Dark Mills", "18:11",
            "manifest.type", "“Dark Mills” is not a name", "write dark-mills"),
    Mistake("path for an article's name", E, "- mills", "- articles/mills/index.md",
            "18:11", "manifest.type", "is not a name", "write mills"),
    Mistake("article outside the folder", E, "- mills", "- ../../notes.md", "18:11",
            "article.outside", "“../../notes.md” lies outside this newspaper's folder",
            "the article's name only"),
    Mistake("time in words", E, "at: 2024-08-29 16:00", "at: Tuesday 4pm", "32:49",
            "manifest.time", "“Tuesday 4pm” is not a time",
            "write a time as 2024-08-27 16:00"),
    Mistake("time with a zone", E, "at: 2024-08-29 16:00", "at: 2024-08-29T16:00Z", "32:49",
            "manifest.time", "names a time zone", "in the paper's own zone"),
    Mistake("hour that does not exist", E, "at: 2024-08-29 16:00", "at: 2024-08-29 25:00",
            "32:49", "manifest.time", "there is no 25:00 o'clock", "00 to 23"),
    Mistake("share without sign", E, "share: 2%", "share: 2", "33:29", "manifest.type",
            "“2” is not a percentage", "write 2%"),
    Mistake("share above all", E, "share: 2%", "share: 200%", "33:29", "manifest.type",
            "200% is out of range", "100%"),
    Mistake("odd speed", E, "rate: 2000/minute", "rate: fast", "34:77", "manifest.type",
            "“fast” is not a speed", "2000/minute"),
    Mistake("odd mail address", E, "to: [desk@lamp.example]", "to: [desk at lamp]", "32:25",
            "manifest.type", "“desk at lamp” is not a mail address", "desk@quoin.example"),
]  # fmt: skip

PLAN = [
    Mistake("22 pages", E, "pages: 16", "pages: 22", "10:10", "manifest.page-count",
            "22 pages cannot be folded: the count must be a multiple of 4",
            "use 20 or 24"),
    Mistake("misspelt layout", E, "layout: tabloid", "layout: tablod", "9:11",
            "plan.unknown-layout", "there is no layout “tablod”",
            "did you mean “tabloid”?"),
    Mistake("misspelt template", E, "template: comment", "template: coment", "21:17",
            "plan.unknown-template", "no page template “coment” in layouts/tabloid",
            "did you mean “comment”?"),
    Mistake("misspelt article", E, "- mills", "- mill", "18:11", "article.missing",
            "no article “mill” (looked for editions/2024-09/articles/mill/index.md)",
            "did you mean “mills”?"),
    Mistake("article twice", E, "- mills", "- mills\n        - mills", "19:11",
            "article.twice", "“mills” is planned twice (first on line 18)", "jump: PAGE"),
    Mistake("unknown house ad", E, "house_ads: [subscribe]", "house_ads: [subscibe]",
            "11:15", "plan.unknown-house-ad", "there is no house ad “subscibe”",
            "did you mean “subscribe”?"),
    Mistake("house ad for the other channel", E, "house_ads: [subscribe]",
            "house_ads: [tip]", "11:15", "plan.house-ad-channel",
            "house ad “tip” is not made for print", "add print"),
    Mistake("claim beyond the end", E, "pages: 10-11", "pages: 16-17", "20:14",
            "plan.page-beyond", "“Comment” asks for page 17, but the edition has 16 pages",
            "up to 16"),
    Mistake("claims that overlap", E, "pages: 10-11", "pages: 4-5", "20:14",
            "plan.pages-twice", "page 4 is claimed twice (also by “News” on line 14)",
            "one section"),
    Mistake("claims out of order", E, "pages: 1-4", "pages: 12-15", "20:14",
            "plan.pages-order", "“Comment” claims pages before those of “News” (line 14)",
            "the order of their pages"),
    Mistake("spread that does not face", E, "pages: 10-11", "pages: 5-6", "20:14",
            "plan.not-facing", "pages 5 and 6 do not face each other",
            "write 4-5 or 6-7"),
    Mistake("pin beyond the end", E, "articles: [leader]",
            "articles: [{article: leader, page: 20}]", "22:42", "plan.page-beyond",
            "“leader” asks for page 20", "up to 16"),
    Mistake("pin outside its section", E, "priority: 2, columns: 3}", "page: 7}", "17:39",
            "plan.page-outside", "asks for page 7, but “News” has pages 1–4",
            "another section"),
    Mistake("jump backwards", E, "priority: 1, jump: 3}", "priority: 1, page: 4, jump: 3}",
            "16:59", "plan.jump", "cannot continue on page 3: it begins on page 4",
            "from 5 on"),
    Mistake("jump beyond the end", E, "jump: 3}", "jump: 33}", "16:50",
            "plan.page-beyond", "the jump of “salt-tax” asks for page 33", "up to 16"),
    Mistake("two leads", E, "priority: 2, columns: 3}", "priority: 1}", "17:43",
            "plan.slot-taken", "already has a lead: “salt-tax” on line 16", "priority 2"),
    Mistake("section without articles", E, "      articles: [leader]\n",
            "      articles: []\n    - section: Last\n      articles: [leader]\n", "19:16",
            "plan.no-articles", "section “Comment” has no articles", "delete the section"),
    Mistake("section twice", E, "- section: Comment", "- section: News", "19:16",
            "plan.section-twice", "section “News” is given twice (first on line 13)",
            "into one"),
    Mistake("digest names an article twice", E, "[penny-post, leader]",
            "[penny-post, salt-tax]", "27:26", "article.twice",
            "“salt-tax” is in the digest twice (first on line 26)", "delete one of them"),
    Mistake("digest article not in print", E, "      articles: [leader]",
            "      articles: [spare]", "27:26", "plan.not-printed",
            "“leader” is in the digest, but not in print", "list it in a section"),
    Mistake("digest's house ad unknown", E, "house_ad: subscribe", "house_ad: tpi", "28:13",
            "plan.unknown-house-ad", "there is no house ad “tpi”", "tip"),
    Mistake("need that is no step", E, "needs: [canary]", "needs: [canry]", "34:62",
            "plan.send-needs", "step “all” needs “canry”, which is not a step",
            "did you mean “canary”?"),
    Mistake("need of a later step", E, "needs: [desk, approved]", "needs: [all]", "33:63",
            "plan.send-order", "needs “all”, which comes after it", "earlier step"),
    Mistake("step before what it needs", E, "at: 2024-08-30 07:30", "at: 2024-08-30 06:30",
            "34:36", "plan.send-order",
            "step “all” comes before “canary” (2024-08-30 07:00 on line 33)",
            "after the steps it needs"),
    Mistake("steps out of order", E, "at: 2024-08-30 07:00, needs: [desk, approved]",
            "at: 2024-08-28 07:00, needs: [approved]", "33:37", "plan.send-order",
            "step “canary” comes before “desk”", "in the order of their times"),
    Mistake("time in the gap", E, "at: 2024-08-29 16:00", "at: 2024-03-31 01:30", "32:49",
            "mailing.time", "01:30 does not exist on 2024-03-31 in Europe/London",
            "use 02:30 or 00:59"),
    Mistake("time that exists twice", E, "at: 2024-08-30 07:30", "at: 2024-10-27 01:30",
            "34:36", "mailing.time",
            "01:30 exists twice on 2024-10-27 in Europe/London: first at 00:30 UTC, then at"
            " 01:30 UTC", "add fold: first or fold: second to the step"),
    Mistake("year without its zone", E, "at: 2024-08-30 07:30", "at: 9999-12-31 23:59",
            "34:36", "mailing.time", "no mail goes out in the year 9999", "correct the year"),
    Mistake("year before all mail", E, "at: 2024-08-29 16:00", "at: 0001-01-01 00:00",
            "32:49", "mailing.time", "no mail goes out in the year 1", "correct the year"),
    Mistake("fold of a time that exists once", E, "at: 2024-08-30 07:30",
            "at: 2024-08-30 07:30, fold: second", "34:60", "mailing.time",
            "07:30 exists once on 2024-08-30", "leave it out"),
    Mistake("window without its unit", E, "  steps:\n    - {name: desk",
            "  window: 12\n  steps:\n    - {name: desk", "31:11", "manifest.type",
            "“12” is not a span of time", "write 12 h"),
    Mistake("window that is too long", E, "  steps:\n    - {name: desk",
            "  window: 4 days\n  steps:\n    - {name: desk", "31:11", "manifest.type",
            "4 days is out of range", "from 15 min to 72 h"),
    Mistake("last step leaves readers out", E, "share: rest", "share: 50%", "34:26",
            "plan.send-rest", "the last step, “all”, leaves readers out", "share: rest"),
    Mistake("nobody is left", E, "share: 2%", "share: rest", "34:26", "plan.send-rest",
            "nobody is left for step “all”", "only the last step"),
    Mistake("step to nobody", E, "to: [desk@lamp.example], ", "", "32:14",
            "plan.send-target", "step “desk” goes to nobody", "share: 2%"),
    Mistake("step to two", E, "share: 2%", "share: 2%, list: seeds", "33:14",
            "plan.send-target", "goes to list and share", "write to:"),
    Mistake("step twice", E, "name: canary", "name: desk", "33:14", "manifest.twice",
            "step “desk” is given twice (first on line 32)", "another name"),
    Mistake("step with a reserved name", E, "name: desk", "name: printed", "32:14",
            "plan.send-needs", "“printed” is press's own word", "another name"),
]  # fmt: skip

HOUSE = [
    Mistake("imprint without the printer's address", P,
            "  printer_address: [2 Wax Road, Hull]\n", "", "6:1", "manifest.missing-key",
            "“printer_address” is missing here", "which a printed paper must carry"),
    Mistake("empty printer's address", P, "printer_address: [2 Wax Road, Hull]",
            "printer_address: []", "10:20", "manifest.type", "this list is empty",
            "at least one"),
    Mistake("city for a zone", P, "timezone: Europe/London", "timezone: London", "4:11",
            "manifest.type", "“London” is not a time zone",
            "did you mean “Europe/London”?"),
    Mistake("misspelt zone", P, "timezone: Europe/London", "timezone: Europe/Lodnon",
            "4:11", "manifest.type", "is not a time zone",
            "did you mean “Europe/London”?"),
    Mistake("address without encryption", P, "website: https://lamp.example",
            "website: http://lamp.example", "5:10", "manifest.type",
            "is not a web address with https", "write https://lamp.example"),
    Mistake("address without scheme", P, "website: https://lamp.example",
            "website: lamp.example", "5:10", "manifest.type",
            "is not a web address with https", "write https://lamp.example"),
    Mistake("script for an address", P, "website: https://lamp.example",
            'website: "javascript:alert(1)"', "5:10", "manifest.type",
            "is not a web address with https", "https://quoin.example"),
    Mistake("address with a login", P, "website: https://lamp.example",
            "website: https://me:secret@lamp.example", "5:10", "manifest.type",
            "is not a web address with https", "https://quoin.example"),
    Mistake("link policy", P, "paper: qr", "paper: qrcode", "12:16", "manifest.choice",
            "“qrcode” is not one of: qr, endnotes, none", ""),
    Mistake("short address for all links", P, "{edition}-{n}", "{edition}", "12:27",
            "manifest.type", "is the same for every link", "put {n}"),
    Mistake("short address with an unknown name", P, "{edition}-{n}", "{issue}-{n}",
            "12:27", "manifest.type", "{issue} stands for nothing", "{edition} and {n}"),
    Mistake("word without hyphens", P, "[Za-por-izh-zhia]", "[Zaporizhzhia]", "13:15",
            "manifest.type", "shows no place to divide it", "Za-por-izh-zhia"),
    Mistake("misspelt mail program", P, "hyphenation:", "mail_clients: [gmial]\nhyphenation:",
            "13:16", "manifest.choice", "“gmial” is not one of: apple-mail",
            "did you mean “gmail”?"),
    Mistake("address for a domain", P, "email: digest@lamp.example",
            "email: digest@lamp.example, domain: digest@lamp.example", "11:62",
            "manifest.type", "is not a domain", "write lamp.example"),
    Mistake("house ad twice", P, "id: tip", "id: subscribe", "16:9", "manifest.twice",
            "house ad “subscribe” is given twice (first on line 15)", "another id"),
    Mistake("misspelt sender", P, "email: digest@", "emial: digest@", "11:26",
            "manifest.unknown-key", "“emial” is not a setting here",
            "did you mean “email”?"),
]  # fmt: skip

#: Mistakes that make others: what else is found then.
ALSO = {
    "list item that continues the one above": {"manifest.type"},
    "tag": {"manifest.type"},
    "claims out of order": {"plan.jump"},
    "digest article not in print": {"article.missing"},
    "step twice": {"plan.send-needs"},
}


@pytest.mark.parametrize(
    "mistake", [*SYNTAX, *VALUES, *PLAN, *HOUSE], ids=lambda mistake: mistake.name
)
def test_a_mistake_is_named_at_its_place_with_the_way_out(
    paper: Paper, mistake: Mistake
) -> None:
    paper.change(mistake.file, mistake.old, mistake.new)

    findings = paper.findings()

    found = next(each for each in findings if each.code == mistake.code)
    place = found.place
    assert place.column is not None
    assert place.source is not None
    assert f"{place.file}:{place.line}:{place.column}" == f"{mistake.file}:{mistake.at}"
    assert mistake.says in found.message
    assert mistake.hint in (found.hint or "")
    assert place.column - 1 + place.width <= len(place.source)
    others = {each.code for each in findings if each.code != mistake.code}
    assert others == ALSO.get(mistake.name, set())


def test_a_sound_paper_gives_no_findings(paper: Paper) -> None:
    findings = paper.findings()

    assert findings == ()


def test_all_mistakes_of_a_file_are_told_at_once(paper: Paper) -> None:
    paper.change(E, "  number: 67", "\tnumber: 010")
    paper.change(E, "title: September 2024", "title: September: the water issue")
    paper.change(E, "price: £3.95", "price: @3.95")
    paper.change(E, "pages: 16", "pages: 22")
    paper.change(E, "- mills", "- mill")
    paper.change(E, "      pages: 10-11", "       pages: 10-11")
    paper.change(E, 'what the salt tax cost"', "what the salt tax cost")
    paper.change(E, "send:\n", "send:\n  hold_untl: printed\n")
    paper.change(E, "share: 2%", "share: 2")

    findings = paper.findings()

    told = {(each.place.line, each.code) for each in findings}
    assert told == {
        (4, "manifest.syntax"),
        (4, "manifest.type"),
        (5, "manifest.syntax"),
        (7, "manifest.syntax"),
        (10, "manifest.page-count"),
        (18, "article.missing"),
        (20, "manifest.syntax"),
        (24, "manifest.syntax"),
        (30, "manifest.unknown-key"),
        (34, "manifest.type"),
    }


def test_one_broken_part_does_not_hide_mistakes_in_the_others(paper: Paper) -> None:
    paper.change(E, "  number: 67\n", "")
    paper.change(E, "- mills", "- mill")

    findings = paper.findings()

    assert [each.code for each in findings] == [
        "manifest.missing-key",
        "article.missing",
    ]


def test_an_edition_with_mistakes_keeps_what_could_be_read(paper: Paper) -> None:
    paper.change(E, "- mills", "- mill")

    edition = paper.read_edition().value

    assert edition is not None
    placed = [each.slug for part in edition.print.sections for each in part.articles]
    assert placed == ["salt-tax", "penny-post", "leader"]
    assert all(edition.article(slug) for slug in placed)


def test_a_missing_manifest_is_a_finding_that_says_how_to_write_one(
    paper: Paper,
) -> None:
    (paper.root / E).unlink()

    findings = paper.findings()

    assert [each.code for each in findings] == ["manifest.missing"]
    assert findings[0].hint == "write one with `press new 2024-09`"


@pytest.mark.parametrize("content", ["", "\n \n", "# nothing yet\n", "---\n---\n"])
def test_an_empty_manifest_is_said_to_be_empty(paper: Paper, content: str) -> None:
    paper.write(E, content)

    findings = paper.findings()

    assert findings[0].code in ("manifest.empty", "manifest.syntax")
    assert findings[0].place.line in (1, 2)


def test_a_folder_in_place_of_the_manifest_is_named(paper: Paper) -> None:
    (paper.root / E).unlink()
    (paper.root / E).mkdir()

    findings = paper.findings()

    assert [each.code for each in findings] == ["manifest.file"]
    assert "is a folder, not a file" in findings[0].message


def test_a_manifest_of_more_than_a_megabyte_is_refused(paper: Paper) -> None:
    paper.write(E, "#" * 1_000_001)

    findings = paper.findings()

    assert [each.code for each in findings] == ["manifest.file"]
    assert "1 MB is the limit" in findings[0].message


@pytest.mark.parametrize("deep", ["[" * 3000, "a: " + "{a: " * 3000, "- " * 3000])
def test_deep_nesting_is_refused_without_a_crash(paper: Paper, deep: str) -> None:
    paper.write(E, deep)

    findings = paper.findings()

    assert "manifest.too-deep" in {each.code for each in findings}


@pytest.mark.parametrize("word", ["NO", "off", "08", "1.10", "12:30:00", "1_000"])
def test_a_text_stays_what_the_editor_wrote(paper: Paper, word: str) -> None:
    paper.change(E, "title: September 2024", f"title: {word}")

    edition = paper.read_edition().value

    assert edition is not None
    assert edition.title == word


def test_an_edition_is_read_whole(paper: Paper) -> None:
    read = paper.read_edition()

    assert read.findings == ()
    edition = read.value
    assert edition is not None
    assert (edition.number, edition.price, edition.print.pages) == (67, "£3.95", 16)
    news, comment = edition.print.sections
    assert (news.pages, comment.pages, comment.template) == (
        (1, 4),
        (10, 11),
        "comment",
    )
    assert [(each.slug, each.priority, each.jump) for each in news.articles] == [
        ("salt-tax", 1, 3),
        ("penny-post", 2, None),
        ("mills", 3, None),
    ]
    assert news.articles[2].place.line == 18
    assert edition.digest is not None
    assert [item.slug for item in edition.digest.items[1:]] == ["penny-post", "leader"]
    assert edition.send is not None
    assert [step.share for step in edition.send.steps] == [None, 0.02, 1.0]
    assert edition.send.steps[2].rate == 2000
    assert {each.lang for each in edition.articles} == {"en-GB"}


@pytest.mark.parametrize(
    ("written", "meant"), [("auto", None), ("no", 0), ("3", 3)], ids=str
)
def test_a_jump_is_a_page_or_left_to_press_or_forbidden(
    paper: Paper, written: str, meant: int | None
) -> None:
    paper.change(E, "jump: 3", f"jump: {written}")

    edition = paper.read_edition().value

    assert edition is not None
    assert edition.print.sections[0].articles[0].jump == meant


def test_what_this_edition_changes_is_kept(paper: Paper) -> None:
    paper.change(
        E,
        "priority: 2, columns: 3}",
        "headline: Post, standfirst: '', cut: 300, page: 2, template: front,"
        " picture: {crop: 3:2, focus: [0.1, 0.9], off: yes}}",
    )

    read = paper.read_edition()

    assert read.findings == ()
    assert read.value is not None
    told = read.value.print.sections[0].articles[1]
    assert (told.headline, told.standfirst, told.cut) == ("Post", "", 300)
    assert (told.page, told.template) == (2, "front")
    assert told.picture.crop == pytest.approx(1.5)
    assert told.picture.focus is not None
    assert (told.picture.focus.x, told.picture.focus.y) == (0.1, 0.9)
    assert told.picture.off


def test_pages_may_be_left_to_press(paper: Paper) -> None:
    paper.change(E, "pages: 16", "pages: auto")

    read = paper.read_edition()

    assert read.findings == ()
    assert read.value is not None
    assert read.value.print.pages is None


def test_an_article_that_nobody_names_is_noted(paper: Paper) -> None:
    paper.article("spare", "---\ntitle: Spare\n---\n\nWords.\n")

    findings = paper.findings()

    assert [(each.code, each.place.article) for each in findings] == [
        ("article.unused", "spare")
    ]


def test_two_names_of_one_folder_are_one_article_planned_twice(paper: Paper) -> None:
    articles = paper.root / "editions/2024-09/articles"
    (articles / "twin").symlink_to(articles / "mills")
    paper.change(E, "- mills", "- mills\n        - twin")

    findings = paper.findings()

    twice = next(each for each in findings if each.code == "article.twice")
    assert "“twin” is the same folder as “mills” (line 18)" in twice.message
    assert (twice.place.line, twice.place.column) == (19, 11)
