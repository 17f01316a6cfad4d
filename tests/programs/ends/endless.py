"""Never comes to a schedule point."""

print("before", flush=True)
while True:
    pass
