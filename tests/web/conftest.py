from tests.databases import connection, database
from tests.web.site import site

__all__ = ["connection", "database", "site"]
