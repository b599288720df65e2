"""What stands among the paragraphs of an article and is not its text."""

from __future__ import annotations

import re

from pipeline.blocks import HEADINGS, Block

_LONGEST_NOTICE = 340

_ALSO = re.compile(
    r"""\W*(?:
    (?:also|now)\ (?:read|see|watch|on)|read(?:\ (?:more|also|next|now|the\ full\ story))|related(?:\ (?:stories|articles?|
    links?|news|coverage|topics?|content|reading))?|more\ (?:on\ this|from|stories|about|news)|see\ also|see\ more|recommended|
    most\ (?:read|popular)|top\ stories|watch|editor'?s\ picks?|trending|you\ (?:may|might)\ (?:also\ )?like|don'?t\ miss|
    les(?:en|t)\ sie\ (?:auch|hier|mehr|dazu)|mehr\ (?:zum\ thema|themen|dazu|aus|lesen|von|infos)|auch\ interessant|lesen\ sie\ auch|
    das\ könnte\ (?:sie|dich)|weitere\ (?:artikel|themen|meldungen|nachrichten|infos)|siehe\ auch|zum\ thema|meistgelesen|
    ähnliche\ artikel|interessant|schwerpunkt|folgst\ du|passend\ dazu|mehr\ über|hintergründe|
    (?:à\ )?lire\ (?:aussi|également)|voir\ aussi|sur\ le\ même\ sujet|lee\ también|lea\ también|leer\ más|más\ (?:información|noticias)|
    te\ puede\ interesar|ver\ también|relacionad[ao]s?|leggi\ anche|potrebbe\ interessarti|leia\ (?:também|mais)|veja\ (?:também|mais)|
    lees\ ook|meer\ (?:over|nieuws)|läs\ (?:också|mer)|les\ (?:også|mer)|læs\ (?:også|mere)|lue\ myös|čtěte\ (?:také|také|více)|
    přečtěte\ si|mohlo\ by\ vás|czytaj\ (?:też|także|więcej)|zobacz\ (?:też|także)|читайте\ (?:также|ещё|еще)|читайте\ також|
    по\ теме|смотрите\ также|baca\ juga|đọc\ thêm|xem\ thêm|ilgili\ haberler|関連(?:記事|キーワード|ニュース|リンク)|あわせて読みたい|
    おすすめ|相关(?:新闻|阅读|文章)|延伸閱讀|관련\s?기사|주요\s?뉴스
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_NOTICE = re.compile(
    r"""(?:
    \bsubscribe\b.{0,60}(?:newsletter|channel|today|to\ (?:our|the|get))|sign\ up\ (?:for|to|here|today|now)|\bnewsletters?\b.{0,40}(?:here|inbox|sign)|
    follow\ (?:us|him|her|them|@|\w+\ on\ (?:twitter|facebook|x\b|instagram))|(?:straight|directly|right)\ (?:in|to|into)\ your\ inbox|in\ your\ inbox|
    all\ rights\ reserved|alle\ rechte\ vorbehalten|tous\ droits\ réservés|todos\ los\ derechos|tutti\ i\ diritti|все\ права\ защищены|
    ^\W*(?:copyright|©|\(c\)\ ?\d{4})|(?:post|leave|write)\ a\ comment|would\ you\ like\ to\ comment|comment\ policy|view\ comments|
    (?:log|sign)[ -]?in\ (?:to|or|now)\b|create\ (?:a\ free\ |an\ )?account\b|become\ a\ (?:member|subscriber|supporter)|donat(?:e\ (?:now|today|here)|ions?\ (?:are\ )?tax)|
    this\ (?:article|story|post)\ (?:was\ )?(?:originally|first)\ (?:appeared|published|posted)|first\ published\ (?:in|on|by)|
    have\ a\ (?:news\ )?tip|got\ a\ (?:story|tip)|may\ be\ reached\ at|e-?mail\ (?:the\ (?:writer|author)|us\ at|him|her)|
    supports?\ html5\ video|enable\ javascript|javascript\ (?:is\ )?(?:disabled|required)|browser\ (?:version\ )?(?:does\ not|with\ limited)|
    affiliate\ (?:links?|commission)|earn(?:s)?\ (?:an?\ )?(?:affiliate\ )?commission|we\ (?:use|earn)\ .{0,30}affiliate|
    hat\ ihnen\ dieser\ artikel|(?:mit|durch)\ (?:einer|ihrer?)\ spende|abonnier(?:e|en)\ (?:sie|den|unseren|hier)|newsletter\ (?:an|abonn|bestell|anmeld)|empfohlener\ (?:redaktioneller|externer)\ inhalt|
    (?:externe[rn]?\ inhalt).{0,60}(?:anzeig|redakt|angezeigt)|an\ dieser\ stelle\ finden\ sie|personenbezogene\ daten\ an\ dritt|
    senden\ sie\ uns|ihre\ meinung\ ist\ uns|wie\ hat\ ihnen\ dieser\ artikel|durchschnittliche\ bewertung|einloggen|jetzt\ (?:anmelden|abonnieren|testen)|
    tu\ suscripción\ se\ está|suscr[ií]bete|abonnez-vous|inscrivez-vous|iscriviti|assine\ (?:já|agora)|подпис(?:ывайтесь|аться)|підписуйтесь|
    有料会員|会員(?:限定|登録|向け)|無料会員|この記事は|購読|무단\s?전재|재배포\s?금지
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_CREDIT = re.compile(
    r"\W*(?:foto|photo|bild|image|picture|pic|fotos|photos|fotografie|grafik|quelle|source|video|credit|illustration|immagine|"
    r"imagen|фото|写真|사진|图片来源|ảnh|kuva|foto's|photograph|getty|afp|reuters|ap photo)s?\s*(?:credit|by|von|via)?\s*[:/©|]",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"[©ⓒ]\s?[^\W\d]|\((?:foto|photo|bild|image|picture|imago|afp|ap|reuters|getty|dpa|epa|file)\b[^()]{0,60}\)\W*\Z"
    r"|(?:\bfoto|\bphoto|\bbild|\bimage|\bpicture|\billustration|写真|사진)\s?(?:credit|by)?\s?[:：][^.!?]{2,60}\Z",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"\W*(?:published|updated|posted|last (?:updated|modified)|veröffentlicht|aktualisiert|stand|publié|mis à jour|actualizado|"
    r"publicado|pubblicato|aggiornato|opublikowano|обновлено|опубликовано|diperbarui|기사입력|입력|\W*\d{1,2}[./]\s?\d{1,2}[./])",
    re.IGNORECASE,
)


def is_link(block: Block) -> bool:
    """Whether a block is nothing but a link to another page, as teasers are."""
    chars = len(block.text)
    if block.linked < 0.75 * chars:
        return False
    return (
        block.tags[-1] in HEADINGS
        or "li" in block.tags[-3:]
        or len(block.text.split()) > 3
        or chars > 24
    )


def points_elsewhere(text: str) -> bool:
    """Whether a line begins as lines do that send the reader to other articles."""
    return _ALSO.match(text) is not None


def is_notice(text: str) -> bool:
    """Whether a line speaks for the outlet and not for the article: subscribe, follow, rights."""
    return len(text) < _LONGEST_NOTICE and _NOTICE.search(text) is not None


def is_credit(text: str) -> bool:
    """Whether a line names the source of a picture."""
    if len(text) < 120 and _CREDIT.match(text) is not None:
        return True
    return len(text) < 320 and _RIGHTS.search(text) is not None


def is_stamp(text: str) -> bool:
    """Whether a line is a date of publication or of an update and nothing more."""
    return len(text) < 90 and _UPDATED.match(text) is not None and any(c.isdigit() for c in text)
