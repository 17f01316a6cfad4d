"""concurrency-tui: run a concurrent Python program, see every worker and lock move, step back, choose who runs next."""

__version__ = "0.1.0"
