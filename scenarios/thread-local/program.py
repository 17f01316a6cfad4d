"""Every thread writes its name into the same box. A local() has a place for each thread, a plain object one for all."""

import time
from threading import Thread, current_thread, local
from types import SimpleNamespace
from typing import Literal


def serve(box: local | SimpleNamespace, seconds: float) -> None:
    name = current_thread().name
    print(f"{name} finds {getattr(box, 'owner', 'nothing')}")
    box.owner = name
    time.sleep(seconds)
    print(f"{name} reads {box.owner}")


def main(kind: Literal["local", "shared"] = "local", threads: int = 3, seconds: float = 1.0) -> None:
    box = local() if kind == "local" else SimpleNamespace()
    box.owner = "main"
    servers = [Thread(target=serve, args=(box, seconds), name=f"server {number}") for number in range(threads)]
    for server in servers:
        server.start()
    for server in servers:
        server.join()
    print(f"main reads {box.owner}")


if __name__ == "__main__":
    main()
