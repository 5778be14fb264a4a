"""Random rounding without bias: a figure of a cell is rounded the same way each time, by a key nobody else has.

Source: Willenborg and de Waal 2001, Elements of Statistical Disclosure Control, 9.2, doi:10.1007/978-1-4613-0121-9.
"""

import hashlib
import hmac


def rounded(figure: int, base: int, cell: str, key: str) -> int:
    """The multiple of the base below or above, on average the figure itself.

    Args:
        figure: a count.
        base: 0 or 1 for no rounding.
        cell: what the cell is called.
        key: secret.

    Example:
        >>> rounded(10, 5, "cell", "key"), rounded(12, 5, "cell", "key") in {10, 15}
        (10, True)
    """
    if base <= 1:
        return figure
    digest = hmac.new(key.encode(), f"{figure} {cell}".encode(), hashlib.sha256).digest()
    below, over = divmod(figure, base)
    return base * (below + (int.from_bytes(digest[:8], "big") * base < over << 64))
