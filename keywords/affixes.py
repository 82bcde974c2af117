"""What people attach to a word or end it with, language by language: tables, and nothing about how they are looked up (see candidates).

Sources: the languages' school grammars. Only endings that keep the number: a Slavic plural (`выборы`, elections) and its singular
(`выбор`, choice) often mean different things.
"""

from collections.abc import Iterator
from itertools import product
from typing import Final

from keywords.folding import fold

SHORTEST_STEM: Final = 4
"""Letters that must remain of a word whose ending changes."""
SHORTEST_BARE: Final = 3
"""Letters that must remain when a prefix or particle is taken off; two in Korean, where a letter is a syllable."""


def _folded(words: str) -> tuple[str, ...]:
    return tuple(sorted({fold(word) for word in words.split()}, key=lambda word: (-len(word), word)))


PARTICLES: Final = _folded(
    "은 는 이 가 을 를 에 의 도 로 으로 와 과 만 에서 에게 까지 부터 처럼 이나 나 이란 란 인 들 들의 들은 들이 들을 때 일 중 후 전 "
    "시 용 별 하기 하는 하다 해 했 한 할 이다 입니다 에는 에도 하려면 하는법 방법 은요 는요 에서는 으로는 이라 라고 이라고 하고 하면"
)
"""Korean particles and short endings, longest first."""

PREFIXES: Final = {
    "Arabic": _folded("وبال وال فال بال كال ولل لل ال و ف ب ل ك"),
    "Hebrew": _folded("וכשה כשה שב שה של וה וב ול ומ וש מה לה בה ה ו ב ל מ ש כ"),
    "Ethiopic": _folded("የ በ ለ ከ ስለ እንደ"),
}
"""Prefixes of scripts in which articles, prepositions and conjunctions are written with the word."""

_SWAHILI: Final = tuple(f"{who}{when}" for who, when in product("ni u a tu m wa i zi".split(), "na li ta me ki nge ka".split())) + (
    "ku", "kuto", "hatu", "hawa", "siwezi", "tuka", "waka", "na", "ya", "za", "wa",
)  # fmt: skip
_ZULU: Final = tuple("u o lo ngo ku kuo kwo wo no yo zo so e le nge ke we ne ye ze se i li ngi ba aba ama ukuba uku".split())

LEADING: Final[dict[str, tuple[str, ...]]] = {"sw": _SWAHILI, "zu": _ZULU, "xh": _ZULU}
"""Beginnings that change places with each other before the same stem, by language."""

_TURKISH_CASES: Final = "i ı u ü e a de da te ta den dan ten tan in ın un ün le la"


def _turkic(plural: str, cases: str, possessives: str) -> tuple[str, ...]:
    many, case, own = plural.split(), cases.split(), possessives.split()
    return tuple({*many, *case, *own, *(a + b for a, b in product(many, case)), *(a + b for a, b in product(many, own)),
                  *(a + "n" + b for a, b in product(own, case))})  # fmt: skip


_TURKISH: Final = _turkic("ler lar", f"{_TURKISH_CASES} y yi yı yu yü ye ya nin nın nun nün", "i ı u ü si sı su sü leri ları im ım imiz ımız")
_KAZAKH: Final = _turkic("лар лер дар дер тар тер", "ды ді ты ті ны ні да де та те дан ден тан тен ға ге қа ке ның нің дың дің тың тің", "ы і сы сі")
_UZBEK: Final = _turkic("lar", "ni ga da dan ning ka", "i si im imiz lari")

ENDINGS: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    language: tuple(tuple(dict.fromkeys(fold(ending) for ending in group)) for group in groups)
    for language, groups in {
        "ru": (
            "ы ов ам ами ах".split(), "и ей ям ями ях".split(), "а ы е у ой ою".split(), "я и е ю ей".split(),
            "ия ии ию ией".split(), "ие ия ию ием ии".split(), "ии ий иям иями иях".split(), ["а", "у", "ом", "е"], ["ь", "я", "ю", "ем", "е"],
            "а ов ам ами ах".split(), "ый ого ому ым ом ая ой ую ое ые ых ыми".split(), "ий его ему им ем яя ей юю ее ие их ими".split(),
            "ский ского скому ским ском ская ской скую ское ские ских скими".split(), "ть л ла ло ли".split(), "овать ую уешь ует уем уете уют".split(),
        ),
        "uk": (
            "и ів ам ами ах".split(), "а и і у ою".split(), ["у", "ові", "ом", "і", "а"], "ія ії ію ією".split(), "ії ій іям іями іях".split(),
            "ня ню ням ні".split(), "ий ого ому им ім а ої ій у ою е і их ими".split(), "ти в ла ло ли ю єш є ємо єте ють".split(),
            "ець ця цю цем ці ців цям цями цях".split(), "ки ок кам ками ках".split(),
        ),
        "be": ("ы аў ам амі ах".split(), "а ы е у ай".split(), "ы ага аму ым ая ай ую ое ыя ых ымі".split(), "ць ў ла ло лі".split()),
        "bg": ("и ите".split(), "а ата и ите".split(), ["ът", "а", "ове", "овете"], "не нето ния нията".split(), "ен на но ни ният ната ното ните ния".split(), "я ята и ите".split()),
        "mk": ("и ите".split(), "а ата и ите".split(), ["от", "ови", "овите"], "ње њето ња њата".split(), "ен на но ни ниот ната ното ните".split(), "ја јата и ите".split()),
        "sr": ("и а има е".split(), "а е и у ом".split(), ["а", "у", "ом", "е"], "ни ног ном ним на не ну ној но них".split(), "ти о ла ло ли".split(), "ње ња њу њем".split(), "ци аца цима це".split()),
        "sr-Latn": ("i a ima e".split(), "a e i u om".split(), ["a", "u", "om", "e"], "ni nog nom nim na ne nu noj no nih".split(), "ti o la lo li".split(), "nje nja nju njem".split(), "ci aca cima ce".split()),
        "pl": (
            "y ów om ami ach".split(), "a y ie ę ą".split(), ["u", "owi", "em", "ie", "a"], "e a u em".split(), "ia iom iami iach".split(),
            "ja ji ję ją".split(), "cja cji cję cją cje cjom cjami cjach".split(), "ny nego nemu nym na nej ną ne nych nymi ni".split(),
            "ski skiego skiemu skim ska skiej ską skie skich skimi".split(), "ać am asz a amy acie ają ał ała ali".split(),
            "ować uję ujesz uje ujemy ujecie ują ował owała owali".split(), "anie ania aniu aniem".split(), "y ów om ami ach i".split(), "arta arty arcie artę artą kart".split(),
        ),
        "cs": (
            "y ám ami ách".split(), "y eb bám bami bách".split(), "by eb bám bami bách".split(), ["u", "ovi", "em", "e", "a"], "e í ím emi ích".split(),
            "ce ci cí".split(), "ní ního nímu ním".split(), "ný ného nému ným ném ná né nou ní ných nými".split(), "ský ského skému ským ském ská ské skou ských skými".split(),
            "it ím íš í íme íte il ila ili".split(), "ovat uji uješ uje ujeme ujete ují oval ovala ovali".split(), "iči ičů ičům iče ičích".split(), "ek ku kem kům ky ků kách".split(),
        ),
        "sk": (
            "by ieb bám bami bách".split(), "y ov om mi och".split(), ["u", "ovi", "om", "e", "a"], "e ia iu í iam iami iách".split(),
            "ný ného nému ným nom ná nej nú né ní ných nými".split(), "ský ského skému ským skom ská skej skú ské skí ských skými".split(),
            "iť ím íš í íme íte il ila ili".split(), "ovať ujem uješ uje ujeme ujete ujú oval ovala ovali".split(), "nie nia niu ním ní".split(), "iči ičov ičom ičoch ičmi".split(),
        ),
        "sl": ("e  am ami ah".split(), "itve itev itvam itvami itvah".split(), "i ov om ih".split(), "ni nega nemu nim nem na ne no nih nimi".split(), "nje nja nju njem njih".split(), "iti im iš i imo ite ijo il ila ili".split()),
        "hr": ("i a ima e".split(), "a e i u om".split(), ["a", "u", "om", "e"], "ni nog nom nim na ne nu noj no nih".split(), "ti o la lo li".split(), "nje nja nju njem".split(), "ci aca cima ce".split()),
        "lt": ("ai ų ams us ais uose".split(), "as o ui ą u e".split(), "is io iui į iu yje".split(), "a os ai ą oje".split(), "ės ių ėms es ėmis ėse".split(), "imas imo imui imą imu ime imai imų imams imus imais".split(), "ti siu si s ime ite au o".split()),
        "lv": ("as ām u".split(), "i u iem us os".split(), "s a am u ā".split(), "ana anas anai anu anā anām".split(), "šana šanas šanai šanu šanā".split(), "ot oju osim osiet".split(), "is a im i ī".split(), "e es ei i ē".split()),
        "fi": (
            "t en issa ista iin illa ilta ille ien ina iksi".split(), "i in issa ista iin illa ilta ille iksi ina".split(),
            "it ien eja eissa eista eihin eilla eilta eille".split(), "us uksen usta uksessa uksesta ukseen ukset uksia uksien uksissa".split(),
            "ys yksen ystä yksessä yksestä ykseen ykset yksiä".split(), ["n", "a", "ssa", "sta", "lla", "lta", "lle", "na", "ksi", "t", "ja", "jen", "oissa", "oista"],
            ["n", "ä", "ssä", "stä", "llä", "ltä", "lle", "nä", "ksi", "t"], "aa an at amme atte avat i in it imme ivat".split(), "ää än ät ämme ätte ävät".split(),
            "ja jan jaa jat jien joita jille".split(), "jä jän jää jät jien jöitä".split(),
        ),
        "et": (
            "ed ede i eid edel edest edele ede".split(), "mine mise mist misel misest misele misega".split(), "mised miste misi mistel mistest mistele mistega".split(), "us use ust usel used uste".split(),
            ["d", "de", "i", "le", "l", "lt", "s", "st", "sse", "ga", "ks", "t", "te", "tel", "id"], "ma n d b me te vad sin da".split(), "ja jat jad jate jaid jale".split(),
        ),
        "hu": (
            "ok okat okon okra oknak okról okban okhoz okig oké".split(), "ek eket eken ekre eknek ekről ekben ekhez ekig eké".split(),
            "ot ra ról nak on hoz ban ból kor ig".split(), "et re ről nek en hez ben ből kor ig".split(), "át ának ában án ára áról".split(), "ét ének ében én ére éről".split(),
            "ni ok sz unk tok nak hat hatok hatunk".split(), "ó ók ót óknak ónak óknál".split(), "ő ők őt őknek őnek".split(),
        ),
        "tr": (_TURKISH, "mak mek ma me ırım erim arım acağım eceğim iyorum ıyorum uyorum abilir ebilir abilirim ebilirim".split()),
        "az": (_TURKISH, "maq mək ma mə ıram irəm acağam əcəyəm ırıq".split()),
        "kk": (_KAZAKH,), "ky": (_KAZAKH,), "mn": (["ийн", "ын", "ыг", "ийг", "д", "т", "аас", "ээс", "оос", "аар", "ээр", "ууд", "үүд"],), "uz": (_UZBEK,),
        "el": (
            "ές ών".split(), "ες ων".split(), "ή ής ές ών".split(), "α ας ες ων".split(), "ος ου ο οι ων ους".split(), "ο ου α ων".split(), "ι ιού ια ιών".split(),
            "ίζω ίζεις ίζει ίζουμε ίζετε ίζουν ίσω ίσει ίσουμε ίσουν".split(), "ικός ική ικό ικού ικές ικά ικών ικής ικούς ικοί".split(), "ση σης σεις σεων".split(),
        ),
        "hy": (["ը", "ն", "ի", "ում", "ից", "ով", "ներ", "ները", "ների", "ներում", "ներից", "ներին", "ներով", "ին"],),
        "ka": (["ი", "ს", "ის", "ით", "ში", "ზე", "ები", "ების", "ებს", "ებში", "ებზე", "ებით", "ებმა", "ისთვის", "ებისთვის", "მა"],),
        "am": (["ው", "ን", "ዎች", "ዎችን", "ች", "ኑ", "ውን", "ት", "ቱ"],),
        "sq": ("je jet jeve jesh".split(), "et eve esh".split(), "im imi imin imit ime imet imeve".split(), "i in it".split()),
        "is": ("ar ir um a".split(), "ing ingin ingu ingar ingarnar ingum inganna ingunum".split(), "ning ningin ningu ningar ningarnar ningum ninga ninganna ningunum".split()),
    }.items()
}  # fmt: skip
"""Endings that change places with each other after the same stem, by language; number, where it matters, is kept within a group."""

COMPOUNDING: Final = frozenset("af am az da de el et eu fi hu hy is ka kk kn ko ml mn nb nl nn sv ta te tr uz zu".split())
"""Languages that write long words made of short ones, where a word that falls into two known ones may well be a third."""

LONGEST_ENDING: Final = max(len(ending) for groups in ENDINGS.values() for group in groups for ending in group)
LONGEST_BEGINNING: Final = max(len(beginning) for group in LEADING.values() for beginning in group)


def bare(token: str) -> Iterator[str]:
    """What may remain of a word when a particle or prefix is taken off, longest attachment first; nothing in most scripts."""
    code = ord(token[0])
    if code < 0x590:
        return
    if 0xAC00 <= code <= 0xD7A3:
        yield from (token[: -len(end)] for end in PARTICLES if token.endswith(end) and len(token) - len(end) >= 2)
        return
    script = "Hebrew" if code <= 0x5FF else "Arabic" if code <= 0x6FF else "Ethiopic" if 0x1200 <= code <= 0x137F else ""
    yield from (token[len(start) :] for start in PREFIXES.get(script, ()) if token.startswith(start) and len(token) - len(start) >= SHORTEST_BARE)


def paradigms(token: str, language: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Stems of a curated word with the endings that may follow each, by the longest ending it has."""
    groups = ENDINGS.get(language) or ENDINGS.get(language.partition("-")[0], ())
    for group in groups:
        fitting = [ending for ending in group if token.endswith(ending) and len(token) - len(ending) >= SHORTEST_STEM]
        if fitting:
            longest = max(fitting, key=len)
            yield token[: len(token) - len(longest)], group


def beginnings(token: str, language: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Stems of a curated word with the beginnings that may stand before each, by the longest beginning it has."""
    group = LEADING.get(language.partition("-")[0], ())
    fitting = [start for start in group if token.startswith(start) and len(token) - len(start) >= SHORTEST_STEM]
    if fitting:
        yield token[len(max(fitting, key=len)) :], group
