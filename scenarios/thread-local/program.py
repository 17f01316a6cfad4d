"""Every thread writes its own name into the same box. In a local() each finds its own again, in a plain one the last."""

import time
from threading import Thread, current_thread, local
from types import SimpleNamespace
from typing import Literal


def serve(box: local | SimpleNamespace, seconds: float) -> None:
    name = current_thread().name
    box.owner = name
    print(f"{name} writes {name}")
    time.sleep(seconds)
    print(f"{name} reads {box.owner}")


def main(box: Literal["local", "shared"] = "local", threads: int = 3, seconds: float = 1.0) -> None:
    store = local() if box == "local" else SimpleNamespace()
    store.owner = "main"
    workers = [Thread(target=serve, args=(store, seconds), name=f"server {number}") for number in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    print(f"main reads {store.owner}")


if __name__ == "__main__":
    main()
