"""A process of its own that reads and verifies a release file and hands its values over in small parts; who starts it is in loading.

`python -m notices.verifier FILE KEY…` (public keys in base64) writes pickles, each after its length, to standard output.
"""

import pickle
import struct
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Final

from notices.errors import InvalidDocument, UntrustedRelease
from notices.parts import Done, Message, Refused, take_apart
from notices.release_file import load_release_file
from notices.signing import decode_key

LENGTH: Final = struct.Struct("!I")
"""What stands before each pickle: its length in bytes."""


def messages(file: Path, keys: Sequence[str]) -> Iterator[Message]:
    """What is handed over: a release that is verified, in parts, or why there is none."""
    try:
        signed = load_release_file(file, tuple(map(decode_key, keys)))
    except (UntrustedRelease, InvalidDocument) as error:
        yield Refused(error.code, str(error))
    except RecursionError:
        yield Refused(InvalidDocument.code, "The release file is nested too deeply.")
    else:
        yield from take_apart(signed)
        yield Done()


def main(arguments: Sequence[str], out: BinaryIO) -> None:
    """Hand everything over."""
    for message in messages(Path(arguments[0]), arguments[1:]):
        data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
        out.write(LENGTH.pack(len(data)))
        out.write(data)
    out.flush()


if __name__ == "__main__":
    main(sys.argv[1:], sys.stdout.buffer)
