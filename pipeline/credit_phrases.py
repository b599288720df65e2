"""The words with which the press of each language credits another outlet, as plain lists.

``after`` follow a name (*X reported*), ``before`` precede it (*according to X*), ``asked`` precede
it too but may as well precede a person (*told X*); ``nouns`` say what kind of outlet it is (*told
Life, a Russian tabloid*); ``origin`` says that the whole text comes from there; ``own`` is the
website of whom the sentence speaks. An item is a regular expression without groups; ``~`` stands
for up to three words between.
"""

# ruff: noqa: RUF001 - the letters and quotation marks of every language are meant
from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """How one language credits; see the module."""

    after: str
    before: str
    asked: str
    nouns: str
    origin: str
    own: str
    articles: str = ""
    capital_nouns: bool = False


PHRASES: dict[str, Phrases] = {
    "en": Phrases(
        after="(?:first |also |later |earlier |previously |has |had )*(?:reported|reports|wrote"
        "|writes|revealed|disclosed)",
        before="(?:first |as )?reported (?:by|in)|according to|citing|cited by|quoted (?:by|in)"
        "|obtained by|seen by|reviewed by|published (?:by|in)|revealed by|an? (?:report|story"
        "|article|investigation|analysis) (?:by|in|from)|(?:op-ed|column|editorial|essay) in"
        "|writing in|wrote (?:in|for)|reporting (?:by|from)|as told to|broken by|poll (?:by|for)",
        asked="told|tells|telling|speaking to|spoke to|spoke with|speaking with|statement to"
        "|e-?mail to|interview(?:ed)? (?:with|by|to|on)|remarks to|comments? to|said (?:on|to)"
        "|appearing on|confirmed to",
        nouns="newspaper|tabloid|daily|weekly|magazine|broadcaster|television station|television"
        "|TV channel|TV station|TV|radio station|radio|station|channel|news agency|wire service"
        "|news site|news website|news outlet|news service|wire|outlet|website|blog|portal|paper"
        "|publication|podcast|network|public broadcaster",
        origin="(?:this|the) (?:article|story|post|piece|report|column)?~(?:was )?(?:originally"
        "|first) (?:appeared|published|posted|ran|printed) (?:in|on|by|at)|originally (?:published"
        "|appeared|posted) (?:in|on|by|at)|first (?:published|appeared) (?:in|on|by|at)"
        "|reprinted (?:from|with permission (?:of|from))|republished (?:from|with permission"
        " (?:of|from))|from our (?:\\w+ )?partner(?:,| at)|syndicated (?:from|by)|source:|via:"
        "|courtesy of|text:",
        own="(?:according to|on|via|from) (?:its|their|his|her|the (?:group|movement|company"
        "|organi[sz]ation|party|ministry|campaign|agency|firm|union|association|foundation)[’']s)"
        " (?:own |official )*(?:web ?site|web ?page|home ?page|blog|social media)",
        articles="the|a|an",
    ),
    "de": Phrases(
        after="(?:zuerst |zuvor |zudem |am \\w+ )*(?:berichtet|berichtete|schreibt|schrieb|meldet"
        "|meldete|zitiert|zitierte)",
        before="laut|nach Angaben (?:de[rs]|von)|nach Informationen (?:de[rs]|von)|wie|nach"
        " (?:einem|einer|dem) (?:Bericht|Meldung|Recherchen?) (?:de[rs]|von)|berichte(?:te)?t?"
        "|schreibt|schrieb|melde(?:te)?t?|unter Berufung auf|Bericht (?:de[rs]|von)|Recherchen"
        " (?:de[rs]|von)|zitiert von|Gastbeitrag (?:für|in)|Informationen (?:de[rs]|von)",
        asked="(?:sag|erklär|teil|bestätig|beton|mein)ten?~ (?:der|dem|den)|sagte(?:n)?~|sagt~"
        "|erklärte(?:n)?~|teilte~|gegenüber|im Gespräch mit|im Interview"
        " mit|in einem Interview mit|im|bestätigte~",
        nouns="Zeitung|Tageszeitung|Wochenzeitung|Boulevardzeitung|Boulevardblatt|Blatt|Magazin"
        "|Nachrichtenmagazin|Nachrichtenagentur|Agentur|Sender|Rundfunk|Fernsehsender|Radiosender"
        "|Nachrichtenportal|Portal|Nachrichtenseite|Internetportal|Wochenblatt|Tagesblatt"
        "|Zeitschrift|Podcast",
        origin="(?:dieser|der) (?:Artikel|Text|Beitrag)~(?:erschien|ist)~(?:zuerst|ursprünglich"
        "|zunächst)~(?:bei|in|im|auf)|zuerst (?:erschienen|veröffentlicht) (?:bei|in|im|auf)"
        "|ursprünglich (?:erschienen|veröffentlicht) (?:bei|in|im|auf)|quelle:|übernommen (?:von"
        "|aus)|von unserem \\w*partner,?|mit Material von",
        own="(?:laut|auf|nach Angaben) (?:ihrer|seiner|der|deren|dessen) (?:eigenen |offiziellen )*"
        "(?:Website|Webseite|Internetseite|Homepage)",
        articles="der|die|das|dem|den|des|einer|einem|zur|zum",
        capital_nouns=True,
    ),
    "fr": Phrases(
        after="(?:a |avait |ont )?(?:rapporté|révélé|révèle|rapporte|rapportait|écrit|écrivait"
        "|indique|titre|annonce|affirme)",
        before="selon|d[’']après|rapporte(?:nt)?|révèle|écrit|relayé par|cité par|publié (?:par"
        "|dans)|information (?:de|du)|informations (?:de|du)|une enquête (?:de|du)|tribune (?:dans"
        "|publiée dans)|dans les colonnes (?:de|du)|repris par|indique",
        asked="a(?:-t-(?:il|elle|on))? (?:déclaré|indiqué|confié|expliqué|assuré|précisé|affirmé"
        "|dit|annoncé|confirmé|répondu|raconté)~(?:à|au|auprès de|auprès du|sur)|interrogée? par"
        "|auprès de|auprès du|au micro de|au micro d[’']|(?:entretien|interview)~(?:à|au|avec|pour"
        "|dans)|confie(?:-t-(?:il|elle))? (?:à|au)|invitée? (?:de|sur)|sur",
        nouns="journal|quotidien|hebdomadaire|magazine|chaîne|radio|agence de presse|agence|site"
        " d[’']information|site d[’']informations|site|média|tabloïd|titre|revue",
        origin="(?:cet|l[’']) ?article~(?:est |a été |avait été )?(?:initialement |d[’']abord )?"
        "(?:paru|publié)~(?:dans|sur|par|initialement dans)|initialement (?:paru|publié) (?:dans"
        "|sur|par)|publié initialement (?:dans|sur|par)|de notre partenaire,?|source ?:"
        "|avec l[’']",
        own="(?:selon|sur|d[’']après) (?:son|leur|le) (?:propre )?(?:site(?: internet| web"
        "| officiel)?)(?! (?:d[’']|de|du))",
        articles="le|la|les|l[’']|un|une|du|au",
    ),
    "es": Phrases(
        after="(?:ha |había )?(?:informó|informa|informado|publicó|publica|publicado|reveló|revela"
        "|reportó|reporta|reportado|escribe|escribió|señaló|adelantó|adelanta)",
        before="según|de acuerdo (?:con|a)|informó|informa|publicó|publica|reveló|revela|adelantó"
        "|adelanta|reportó|citad[oa] por|publicad[oa] (?:por|en)|recogid[oa] por|un (?:informe"
        "|reportaje|artículo) (?:de|del|en)|una (?:información|investigación|entrevista) (?:de|del)"
        "|citando a|tribuna en",
        asked="(?:dijo|declaró|explicó|afirmó|señaló|confirmó|aseguró|contó|indicó|comentó"
        "|manifestó|ha (?:dicho|declarado|explicado|confirmado|asegurado|señalado))~(?:a|al|en)"
        "|declaraciones (?:a|al)|entrevista~(?:con|en|a|al|para)|en conversación con|consultad[oa]"
        " por|preguntad[oa] por",
        nouns="periódico|diario|semanario|revista|cadena|canal|emisora|agencia de noticias|agencia"
        "|portal|medio|rotativo|tabloide|web|sitio",
        origin="(?:este|el) (?:artículo|texto)~(?:fue |se )?(?:publicado|publicó|apareció)"
        "~(?:originalmente|primero)?~(?:en|por)|publicado originalmente (?:en|por)|fuente:"
        "|reproducido de",
        own="(?:según|en|de acuerdo con) su (?:propi[oa] |oficial )*(?:página web|sitio web|web"
        "|página)",
        articles="el|la|los|las|un|una|al|del",
    ),
    "it": Phrases(
        after="(?:ha |aveva )?(?:riportato|riporta|scrive|scriveva|riferisce|rivelato|rivela"
        "|pubblicato|anticipa)",
        before="secondo(?: quanto (?:riporta|riferisce|scrive|riportato da))?|riporta|scrive"
        "|riferisce|rivela|citato da|pubblicat[oa] (?:da|dal|su|sul)|un articolo (?:di|del|su|sul)"
        "|inchiesta (?:di|del)|stando a",
        asked="(?:ha (?:detto|dichiarato|spiegato|confermato|raccontato)|dice|spiega)~"
        "(?:a|al|all[’']|alla|allo)|intervist[a-z]+~(?:a|al|all[’']|alla|con|da|su|di)"
        "|ai microfoni di"
        "|ospite (?:di|a)",
        nouns="giornale|quotidiano|settimanale|rivista|emittente|canale|agenzia di stampa|agenzia"
        "|sito|portale|tabloid|testata|radio",
        origin="(?:questo|l[’']) ?articolo~(?:è )?(?:stato )?(?:originariamente )?(?:pubblicato"
        "|apparso|uscito)~(?:su|da|in)|pubblicato originariamente (?:su|da|in)|fonte:",
        own="(?:secondo|sul|dal) (?:il )?(?:suo|loro) (?:sito(?: web| internet| ufficiale)?)",
        articles="il|lo|la|i|gli|le|l[’']|un|una|del|della|al|alla|all[’']|dell[’']|dall[’']",
    ),
    "pt": Phrases(
        after="(?:informou|informa|noticiou|noticia|publicou|publica|revelou|revela|escreveu"
        "|escreve|reportou|divulgou|apurou)",
        before="segundo|de acordo com|conforme|informou|noticiou|revelou|publicou|citad[oa] (?:por"
        "|pelo|pela)|publicad[oa] (?:por|pelo|pela|no|na|em)|uma reportagem (?:de|do|da)"
        "|reportagem (?:do|da)|citando",
        asked="(?:disse|afirmou|declarou|contou|explicou|confirmou|relatou)~"
        "(?:a|ao|à|para o|para a)|entrevista~(?:a|ao|à|com|para o|para a)|em conversa com"
        "|ouvid[oa] (?:pelo|pela|por)",
        nouns="jornal|diário|semanário|revista|emissora|canal|agência de notícias|agência|portal"
        "|site|tabloide|rádio|veículo",
        origin="(?:este|o) (?:artigo|texto)~(?:foi )?(?:originalmente )?publicado"
        "~(?:originalmente )?(?:em|no|na|por|pelo|pela)|publicado originalmente (?:em|no|na|por"
        "|pelo|pela)|fonte:",
        own="(?:segundo|no|em) (?:o )?seu (?:próprio )?(?:site|portal|página)",
        articles="o|a|os|as|um|uma|ao|à|do|da|pelo|pela|no|na",
    ),
    "nl": Phrases(
        after="(?:meldt|meldde|bericht|berichtte|schrijft|schreef|onthulde|onthult)",
        before="volgens|meldt|meldde|schrijft|schreef|bericht|aldus|zo meldt|zo schrijft|blijkt uit"
        " onderzoek van|in een (?:interview|artikel) (?:met|in|van)|geciteerd door|op gezag van",
        asked="(?:zegt|zei|vertelt|vertelde|verklaarde|laat|liet)~(?:tegen|aan)|in gesprek met"
        "|tegenover|interview met",
        nouns="krant|dagblad|weekblad|tijdschrift|omroep|zender|persbureau|nieuwssite|site|radio"
        "|nieuwszender|boulevardblad",
        origin="dit (?:artikel|stuk)~(?:verscheen|is)~(?:eerder|eerst|oorspronkelijk)~(?:in|op|bij)"
        "|oorspronkelijk (?:verschenen|gepubliceerd) (?:in|op|bij)|bron:|overgenomen van",
        own="(?:volgens|op) (?:haar|zijn|hun|de) (?:eigen |officiële )*(?:website|site|webpagina)",
        articles="de|het|een|'t",
    ),
    "ru": Phrases(
        after="(?:ранее |первым |также )*(?:сообщает|сообщал[аио]?|сообщило?|сообщила|пишет"
        "|писал[аио]?|передает|передаёт|передал[аио]?|выяснил[аио]?|рассказал[аио]?)",
        before="сообщает|сообщают|сообщили|сообщил[ао]?|пишет|пишут|передает|передаёт|по данным"
        "|по информации|как (?:сообщает|пишет|сообщили|передает)|со ссылкой на|по сообщению"
        "|согласно публикации|в материале|цитирует|цитируют|приводит~слова~",
        asked="(?:заявил[аи]?|рассказал[аи]?|сообщил[аи]?|сказал[аи]?|пояснил[аи]?|подтвердил[аи]?"
        "|уточнил[аи]?)(?: в (?:беседе|разговоре|интервью) с)?|в интервью|в эфире|в беседе с"
        "|в разговоре с|корреспонденту",
        nouns="газет[ауые]|издани[еюя]|агентств[оаоу]|телеканал[аеу]?|радиостанци[яию]|журнал[ауе]?"
        "|портал[ауе]?|таблоид[ауе]?|сайт[ауе]?|канал[ауе]?|еженедельник[ауе]?",
        origin="источник:|материал (?:впервые )?опубликован (?:в|на)|впервые опубликовано (?:в|на)"
        "|перепечатка из",
        own="(?:на|согласно|по данным) (?:его|её|ее|их|своего|своём|своем|официального"
        "|официальном)(?: официального| официальном)? (?:сайта|сайте|сайту)",
    ),
    "pl": Phrases(
        after="(?:podał[ao]?|podaje|poinformował[ao]?|informuje|donosi|doniósł|pisze|napisał[ao]?"
        "|ujawnił[ao]?)",
        before="według|jak (?:podaje|informuje|donosi|pisze|podał[ao]?)|podaje|informuje|donosi"
        "|pisze|zdaniem|powołując się na|cytowany przez|cytowana przez|za",
        asked="(?:powiedział[ao]?|mówi|przekazał[ao]?|oświadczył[ao]?|wyjaśnił[ao]?"
        "|potwierdził[ao]?)"
        "|w rozmowie z|w wywiadzie dla|na antenie|dla",
        nouns="gazet[ayęae]|dziennik[aowi]*|tygodnik[aowi]*|agencj[aąięi]+|stacj[aąięi]+"
        "|portal[uowi]*"
        "|radi[oaou]|magazyn[uowi]*|telewizj[aąięi]+|serwis[uowi]*|tabloid[uowi]*",
        origin="źródło:|artykuł~(?:ukazał się|opublikowano)~(?:w|na)|pierwotnie (?:opublikowany"
        "|opublikowano) (?:w|na)",
        own="(?:na|według) (?:swojej|swoim|jego|jej|ich) (?:oficjalnej )?(?:stronie|witrynie)",
    ),
    "sv": Phrases(
        after="(?:rapporterar|rapporterade|skriver|skrev|uppger|avslöjade|avslöjar)",
        before="enligt|rapporterar|skriver|uppger|i en intervju (?:med|i)|citerad av",
        asked="(?:säger|sade|sa|berättar|uppger)~(?:till|för|i)|i en intervju med",
        nouns="tidning(?:en)?|kvällstidning(?:en)?|nyhetsbyrå(?:n)?|kanal(?:en)?|radio(?:n)?"
        "|magasin(?:et)?|sajt(?:en)?",
        origin="källa:|artikeln publicerades (?:först|ursprungligen) (?:i|på|av)",
        own="(?:enligt|på) (?:sin|deras|dess) (?:egen )?(?:webbplats|hemsida|webbsida)",
    ),
    "uk": Phrases(
        after="(?:повідомляє|повідомил[ао]?|пише|передає|з'ясувал[ао]?)",
        before="повідомляє|повідомляють|пише|пишуть|передає|за даними|за інформацією|як (?:пише"
        "|повідомляє)|з посиланням на|посилаючись на",
        asked="(?:заявив|заявила|розповів|розповіла|повідомив|повідомила|сказав|сказала)(?: в"
        " (?:інтерв'ю|розмові з))?|в інтерв[’']ю|в етері|у розмові з",
        nouns="газет[ауи]|видання|агентств[оау]|телеканал[ауі]?|радіо|журнал[ауі]?|портал[ауі]?"
        "|сайт[ауі]?",
        origin="джерело:|вперше опубліковано (?:в|на)",
        own="(?:на|за даними) (?:його|її|їх|свого|своєму|офіційного|офіційному) (?:сайту|сайті)",
    ),
    "tr": Phrases(
        after="(?:gazetesi(?:nin|ne)?|ajansı(?:nın|na)?|haber sitesi(?:nin|ne)?)",
        before="haber:|kaynak:",
        asked="",
        nouns="gazetesi|ajansı|kanalı|dergisi|haber sitesi",
        origin="kaynak:",
        own="(?:resmi )?internet sitesi(?:ne göre|nde)",
    ),
}
