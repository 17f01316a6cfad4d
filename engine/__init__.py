"""The child's side: it runs a program under a schedule and records what happens."""
