"""What differs between servers: how a snapshot begins, what tables there are, how a cell reads as text, how it groups.

Nothing here is imported before a database is named: SQLAlchemy and the drivers come with the extra `[db]`.
"""

from igmap.engine.servers import mysql, postgresql
from igmap.engine.servers.dialect import Dialect, Found

DIALECTS: dict[str, Dialect] = {"postgresql": postgresql, "mysql": mysql, "mariadb": mysql}

__all__ = ["DIALECTS", "Dialect", "Found"]
