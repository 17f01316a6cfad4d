"""An editor saves a copy every so often, in a thread of its own. As a daemon, that thread dies with the program."""

import time
from threading import Thread


def save(copies: int, interval: float) -> None:
    try:
        for copy in range(1, copies + 1):
            time.sleep(interval)
            print(f"copy {copy} is saved")
    finally:
        print("the file is closed")


def main(daemon: bool = True, copies: int = 5, interval: float = 1.0, editing: float = 2.5) -> None:
    Thread(target=save, args=(copies, interval), name="autosave", daemon=daemon).start()
    print("main: the editor opens")
    time.sleep(editing)
    print("main: the editor closes")


if __name__ == "__main__":
    main()
