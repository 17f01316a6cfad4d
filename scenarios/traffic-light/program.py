"""Cars wait at a red light. One Event stops them all, and one set() lets them all go."""

import time
from threading import Event, Thread

green = Event()


def light(red: float, open_for: float) -> None:
    print("the light is red")
    time.sleep(red)
    print("the light turns green")
    green.set()
    if open_for:
        time.sleep(open_for)
        green.clear()
        print("the light is red again")
        time.sleep(red)
        print("the light turns green for good")
        green.set()


def car(number: int) -> None:
    print(f"car {number} arrives")
    green.wait()
    print(f"car {number} drives on")


def main(cars: int = 20, red: float = 3.0, gap: float = 0.1, open_for: float = 0.0) -> None:
    Thread(target=light, args=(red, open_for), name="light").start()
    for number in range(cars):
        Thread(target=car, args=(number,), name=f"car {number}").start()
        time.sleep(gap)


if __name__ == "__main__":
    main()
