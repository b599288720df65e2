"""Outlets that the press of the world credits every day: what they are called, and their hosts.

Facts for matching a credit in words to an outlet; an archive's own outlets come before these. One
host a line, then the names, separated by bars; news agencies first, up to the line of one dash.
"""

# ruff: noqa: RUF001 - the letters and quotation marks of every language are meant
from __future__ import annotations

from functools import cache

from stories.words import words

_TABLE = """
reuters.com Reuters|Thomson Reuters|Рейтер|Reuters news agency|路透社|ロイター
apnews.com AP|Associated Press|The Associated Press|美联社|AP通信
afp.com AFP|Agence France-Presse|Agence France Presse|法新社|AFP通信
dpa.com dpa|DPA|Deutsche Presse-Agentur|Deutschen Presse-Agentur|dpa-infocom
epd.de epd|Evangelischer Pressedienst
kna.de KNA|Katholische Nachrichten-Agentur
apa.at APA|Austria Presse Agentur
keystone-sda.ch SDA|Keystone-SDA
sid.de SID|Sport-Informations-Dienst
efe.com EFE|Efe|Agencia EFE
europapress.es Europa Press
ansa.it ANSA|Ansa
adnkronos.com Adnkronos|AdnKronos
lusa.pt Lusa|Agência Lusa
agenciabrasil.ebc.com.br Agência Brasil
anp.nl ANP
belga.be Belga
tt.se TT|Tidningarnas Telegrambyrå
ntb.no NTB
ritzau.dk Ritzau
stt.fi STT
pap.pl PAP|Polska Agencja Prasowa
ctk.cz ČTK|CTK
mti.hu MTI
tass.ru ТАСС|TASS|Tass|Itar-Tass
ria.ru РИА Новости|RIA Novosti|RIA|РИА
interfax.ru Интерфакс|Interfax
interfax.com.ua Интерфакс-Украина|Інтерфакс-Україна
unian.net УНИАН|УНІАН|UNIAN
ukrinform.net Укрінформ|Укринформ|Ukrinform
aa.com.tr Anadolu Ajansı|Anadolu Agency|Anadolu|AA
news.cn 新华社|新華社|Xinhua|Xinhua News Agency
kyodonews.jp 共同通信|Kyodo|Kyodo News
jiji.com 時事通信|Jiji Press|Jiji
yna.co.kr 연합뉴스|Yonhap|Yonhap News Agency
pti.news PTI|Press Trust of India
aninews.in ANI
antaranews.com Antara
upi.com UPI|United Press International
pa.media PA Media|Press Association|PA
-
bloomberg.com Bloomberg|Bloomberg News|Блумберг
nytimes.com New York Times|The New York Times|NYT|NY Times
washingtonpost.com Washington Post|The Washington Post|WaPo
wsj.com Wall Street Journal|The Wall Street Journal|WSJ
latimes.com Los Angeles Times|LA Times|L.A. Times
usatoday.com USA Today
cnn.com CNN|CNN International
foxnews.com Fox News|Fox
nbcnews.com NBC News|NBC|MSNBC
cbsnews.com CBS News|CBS
abcnews.go.com ABC News
npr.org NPR|National Public Radio
politico.com Politico|POLITICO
politico.eu Politico Europe
axios.com Axios
theatlantic.com The Atlantic
newyorker.com The New Yorker|New Yorker
time.com Time magazine|TIME
newsweek.com Newsweek
vox.com Vox
buzzfeednews.com BuzzFeed|BuzzFeed News|Buzzfeed
huffpost.com HuffPost|Huffington Post|The Huffington Post
thedailybeast.com The Daily Beast|Daily Beast
theintercept.com The Intercept
propublica.org ProPublica
breitbart.com Breitbart|Breitbart News
techcrunch.com TechCrunch
theverge.com The Verge
wired.com Wired
variety.com Variety
deadline.com Deadline
espn.com ESPN
cnbc.com CNBC
bbc.co.uk BBC|BBC News|The BBC|Би-би-си|Бі-бі-сі|BBC World Service
theguardian.com The Guardian|Guardian
thetimes.com The Times|Times of London|Sunday Times|The Sunday Times
telegraph.co.uk The Telegraph|Daily Telegraph|The Daily Telegraph|Telegraph
ft.com Financial Times|The Financial Times|FT
economist.com The Economist|Economist
independent.co.uk The Independent
dailymail.co.uk Daily Mail|The Daily Mail|MailOnline
thesun.co.uk The Sun
mirror.co.uk Daily Mirror|The Mirror
express.co.uk Daily Express
news.sky.com Sky News|Sky
channel4.com Channel 4 News
cbc.ca CBC|CBC News
theglobeandmail.com Globe and Mail|The Globe and Mail
abc.net.au Australian Broadcasting Corporation
smh.com.au Sydney Morning Herald
rte.ie RTÉ|RTE
irishtimes.com Irish Times|The Irish Times
aljazeera.com Al Jazeera|Al-Jazeera|Аль-Джазира
haaretz.com Haaretz
jpost.com Jerusalem Post|The Jerusalem Post
timesofindia.com Times of India|The Times of India
thehindu.com The Hindu
scmp.com South China Morning Post
themoscowtimes.com Moscow Times|The Moscow Times
rferl.org RFE/RL|Radio Free Europe|Radio Liberty
svoboda.org Радио Свобода
meduza.io Медуза|Meduza|«Медуза»
kommersant.ru Коммерсантъ|Коммерсант|Kommersant
vedomosti.ru Ведомости|Vedomosti
rbc.ru РБК|RBC|RBK
iz.ru Известия|Izvestia
novayagazeta.ru Новая газета|Novaya Gazeta
rt.com Russia Today|RT
lenta.ru Лента.ру|Lenta.ru
pravda.com.ua Українська правда|Украинская правда|Ukrainska Pravda
hromadske.ua Громадське
suspilne.media Суспільне
spiegel.de Spiegel|Der Spiegel|Spiegel Online|SPIEGEL|Der SPIEGEL|Шпигель
zeit.de Die Zeit|Zeit Online|ZEIT ONLINE
sueddeutsche.de Süddeutsche Zeitung|Süddeutsche|SZ
faz.net Frankfurter Allgemeine Zeitung|Frankfurter Allgemeine|FAZ|F.A.Z.
welt.de Die Welt|Welt am Sonntag
bild.de Bild|Bild-Zeitung|BILD|Bild am Sonntag
taz.de taz
tagesspiegel.de Tagesspiegel|Der Tagesspiegel
handelsblatt.com Handelsblatt
tagesschau.de ARD|Tagesschau|tagesschau.de
zdf.de ZDF
ndr.de NDR
wdr.de WDR
mdr.de MDR
br.de Bayerischer Rundfunk|BR24
rbb24.de RBB|rbb
deutschlandfunk.de Deutschlandfunk|DLF
rnd.de RND|Redaktionsnetzwerk Deutschland
focus.de Focus|Focus Online
stern.de Stern
n-tv.de n-tv|ntv
dw.com Deutsche Welle|DW
derstandard.at Der Standard|Standard
diepresse.com Die Presse
orf.at ORF
nzz.ch NZZ|Neue Zürcher Zeitung
srf.ch SRF
tagesanzeiger.ch Tages-Anzeiger
blick.ch Blick
lemonde.fr Le Monde
lefigaro.fr Le Figaro
liberation.fr Libération
leparisien.fr Le Parisien|Parisien
lesechos.fr Les Échos|Les Echos
mediapart.fr Mediapart
lexpress.fr L'Express
lepoint.fr Le Point
francetvinfo.fr Franceinfo|France Info|France 2|France 3|France Télévisions
franceinter.fr France Inter
rtl.fr RTL
europe1.fr Europe 1
bfmtv.com BFMTV|BFM TV|BFM
ouest-france.fr Ouest-France|Ouest France
lavoixdunord.fr La Voix du Nord
20minutes.fr 20 Minutes
canardenchaine.com Canard enchaîné|Le Canard enchaîné
rfi.fr RFI
france24.com France 24
lesoir.be Le Soir
rtbf.be RTBF
elpais.com El País|EL PAÍS
elmundo.es El Mundo
abc.es Diario ABC
lavanguardia.com La Vanguardia
eldiario.es elDiario.es|eldiario.es
elconfidencial.com El Confidencial
rtve.es RTVE|TVE
cadenaser.com Cadena SER|La SER
clarin.com Clarín
lanacion.com.ar La Nación
eluniversal.com.mx El Universal
infobae.com Infobae
marca.com Marca
corriere.it Corriere della Sera
repubblica.it la Repubblica|La Repubblica|Repubblica
lastampa.it La Stampa
ilsole24ore.com Il Sole 24 Ore
ilfattoquotidiano.it Il Fatto Quotidiano
rainews.it Rai News|Rai|RAI
tg24.sky.it Sky TG24
folha.uol.com.br Folha de S.Paulo|Folha de S. Paulo|Folha
estadao.com.br O Estado de S. Paulo|Estadão
g1.globo.com G1|g1
oglobo.globo.com O Globo
publico.pt Público
nos.nl NOS
volkskrant.nl de Volkskrant|De Volkskrant|Volkskrant
nrc.nl NRC
telegraaf.nl De Telegraaf|de Telegraaf
ad.nl AD|Algemeen Dagblad
vrt.be VRT
svt.se SVT
dn.se Dagens Nyheter|DN
aftonbladet.se Aftonbladet
expressen.se Expressen
svd.se Svenska Dagbladet|SvD
nrk.no NRK
vg.no VG
dr.dk DR
politiken.dk Politiken
yle.fi Yle
hs.fi Helsingin Sanomat
wyborcza.pl Gazeta Wyborcza|Wyborcza
rp.pl Rzeczpospolita
onet.pl Onet
tvn24.pl TVN24
rmf24.pl RMF FM
hurriyet.com.tr Hürriyet
cumhuriyet.com.tr Cumhuriyet
sozcu.com.tr Sözcü
nikkei.com 日本経済新聞|日経新聞|Nikkei
asahi.com 朝日新聞|Asahi Shimbun
yomiuri.co.jp 読売新聞|Yomiuri Shimbun
mainichi.jp 毎日新聞
nhk.or.jp NHK
globaltimes.cn 环球时报|Global Times
people.com.cn 人民日报|People's Daily
caixin.com 财新
"""

AGENCIES_IN_SMALL = frozenset(
    """
    dpa afp sid epd kna apa sda
    """.split()  # noqa: SIM905 - a table of words reads better as words
)
"""Agencies that sign in small letters."""

_ARTICLES = frozenset(
    """
    the der die das le la les el los las il lo o a os as de het l
    """.split()  # noqa: SIM905 - a table of words reads better as words
)


def folded(name: str) -> str:
    """The form under which an outlet's name is looked up: its words, without a leading article."""
    parts = words(name)
    while len(parts) > 1 and parts[0] in _ARTICLES:
        parts = parts[1:]
    return "".join(parts)


@cache
def well_known() -> dict[str, str]:
    """Folded names and the hosts of the outlets."""
    found: dict[str, str] = {}
    for line in _TABLE.replace("\n-\n", "\n").strip().splitlines():
        host, _, names = line.partition(" ")
        for name in names.split("|"):
            found.setdefault(folded(name), host)
    return found


@cache
def agencies() -> frozenset[str]:
    """The hosts of the news agencies among them, whose texts others print."""
    return frozenset(
        line.partition(" ")[0] for line in _TABLE.partition("\n-\n")[0].strip().splitlines()
    )
