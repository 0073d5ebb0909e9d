"""How counts, lists and thresholds are written in sentences."""


def counted(count: int, noun: str = "head") -> str:
    """``1 head``, ``1,200 heads``."""
    return f"1 {noun}" if count == 1 else f"{count:,} {noun}s"


def joined(parts: list[str]) -> str:
    """``a, b and c``."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def decimals(number: float) -> str:
    """With two or three decimals (``0.40``, ``0.405``), as ``assets/thresholds/`` does."""
    return f"{number:.3f}".removesuffix("0")


def signed(number: float, digits: int = 2) -> str:
    """With ``digits`` decimals and a typographic minus sign; never ``−0.00``."""
    return f"{number:z.{digits}f}".replace("-", "−")


def nats(number: float, *, signed: bool = False) -> str:
    """To a tenth from 1 on, else to a thousandth: ``23.2``, ``−0.026``; ``signed``: ``+6.8``."""
    digits = 1 if abs(number) >= 1 else 3
    text = f"{number:z.{digits}f}".replace("-", "−")
    return f"+{text}" if signed and number > 0 else text
