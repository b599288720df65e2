# ruff: noqa: RUF001 - letters that look like others are what this is about
"""Every script is searched rightly, on either engine, before and after its words are bound."""

from __future__ import annotations

import pytest

from stories.archive import Archive, Question
from stories.archive.binding import bind
from stories.archive.learning import learn, spoken
from stories.archive.loose import loose_sheets

from .articles import article

TEXTS = {
    "zh": "中国政府昨天在北京宣布了新的经济政策。市场反应平静。",
    "zh-TW": "立法院昨天通過新的環境保護法，民眾表示歡迎。",
    "ja": "東京都知事は記者会見で、新しい防災計画を発表した。カタカナのニュース。",
    "ko": "서울시는 어제 새로운 교통 정책을 발표했다. 시민들은 환영했다.",
    "th": "รัฐบาลไทยประกาศนโยบายเศรษฐกิจใหม่เมื่อวานนี้ที่กรุงเทพมหานคร",
    "lo": "ລັດຖະບານລາວປະກາດນະໂຍບາຍໃໝ່ຢູ່ວຽງຈັນ",
    "km": "រដ្ឋាភិបាលកម្ពុជាប្រកាសគោលនយោបាយថ្មីនៅភ្នំពេញ",
    "my": "မြန်မာအစိုးရက ရန်ကုန်မြို့တွင် မူဝါဒအသစ်ကို ကြေညာသည်",
    "ar": "أعلنت الحكومةُ المصرية أمس في القاهرة سياسةً اقتصاديةً جديدة",
    "fa": "دولت ایران دیروز در تهران سیاست اقتصادی جدیدی را اعلام کرد",
    "he": "מֶמשלת ישראל הודיעה אתמול בירושלים על מדיניות כלכלית חדשה",
    "ru": "Правительство России вчера в Москве объявило о новой экономической политике ёлка",
    "uk": "Уряд України вчора в Києві оголосив нову економічну політику",
    "el": "Η κυβέρνηση της Ελλάδας ανακοίνωσε χθες στην Αθήνα νέα οικονομική πολιτική",
    "vi": "Chính phủ Việt Nam hôm qua tại Hà Nội công bố chính sách kinh tế mới, đường sắt",
    "hi": "भारत सरकार ने कल नई दिल्ली में नई आर्थिक नीति की घोषणा की",
    "ta": "தமிழ்நாடு அரசு நேற்று சென்னையில் புதிய கொள்கையை அறிவித்தது",
    "am": "የኢትዮጵያ መንግሥት ትናንት በአዲስ አበባ አዲስ ፖሊሲ አወጀ",
    "ka": "საქართველოს მთავრობამ გუშინ თბილისში ახალი პოლიტიკა გამოაცხადა",
    "de": "Die Straße zur Größe: über Fußgänger in Österreich",
    "tr": "Türkiye hükümeti dün İstanbul\u2019da yeni ışık politikasını açıkladı",
    "emoji": "The 🐋 swam — Ⅷ times — through ﬁne waters, ＦＵＬＬ ｗｉｄｔｈ ٣٤ ",
}

# What is typed, and whose text it finds.
FOUND = {
    "北京": {"zh"},
    "经济政策": {"zh"},
    "京宣": {"zh"},  # also across words
    "北 京": {"zh"},
    "北策": set(),  # each of them is there, but not in a row
    "政府 AND 市场": {"zh"},
    "环境": set(),  # the other way of writing is another word
    "環境保護": {"zh-TW"},
    "昨天": {"zh", "zh-TW"},
    "東京": {"ja"},
    "記者会見": {"ja"},
    "ｶﾀｶﾅ": {"ja"},  # half as wide
    "サッカー": set(),
    "서울": {"ko"},
    "교통 정책": {"ko"},
    "กรุงเทพ": {"th"},
    "เศรษฐกิจ": {"th"},
    "ວຽງຈັນ": {"lo"},
    "ភ្នំពេញ": {"km"},
    "ရန်ကုန်": {"my"},
    "الحكومة": {"ar"},  # with and without its vowels
    "القاهره OR القاهرة": {"ar"},
    "تهران": {"fa"},
    "ממשלת": {"he"},
    "בירושל*": {"he"},
    "МОСКВЕ": {"ru"},
    "елка": {"ru"},
    "политик*": {"ru"},
    "Києві": {"uk"},
    "ΑΘΗΝΑ": {"el"},
    "αθηνα": {"el"},
    "Việt Nam": {"vi"},
    "viet nam": {"vi"},
    "duong sat": {"vi"},
    "दिल्ली": {"hi"},
    "சென்னையில்": {"ta"},
    "አበባ": {"am"},
    "თბილისში": {"ka"},
    "strasse": {"de"},
    "GROSSE": {"de"},
    "fussganger": {"de"},
    "istanbul": {"tr"},
    "isik": {"tr"},
    "fine": {"emoji"},
    "full NEAR/1 WIDTH": {"emoji"},
    "34": {"emoji"},
    "viii": {"emoji"},
}


@pytest.mark.parametrize("are_bound", [False, True], ids=["loose", "bound"])
def test_every_script(archive: Archive, *, are_bound: bool) -> None:
    with archive.writing() as tx:
        for language, text in TEXTS.items():
            code = None if language == "emoji" else language
            tx.articles.add(article(language, title="-", text=text, language=code))
        if are_bound:
            learn(tx.connection, spoken(loose_sheets(tx.connection, {})))
            bind(tx.connection)
    with archive.reading() as tx:
        got = {
            typed: {one.article.key for one in tx.asking.articles(query=typed)} for typed in FOUND
        }
        assert got == FOUND
        for typed in FOUND:  # the sentence that answered is read out of the same words
            ids = tx.asking.newest(Question(query=typed))
            assert all(tx.asking.sentences(Question(query=typed), ids).values())
