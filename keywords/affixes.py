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


def _group(endings: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(ending) for ending in endings.split()))


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

_SWAHILI: Final = (
    *(f"{who}{when}" for who, when in product("ni u a tu m wa i zi".split(), "na li ta me ki nge ka".split())),
    *"ku kuto hatu hawa siwezi tuka waka na ya za wa".split(),
)
_ZULU: Final = tuple("u o lo ngo ku kuo kwo wo no yo zo so e le nge ke we ne ye ze se i li ngi ba aba ama ukuba uku".split())

LEADING: Final[dict[str, tuple[str, ...]]] = {"sw": _SWAHILI, "zu": _ZULU, "xh": _ZULU}
"""Beginnings that change places with each other before the same stem, by language."""

_TURKISH_CASES: Final = "i ı u ü e a de da te ta den dan ten tan in ın un ün le la"


def _turkic(plural: str, cases: str, possessives: str) -> tuple[str, ...]:
    many, case, own = plural.split(), cases.split(), possessives.split()
    return tuple({*many, *case, *own, *(a + b for a, b in product(many, case)), *(a + b for a, b in product(many, own)),
                  *(a + "n" + b for a, b in product(own, case))})  # fmt: skip


_TURKISH: Final = _turkic(
    "ler lar", f"{_TURKISH_CASES} y yi yı yu yü ye ya nin nın nun nün", "i ı u ü si sı su sü leri ları im ım imiz ımız"
)
_KAZAKH: Final = _turkic(
    "лар лер дар дер тар тер", "ды ді ты ті ны ні да де та те дан ден тан тен ға ге қа ке ның нің дың дің тың тің", "ы і сы сі"
)
_UZBEK: Final = _turkic("lar", "ni ga da dan ning ka", "i si im imiz lari")

_PARADIGMS: Final[dict[str, tuple[str, ...]]] = {
    "ru": (
        "ы ов ам ами ах", "и ей ям ями ях", "а ы е у ой ою", "я и е ю ей", "ия ии ию ией", "ие ия ию ием ии", "ии ий иям иями иях",
        "а у ом е", "ь я ю ем е", "а ов ам ами ах", "ый ого ому ым ом ая ой ую ое ые ых ыми", "ий его ему им ем яя ей юю ее ие их ими",
        "ский ского скому ским ском ская ской скую ское ские ских скими", "ть л ла ло ли", "овать ую уешь ует уем уете уют",
    ),
    "uk": (
        "и ів ам ами ах", "а и і у ою", "у ові ом і а", "ія ії ію ією", "ії ій іям іями іях", "ня ню ням ні",
        "ий ого ому им ім а ої ій у ою е і их ими", "ти в ла ло ли ю єш є ємо єте ють", "ець ця цю цем ці ців цям цями цях",
        "ки ок кам ками ках",
    ),
    "be": (
        "ы аў ам амі ах", "а ы е у ай", "ы ага аму ым ая ай ую ое ыя ых ымі", "ць ў ла ло лі",
    ),
    "bg": (
        "и ите", "а ата и ите", "ът а ове овете", "не нето ния нията", "ен на но ни ният ната ното ните ния", "я ята и ите",
    ),
    "mk": (
        "и ите", "а ата и ите", "от ови овите", "ње њето ња њата", "ен на но ни ниот ната ното ните", "ја јата и ите",
    ),
    "sr": (
        "и а има е", "а е и у ом", "а у ом е", "ни ног ном ним на не ну ној но них", "ти о ла ло ли", "ње ња њу њем", "ци аца цима це",
    ),
    "sr-Latn": (
        "i a ima e", "a e i u om", "a u om e", "ni nog nom nim na ne nu noj no nih", "ti o la lo li", "nje nja nju njem",
        "ci aca cima ce",
    ),
    "pl": (
        "y ów om ami ach", "a y ie ę ą", "u owi em ie a", "e a u em", "ia iom iami iach", "ja ji ję ją",
        "cja cji cję cją cje cjom cjami cjach", "ny nego nemu nym na nej ną ne nych nymi ni",
        "ski skiego skiemu skim ska skiej ską skie skich skimi", "ać am asz a amy acie ają ał ała ali",
        "ować uję ujesz uje ujemy ujecie ują ował owała owali", "anie ania aniu aniem", "y ów om ami ach i",
        "arta arty arcie artę artą kart",
    ),
    "cs": (
        "y ám ami ách", "y eb bám bami bách", "by eb bám bami bách", "u ovi em e a", "e í ím emi ích", "ce ci cí", "ní ního nímu ním",
        "ný ného nému ným ném ná né nou ní ných nými", "ský ského skému ským ském ská ské skou ských skými",
        "it ím íš í íme íte il ila ili", "ovat uji uješ uje ujeme ujete ují oval ovala ovali", "iči ičů ičům iče ičích",
        "ek ku kem kům ky ků kách",
    ),
    "sk": (
        "by ieb bám bami bách", "y ám ami ách", "y ov om mi och", "u ovi om e a", "e ia iu í iam iami iách",
        "ný ného nému ným nom ná nej nú né ní ných nými", "ský ského skému ským skom ská skej skú ské skí ských skými",
        "iť ím íš í íme íte il ila ili", "ovať ujem uješ uje ujeme ujete ujú oval ovala ovali", "nie nia niu ním ní",
        "iči ičov ičom ičoch ičmi",
    ),
    "sl": (
        "e am ami ah", "itve itev itvam itvami itvah", "i ov om ih", "ni nega nemu nim nem na ne no nih nimi", "nje nja nju njem njih",
        "iti im iš i imo ite ijo il ila ili",
    ),
    "hr": (
        "i a ima e", "a e i u om", "a u om e", "ni nog nom nim na ne nu noj no nih", "ti o la lo li", "nje nja nju njem",
        "ci aca cima ce",
    ),
    "lt": (
        "ai ų ams us ais uose", "as o ui ą u e", "is io iui į iu yje", "a os ai ą oje", "ės ių ėms es ėmis ėse",
        "imas imo imui imą imu ime imai imų imams imus imais", "ti siu si s ime ite au o",
    ),
    "lv": (
        "as ām u", "i u iem us os", "s a am u ā", "ana anas anai anu anā anām", "šana šanas šanai šanu šanā", "ot oju osim osiet",
        "is a im i ī", "e es ei i ē",
    ),
    "fi": (
        "t en issa ista iin illa ilta ille ien ina iksi", "i in issa ista iin illa ilta ille iksi ina",
        "it ien eja eissa eista eihin eilla eilta eille", "us uksen usta uksessa uksesta ukseen ukset uksia uksien uksissa",
        "ys yksen ystä yksessä yksestä ykseen ykset yksiä", "n a ssa sta lla lta lle na ksi t ja jen oissa oista",
        "n ä ssä stä llä ltä lle nä ksi t", "aa an at amme atte avat i in it imme ivat", "ää än ät ämme ätte ävät",
        "ja jan jaa jat jien joita jille", "jä jän jää jät jien jöitä",
    ),
    "et": (
        "ed ede i eid edel edest edele ede", "mine mise mist misel misest misele misega",
        "mised miste misi mistel mistest mistele mistega", "us use ust usel used uste", "d de i le l lt s st sse ga ks t te tel id",
        "ma n d b me te vad sin da", "ja jat jad jate jaid jale",
    ),
    "hu": (
        "ok okat okon okra oknak okról okban okhoz okig oké", "ek eket eken ekre eknek ekről ekben ekhez ekig eké",
        "ot ra ról nak on hoz ban ból kor ig", "et re ről nek en hez ben ből kor ig", "át ának ában án ára áról",
        "ét ének ében én ére éről", "ni ok sz unk tok nak hat hatok hatunk", "ó ók ót óknak ónak óknál", "ő ők őt őknek őnek",
    ),
    "tr": (
        "mak mek ma me ırım erim arım acağım eceğim iyorum ıyorum uyorum abilir ebilir abilirim ebilirim", " ".join(_TURKISH),
    ),
    "az": (
        "maq mək ma mə ıram irəm acağam əcəyəm ırıq", " ".join(_TURKISH),
    ),
    "kk": (
        " ".join(_KAZAKH),
    ),
    "ky": (
        " ".join(_KAZAKH),
    ),
    "mn": (
        "ийн ын ыг ийг д т аас ээс оос аар ээр ууд үүд",
    ),
    "uz": (
        " ".join(_UZBEK),
    ),
    "el": (
        "ές ών", "ες ων", "ή ής ές ών", "α ας ες ων", "ος ου ο οι ων ους", "ο ου α ων", "ι ιού ια ιών",
        "ίζω ίζεις ίζει ίζουμε ίζετε ίζουν ίσω ίσει ίσουμε ίσουν", "ικός ική ικό ικού ικές ικά ικών ικής ικούς ικοί", "ση σης σεις σεων",
    ),
    "hy": (
        "ը ն ի ում ից ով ներ ները ների ներում ներից ներին ներով ին",
    ),
    "ka": (
        "ი ს ის ით ში ზე ები ების ებს ებში ებზე ებით ებმა ისთვის ებისთვის მა",
    ),
    "am": (
        "ው ን ዎች ዎችን ች ኑ ውን ት ቱ",
    ),
    "sq": (
        "je jet jeve jesh", "et eve esh", "im imi imin imit ime imet imeve", "i in it",
    ),
    "is": (
        "ar ir um a", "ing ingin ingu ingar ingarnar ingum inganna ingunum",
        "ning ningin ningu ningar ningarnar ningum ninga ninganna ningunum",
    ),
}  # fmt: skip

ENDINGS: Final = {language: tuple(_group(group) for group in groups) for language, groups in _PARADIGMS.items()}
"""Endings that change places with each other after the same stem, by language; number, where it matters, is kept within a group."""

LONGEST_ENDING: Final = max(len(ending) for groups in ENDINGS.values() for group in groups for ending in group)
LONGEST_BEGINNING: Final = max(len(beginning) for group in LEADING.values() for beginning in group)


FIRST_ATTACHING: Final = "\u0590"
"""No letter before it is of a script in which words are attached to each other."""


def bare(token: str) -> Iterator[str]:
    """What may remain of a word when a particle or prefix is taken off, longest attachment first; nothing in most scripts."""
    if token < FIRST_ATTACHING:
        return
    code = ord(token[0])
    if 0xAC00 <= code <= 0xD7A3:
        yield from (token[: -len(end)] for end in PARTICLES if token.endswith(end) and len(token) - len(end) >= 2)
        return
    script = "Hebrew" if code <= 0x5FF else "Arabic" if code <= 0x6FF else "Ethiopic" if 0x1200 <= code <= 0x137F else ""
    yield from (
        token[len(start) :] for start in PREFIXES.get(script, ()) if token.startswith(start) and len(token) - len(start) >= SHORTEST_BARE
    )


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
