"""The operating system's randomness, made repeatable."""

import random
from collections.abc import Callable
from typing import Any, Final

_seed: Final = random.Random.seed


def bytes_from(seed: int) -> Callable[[int], bytes]:
    """Return what takes the place of `os.urandom`: the same bytes for the same seed."""
    source = random.Random(f"urandom {seed}")  # noqa: S311 - repeatable on purpose

    def urandom(size: int, /) -> bytes:
        if size < 0:
            message = "negative argument not allowed"
            raise ValueError(message)
        return bytes(int(source.random() * 256) for _ in range(size))

    return urandom


def seeding(urandom: Callable[[int], bytes]) -> Callable[..., None]:
    """Return what takes the place of `Random.seed`: without a seed of its own, a generator gets one from `urandom`."""

    def seed(generator: random.Random, a: Any = None, version: int = 2) -> None:
        _seed(generator, int.from_bytes(urandom(16)) if a is None else a, version)

    return seed
