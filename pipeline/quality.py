"""Which pages are not articles, and what they are instead."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from pipeline.address import is_story
from pipeline.plain import size
from pipeline.reading import Reading
from pipeline.structured import kinds
from stories.model import Dropped

_STUB = 110
"""A text of less than this many characters is no article, whatever claims to be one."""
_SHORT = 450
_STATEMENT = 1_800
_PARAGRAPH = 90

_SAYS = {
    "challenge": r"""just\ a\ moment|checking\ (?:your\ browser|if\ the\ site)|attention\ required|verify(?:ing)?\ (?:that\ )?you\ are\ (?:a\ )?(?:human|not\ a\ robot)|
        are\ you\ a\ (?:human|robot)|i'?m\ not\ a\ robot|captcha|pardon\ our\ interruption|ddos[- ]protection|access\ (?:to\ this\ page\ )?(?:has\ been\ )?denied|request\ blocked|
        unusual\ (?:traffic|activity)|bot\ detection|you\ have\ been\ blocked|enable\ (?:javascript|js)\ and\ cookies|security\ check|
        sind\ sie\ ein\ (?:mensch|roboter)|ihr\ browser\ wird\ (?:gerade\ )?(?:ge|über)prüft|zugriff\ (?:verweigert|gesperrt)|sicherheitsüberprüfung|
        vérification\ de\ (?:votre\ navigateur|sécurité)|accès\ (?:refusé|interdit)|êtes-vous\ (?:un\ )?(?:humain|robot)|
        comprobando\ (?:su|tu)\ navegador|acceso\ denegado|no\ soy\ un\ robot|verifica\ que\ eres\ humano|
        accesso\ negato|verifica\ (?:del\ browser|di\ essere\ umano)|non\ sono\ un\ robot|проверка\ браузера|доступ\ (?:запрещ[её]н|ограничен)|я\ не\ робот|подтвердите,\ что\ вы\ не\ робот|
        アクセスが拒否|ロボットではありません|请完成(?:安全)?验证|访问被拒绝|acesso\ negado|não\ sou\ um\ robô""",
    "not-found": r"""\b404\b|\b410\b|page\ (?:was\ )?not\ found|(?:page|article|story|content)\ (?:you\ (?:requested|are\ looking\ for)|(?:is\ )?no\ longer|(?:does\ not|doesn'?t)\ exist|(?:could\ not|cannot|can't)\ be\ found|has\ (?:been\ )?(?:moved|removed|expired))|
        oops.{0,40}(?:found|wrong|missing)|we\ can'?t\ find\ (?:the|that)|nothing\ (?:was\ )?found|
        seite\ (?:wurde\ )?(?:leider\ )?nicht\ (?:gefunden|vorhanden|mehr)|(?:artikel|beitrag|seite|inhalt)\ (?:ist|existiert|steht|wurde)\ (?:leider\ )?nicht\ mehr|(?:artikel|beitrag)\ nicht\ gefunden|
        page\ (?:introuvable|non\ trouvée)|cette\ page\ n'?existe|article\ (?:introuvable|n'est\ plus)|página\ no\ (?:encontrada|existe)|no\ (?:se\ )?(?:ha\ )?(?:encontrado|encuentra|hemos\ encontrado)|artículo\ no\ (?:encontrado|disponible)|
        pagina\ (?:non\ (?:trovata|esiste)|inesistente)|articolo\ non\ (?:trovato|disponibile)|страниц[аы]\ не\ (?:найдена|существует)|материал\ (?:не\ найден|удал[её]н)|
        ページが(?:見つかり|存在し)ません|お探しのページ|页面不存在|页面未找到|página\ não\ (?:encontrada|existe)|strona\ nie\ (?:została\ znaleziona|istnieje)|sayfa\ bulunamadı""",
    "error": r"""\b50[0234]\b|internal\ server\ error|service\ (?:is\ )?(?:temporarily\ )?unavailable|bad\ gateway|gateway\ time-?out|something\ went\ wrong|temporarily\ (?:unavailable|down)|(?:under|scheduled)\ maintenance|
        wartungsarbeiten|vorübergehend\ nicht\ (?:erreichbar|verfügbar)|serverfehler|es\ ist\ ein\ fehler\ aufgetreten|maintenance\ en\ cours|erreur\ (?:interne|serveur)|service\ indisponible|une\ erreur\ est\ survenue|
        en\ mantenimiento|error\ (?:interno|del\ servidor)|servicio\ no\ disponible|ha\ ocurrido\ un\ error|in\ manutenzione|errore\ (?:interno|del\ server)|si\ è\ verificato\ un\ errore|
        технические\ работы|ошибка\ сервера|произошла\ ошибка|временно\ недоступ|メンテナンス中|サーバーエラー""",
    "login": r"""(?:please\ )?(?:sign|log)[ -]?in\ (?:to\ (?:continue|read|view|access|your)|with)|create\ (?:a\ free\ |an\ )account|forgot(?:ten)?\ (?:your\ )?password|register\ (?:to|for\ free\ to)\ (?:continue|read)|
        bitte\ (?:melden\ sie\ sich\ an|anmelden|einloggen)|passwort\ vergessen|(?:jetzt|hier)\ (?:anmelden|registrieren)|connectez-vous|mot\ de\ passe\ oublié|identifiez-vous|
        inici(?:a|e)\ sesión|¿?(?:olvidaste|ha\ olvidado)\ (?:tu|su)\ contraseña|accedi\ (?:per|al\ tuo)|password\ dimenticata|войдите|забыли\ пароль|ログインしてください|パスワードを(?:お)?忘れ""",
    "paywall": r"""(?:subscribe|subscribers?)\ (?:now\ )?to\ (?:continue|read|unlock|keep)|this\ (?:article|content|story)\ is\ (?:for|only\ available\ to|exclusive)|already\ a\ subscriber|to\ continue\ reading|
        (?:weiterlesen|lesen)\ mit|nur\ für\ abonnenten|sie\ sind\ bereits\ abonnent|dieser\ artikel\ ist\ (?:nur\ )?(?:für|kosten)|jetzt\ (?:weiterlesen|freischalten)|réservé\ aux\ abonnés|pour\ lire\ la\ suite|déjà\ abonné|
        (?:solo|sólo|exclusivo)\ para\ suscriptores|para\ seguir\ leyendo|¿?ya\ eres\ suscriptor|per\ continuare\ a\ leggere|contenuto\ riservato\ agli\ abbonati|sei\ già\ abbonato|только\ для\ подписчиков|чтобы\ (?:продолжить\ чтение|читать\ дальше)|
        この記事は有料会員|続きを読むには""",
}
_SAID = {
    reason: re.compile(pattern, re.IGNORECASE | re.VERBOSE) for reason, pattern in _SAYS.items()
}
_CONSENT = re.compile(
    r"cookies?|consent|privacy|personal(?:i[sz]ed|\ data)|(?:advertising\ )?partners|accept\ all|reject\ all|vendors|tracking|legitimate\ interest|"
    r"zustimm\w*|einwillig\w*|datenschutz\w*|akzeptieren|ablehnen|personenbezogen\w*|werbung|pur-abo|"
    r"consentement|confidentialité|traceurs|accepter|refuser|partenaires|données\ personnelles|"
    r"consentimiento|privacidad|aceptar|rechazar|socios|datos\ personales|consenso|informativa|accetta|rifiuta|dati\ personali|"
    r"согласи[ея]|конфиденциальност\w*|персональн\w*\ данны\w*|принять|クッキー|同意|プライバシー|隐私|接受",
    re.IGNORECASE,
)
_CONSENT_SHARE = 0.05
_LISTING = re.compile(
    r"/(?P<kind>tags?|topics?|themen?|thema|categor(?:y|ies|ia)|kategorie|rubri(?:k|que|ca|ki)|sections?|sezione|seccion|search|suche|recherche|buscar|cerca|"
    r"authors?|autor(?:en|es|e|i)?|auteurs?|archiv(?:e|es|io|o)?|page|etiqueta|mot-cle|tema|temas|argomento|dossiers?|schlagwort|label|keyword)(?:/|\Z)",
    re.IGNORECASE,
)
_LISTS = frozenset({"collectionpage", "itemlist", "searchresultspage", "profilepage", "medialist"})
_FILMS = frozenset({"videoobject", "videoreport", "clip", "tvepisode", "podcastepisode"})
_PICTURES = frozenset({"imagegallery", "imageobjectgallery", "mediagallery"})


def quality(reading: Reading) -> None:
    """Let articles pass.

    Raises:
        Dropped: the page is something else; the reason is a word that can be counted.
    """
    text, paragraphs = reading.text, _paragraphs(reading)
    said = size(text)
    if said < _STATEMENT and not (reading.claims.articles and said >= _SHORT):
        _statement(reading, text)
    if said < _STATEMENT * 3 and not reading.claims.articles:
        _consent(text)
    if not said:
        raise Dropped("empty", "no text was found on the page")
    _listing(reading, said, paragraphs)
    _film(reading, said)
    if said < _STUB:
        raise Dropped("stub", f"a text of {said} characters")


def _paragraphs(reading: Reading) -> int:
    """Count the paragraphs that say something."""
    return sum(size(line) >= _PARAGRAPH for role, line in reading.lines if role in "pq")


def _statement(reading: Reading, text: str) -> None:
    """Drop pages that speak of themselves: not found, blocked, out of order, log in first."""
    heads = [reading.title, *(h.text_content() for h in reading.tree.iter("h1", "title"))]
    head = " \n ".join(" ".join(h.split()) for h in heads)[:600]
    body = text or " ".join(block.text for block in reading.found[:30])
    for reason, shape in _SAID.items():
        found = None if reason in {"paywall", "login"} else shape.search(head)
        if found is not None and size(text) < _STATEMENT and not _dated(reading):
            raise Dropped(reason, f"the headline says {found[0].strip()!r}")
        limit = _SHORT if reason != "paywall" else _STUB * 3
        if size(text) < limit and (found := shape.search(body[:1500])) is not None:
            if not reading.claims.articles or reason in {"paywall", "login"}:
                raise Dropped(reason, f"the page says {' '.join(found[0].split())!r}")


def _dated(reading: Reading) -> bool:
    return bool(reading.claims.articles) and "datePublished" in reading.claims.article


def _consent(text: str) -> None:
    words = max(1, size(text) // 6)
    found = _CONSENT.findall(text)
    if (
        len(found) >= 5
        and len(set(map(str.lower, found))) >= 3
        and len(found) / words >= _CONSENT_SHARE
    ):
        raise Dropped("consent", f"{len(found)} words of consent in {words}")


def _listing(reading: Reading, said: int, paragraphs: int) -> None:
    """Drop pages that list other pages."""
    claims = reading.claims
    types = frozenset(k for node in (*claims.articles, *claims.others) for k in kinds(node))
    url = urlsplit(reading.url)
    listed = bool(_LISTS & types) and not claims.articles
    path = _LISTING.search(url.path)
    home = url.path.strip("/") == "" and not url.query
    own = "" if not claims.articles else "article"
    all_chars = sum(b.size for b in reading.found) or 1
    linked = sum(b.linked for b in reading.found) / all_chars
    heads = sum(b.tags[-1] in {"h2", "h3", "h4"} and b.linked > 0 for b in reading.found)
    kind = claims.first("og:type") or ""
    if home and not own:
        raise Dropped("section", "the address is that of a whole site")
    if path and not own and not is_story(reading.url) and (paragraphs < 6 or linked > 0.3):
        raise Dropped(
            "tag" if path["kind"].lower()[:2] in {"ta", "to", "th"} else "section",
            f"the address lists: {path[0]}",
        )
    if listed and (paragraphs < 4 or not is_story(reading.url)):
        raise Dropped("section", "structured data says that the page is a list")
    if own or kind.lower().startswith("article"):
        return
    if paragraphs <= 2 and linked > 0.5 and heads >= 5:
        raise Dropped("section", f"{heads} linked headings and {paragraphs} paragraphs")
    if paragraphs == 0 and linked > 0.6 and said < 1500:
        raise Dropped("section", f"{linked:.0%} of the page are links")


def _film(reading: Reading, said: int) -> None:
    """Drop videos and galleries that come without a text."""
    if said >= _SHORT:
        return
    claims = reading.claims
    types = frozenset(k for node in (*claims.articles, *claims.others) for k in kinds(node))
    kind = (claims.first("og:type") or "").lower()
    pictures = sum(1 for _ in reading.tree.iter("figure"))
    if _PICTURES & types or pictures >= 6:
        raise Dropped("gallery", f"{pictures} pictures and {said} characters of text")
    if (_FILMS & types or kind.startswith("video")) and not (claims.articles and said >= 300):
        raise Dropped("video", f"a video and {said} characters of text")
