"""Falls through the bottom of the stack."""


def fall(depth):
    return fall(depth + 1)


fall(0)
