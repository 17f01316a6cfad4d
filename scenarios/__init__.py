"""The lessons, and what is known about any program before it runs: its parameters, and where it is."""
