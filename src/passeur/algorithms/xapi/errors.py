"""What is wrong with something received."""


class Invalid(ValueError):
    """Not what xAPI asks for; `str()` is a sentence for who wrote the client: where, and what is expected."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}")
        self.where = where
        self.why = why


class TooLarge(Invalid):
    """More than is read at once."""
