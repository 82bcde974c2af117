"""Which keys lie side by side on the keyboards people type each script with; not what slips are made of it."""

from functools import cache

ROWS: dict[str, tuple[str, ...]] = {
    "latin": ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    "qwertz": ("qwertzuiopü", "asdfghjklöä", "yxcvbnm"),
    "azerty": ("azertyuiop", "qsdfghjklm", "wxcvbn"),
    "cyrillic": ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"),
    "greek": ("ςερτυθιοπ", "ασδφγηξκλ", "ζχψωβνμ"),
    "arabic": ("ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرىةوزظ"),
    "hebrew": ("קראטוןםפ", "שדגכעיחלךף", "זסבהנמצתץ"),
    "devanagari": ("ौैाीूबहगदजड", "ोे्िुपरकतचट", "ॆंमनवलसय"),
    "bengali": ("ৌৈাীূবহগদজড", "োে্িুপরকতচট", "ংমনবলসয়"),
    "hangul": ("ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ", "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ", "ㅋㅌㅊㅍㅠㅜㅡ"),
    "thai": ("ๆไำพะัีรนยบล", "ฟหกดเ้่าสวง", "ผปแอิืทมใฝ"),
    "georgian": ("ქწერტყუიოპ", "ასდფგჰჯკლ", "ზხცვბნმ"),
    "armenian": ("քոեռտըւիօպ", "ասդֆգհյկլ", "զղցվբնմ"),
}
_OF_LANGUAGE = {"de": "qwertz", "cs": "qwertz", "sk": "qwertz", "hu": "qwertz", "sl": "qwertz", "hr": "qwertz", "fr": "azerty"}


@cache
def neighbours(layout: str) -> dict[str, str]:
    """Key → the keys beside, above and below it."""
    rows = ROWS[layout]
    found: dict[str, str] = {}
    for number, row in enumerate(rows):
        for at, letter in enumerate(row):
            beside = row[max(at - 1, 0) : at] + row[at + 1 : at + 2]
            above = rows[number - 1][at : at + 2] if number else ""
            below = rows[number + 1][max(at - 1, 0) : at + 1] if number + 1 < len(rows) else ""
            found[letter] = beside + above + below
    return found


def beside(letter: str, language: str) -> str:
    """The keys next to a letter, empty where no known keyboard has it."""
    own = _OF_LANGUAGE.get(language)
    for layout in (own, *ROWS) if own else ROWS:
        if found := neighbours(layout).get(letter):
            return found
    return ""
