"""Three greenlets that wait 2, 3 and 5 seconds: 5 seconds in all if they wait together, and 10 if they do not."""

import time
from collections.abc import Callable
from typing import Literal

import gevent
from gevent import monkey

MEAL = (("tea", 2), ("soup", 3), ("rice", 5))


def cook(dish: str, seconds: float, pause: Callable[[float], None]) -> None:
    print(f"{dish} is put on")
    pause(seconds)
    print(f"{dish} is ready")


def main(
    wait: Literal["joinall", "join one by one", "join after each spawn", "do not wait"] = "joinall",
    sleep: Literal["gevent.sleep", "time.sleep", "time.sleep, patched"] = "gevent.sleep",
    unit: float = 1.0,
) -> None:
    if sleep == "time.sleep, patched":
        monkey.patch_all()
    pause = gevent.sleep if sleep == "gevent.sleep" else time.sleep
    began = time.monotonic()
    meal = []
    for dish, units in MEAL:
        cooking = gevent.spawn(cook, dish, units * unit, pause)
        cooking.name = dish
        meal.append(cooking)
        if wait == "join after each spawn":
            cooking.join()
    if wait == "joinall":
        gevent.joinall(meal)
    elif wait == "join one by one":
        for cooking in meal:
            cooking.join()
    print(f"the meal took {time.monotonic() - began:.1f} s")


if __name__ == "__main__":
    main()
