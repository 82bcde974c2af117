"""Bytes of a text file → its text, whatever wrote it; what the text means is for the formats."""

import codecs
from typing import Final

from charset_normalizer import from_bytes

from admin.sheets.errors import SheetRefused
from admin.sheets.findings import LARGEST, Findings

_MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SAMPLE: Final = 1024 * 1024
"""Bytes from which an unknown encoding is guessed."""


def check_size(data: bytes) -> None:
    """Raise SheetRefused for a file that is empty or too large."""
    if not data.strip():
        raise SheetRefused("empty_file", "The file is empty.")
    if len(data) > LARGEST:
        raise SheetRefused("too_large", f"The file has more than {LARGEST // 1024 // 1024} MB; split it.")


def decoded(data: bytes, findings: Findings) -> str:
    """The text: by its byte order mark, else as UTF-8, else as the likeliest other encoding, which is then noted."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding, findings)
    if b"\0" in data[:2] and len(data) > 1:
        return _strictly(data, "utf-16-be" if data[0] == 0 else "utf-16-le", findings)
    try:
        findings.encoding = "utf-8"
        return data.decode()
    except UnicodeDecodeError:
        return _guessed(data, findings)


def _strictly(data: bytes, encoding: str, findings: Findings) -> str:
    findings.encoding = encoding
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SheetRefused("bad_encoding", f"The file is not {encoding.upper()}: the byte at {error.start} is wrong.") from None


def _guessed(data: bytes, findings: Findings) -> str:
    best = from_bytes(data[:_SAMPLE]).best()
    try:
        if best is None:
            raise SheetRefused("unknown_encoding", "The file's encoding cannot be told; save it as UTF-8.")
        text = data.decode(best.encoding)
    except UnicodeDecodeError as error:
        message = (
            f"The file is neither UTF-8 nor {best.encoding if best else 'else'}; save it as UTF-8. The byte at {error.start} is wrong."
        )
        raise SheetRefused("unknown_encoding", message) from None
    findings.encoding = best.encoding
    findings.note(None, None, "encoding_guessed", f"The file is not UTF-8 and was read as {best.encoding}; look at letters with accents.")
    return text
