"""Main ends at once, and yet the daemon finishes: another thread, which is no daemon, keeps the process alive."""

import time
from threading import Thread


def play(seconds: float) -> None:
    print("the music begins")
    time.sleep(seconds)
    print("the music ends")


def download(seconds: float) -> None:
    print("the download begins")
    time.sleep(seconds)
    print("the download ends")


def main(music: float = 1.0, loading: float = 3.0, both_daemons: bool = False) -> None:
    Thread(target=play, args=(music,), name="music", daemon=True).start()
    Thread(target=download, args=(loading,), name="download", daemon=both_daemons).start()
    print("main ends")


if __name__ == "__main__":
    main()
