from tests.databases import connection, database

__all__ = ["connection", "database"]
