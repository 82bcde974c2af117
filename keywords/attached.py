"""Words with something attached: Korean particles, Arabic, Hebrew and Amharic prefixes, possessive and case endings after an apostrophe."""

from functools import lru_cache
from typing import Final

from keywords.folding import fold

_SHORTEST = 3
"""A stem of fewer letters is not looked up; two in Korean, where a letter is a syllable."""

_KOREAN: Final = tuple(
    sorted(
        "은 는 이 가 을 를 에 의 도 로 으로 와 과 만 에서 에게 까지 부터 처럼 이나 나 이란 란 인 들 들의 들은 들이 들을 때 일 중 후 전 "
        "시 용 별 하기 하는 하다 해 했 한 할 이다 입니다 "
        "에는 에도 하려면 하는법 방법 은요 는요".split(),
        key=len,
        reverse=True,
    )
)
_ARABIC: Final = tuple(fold(prefix) for prefix in ("وبال", "وال", "فال", "بال", "كال", "ولل", "لل", "ال", "و", "ف", "ب", "ل", "ك"))
_HEBREW: Final = ("וכשה", "כשה", "שב", "שה", "של", "וה", "וב", "ול", "ומ", "וש", "מה", "לה", "בה", "ה", "ו", "ב", "ל", "מ", "ש", "כ")
_ETHIOPIC: Final = ("የ", "በ", "ለ", "ከ", "ስለ", "እንደ")


@lru_cache(maxsize=8192)
def stems(token: str) -> tuple[str, ...]:
    """What may remain of a word when what is attached to it is taken off, longest attachment first; often nothing."""
    code = ord(token[0])
    if code < 0x590:
        return ()
    if 0xAC00 <= code <= 0xD7A3:
        return tuple(token[: -len(end)] for end in _KOREAN if token.endswith(end) and len(token) - len(end) >= 2)
    prefixes = _HEBREW if code <= 0x5FF else _ARABIC if code <= 0x6FF else _ETHIOPIC if 0x1200 <= code <= 0x137F else ()
    return tuple(token[len(start) :] for start in prefixes if token.startswith(start) and len(token) - len(start) >= _SHORTEST)
