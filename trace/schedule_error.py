"""What goes wrong with schedule codes."""


class ScheduleError(ValueError):
    """This is no schedule code, or not one this version can read. The text is one line for a person."""
