"""Articles in other scripts are set, tagged with their text, and read back."""

from __future__ import annotations

import pytest

from press.manifest.layout import read_layout
from tests.newspaper import Newspaper

#: Language: the script of its face, a headline, a paragraph.
COPY = {
    "ar": (
        "Arabic",
        "كيف تصنع الجريدة",
        (
            "في كل شهر تُطبع جريدة صغيرة (في سنة 2024) وتصل بالبريد إلى القرّاء. لا إعلانات"
            " فيها، ولذلك لا تخشى أحدًا. يختار المحرّر المقالات من press ثم تُبنى الصفحات."
        ),
    ),
    "fa": (
        "Arabic",
        "روزنامه چگونه ساخته می‌شود",
        (
            "هر ماه روزنامه‌ای کوچک چاپ می‌شود و با پست به دست خوانندگان می‌رسد. در آن آگهی"
            " نیست و از این رو از کسی نمی‌ترسد. چاپخانه صفحه‌ها را روی کاغذ می‌آورد."
        ),
    ),
    "he": (
        "Hebrew",
        "איך נעשה עיתון",
        (
            "בכל חודש נדפס עיתון קטן (בשנת 2024) ומגיע בדואר אל הקוראים. אין בו מודעות, ולכן"
            " אינו חושש מאיש. העורכת בוחרת כתבות, ו-press בונה את העמודים."
        ),
    ),
    "hi": (
        "Devanagari",
        "समाचार पत्र कैसे बनता है",
        (
            "हर महीने एक छोटा समाचार पत्र छपता है और डाक से पाठकों तक पहुँचता है। इसमें विज्ञापन"
            " नहीं होते, इसलिए इसे किसी से डरने की ज़रूरत नहीं।"
        ),
    ),
    "ja": (
        "Han",
        "新聞はどう作られるか",
        (
            "毎月、小さな新聞が印刷され、郵便で読者に届きます（2024年）。広告はありません。"
            "だから誰も恐れません。編集者が記事を選び、pressがページを組みます。"
        ),
    ),
    "ru": (
        "",
        "Как делают газету",
        (
            "Каждый месяц печатают маленькую газету, и почта приносит её читателям. Рекламы в"
            " ней нет, и потому она никого не боится. Страницы собирает программа."
        ),
    ),
}

pytestmark = pytest.mark.rendered


@pytest.fixture
def paper(newspaper: Newspaper) -> Newspaper:
    layout = read_layout(newspaper.root, "a4").value
    assert layout is not None
    missing = {script for script, _, _ in COPY.values() if script} - {
        face.script for face in layout.faces
    }
    if missing:
        pytest.skip(f"no face for {', '.join(sorted(missing))}: install Noto's")
    articles = []
    for number, (lang, (_, title, text)) in enumerate(COPY.items()):
        direction = "rtl" if lang in {"ar", "fa", "he"} else "ltr"
        front = f"title: {title}\nlang: {lang}\ndir: {direction}\nbyline: [Ada Marsh]"
        body = "\n\n".join([text, f"- {text}", *[text] * 7])
        newspaper.article(lang, f"---\n{front}\n---\n\n{body}\n")
        priority = 1 if number == 0 else 3
        articles.append(f"        - {{article: {lang}, priority: {priority}}}")
    newspaper.plan(
        "    - section: News\n      articles:\n" + "\n".join(articles) + "\n", "auto"
    )
    return newspaper


def test_every_script_is_set_and_read_back_word_for_word(paper: Newspaper) -> None:
    done = paper.build()

    assert done.returncode == 0, done.stderr
    assert [
        code for code in paper.codes() if code.startswith(("proof.", "page."))
    ] == []
    printed = {
        one["article"]
        for page in paper.read("flatplan.json")["pages"]
        for one in page["articles"]
    }
    assert printed == set(COPY)
