"""The operating system's randomness, made repeatable."""

import random
from collections.abc import Callable


def bytes_from(seed: int) -> Callable[[int], bytes]:
    """Return what takes the place of `os.urandom`: the same bytes for the same seed."""
    source = random.Random(f"urandom {seed}")  # noqa: S311 - repeatable on purpose

    def urandom(size: int, /) -> bytes:
        return bytes(int(source.random() * 256) for _ in range(size))

    return urandom
