"""One cook and several pots: coroutines that take turns in one thread, wait together, and can be called off."""

import asyncio
import time
from typing import Literal

served: list[str] = []


async def cook(dish: str, seconds: float, wait: str) -> None:
    print(f"{dish} is on the stove")
    try:
        if wait == "time.sleep":
            time.sleep(seconds)
        else:
            await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        print(f"{dish} is taken off the stove")
        raise
    served.append(dish)
    print(f"{dish} is ready")


async def kitchen(dishes: int, unit: float, style: str, wait: str, patience: float) -> None:
    async with asyncio.timeout(patience or None):
        if style == "one by one":
            for number in range(1, dishes + 1):
                await cook(f"dish {number}", number * unit, wait)
        else:
            tasks = [
                asyncio.create_task(cook(f"dish {number}", number * unit, wait), name=f"dish {number}")
                for number in range(1, dishes + 1)
            ]
            await asyncio.gather(*tasks)


def main(
    dishes: int = 4,
    style: Literal["together", "one by one"] = "together",
    wait: Literal["await", "time.sleep"] = "await",
    patience: float = 0.0,
    unit: float = 1.0,
) -> None:
    began = time.monotonic()
    try:
        asyncio.run(kitchen(dishes, unit, style, wait, patience))
    except TimeoutError:
        print("the guests have left")
    print(f"{len(served)} of {dishes} dishes in {time.monotonic() - began:.1f} s")


if __name__ == "__main__":
    main()
