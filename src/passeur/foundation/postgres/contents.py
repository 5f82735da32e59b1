"""What the private server holds from the start: Passeur's role, its database, the vector extension."""

import psycopg
from psycopg import sql

from passeur.foundation.postgres import places


def prepare(admin_url: str) -> None:
    """Make what is missing. The pages run under a role that owns its database and nothing else."""
    with psycopg.connect(admin_url, autocommit=True) as connection:
        if not _exists(connection, "pg_roles", "rolname", places.ROLE):
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(places.ROLE)))
            # An import may vouch for the rows that it has just made, instead of having each looked up again.
            connection.execute(
                sql.SQL("GRANT SET ON PARAMETER session_replication_role TO {}").format(
                    sql.Identifier(places.ROLE)
                )
            )
        if _exists(connection, "pg_database", "datname", places.DATABASE):
            return
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0").format(
                sql.Identifier(places.DATABASE), sql.Identifier(places.ROLE)
            )
        )
    # pgvector may only be added by the server's administrator, so it is there before anybody asks.
    with psycopg.connect(admin_url, dbname=places.DATABASE, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS vector")


def _exists(connection: psycopg.Connection, table: str, column: str, name: str) -> bool:
    query = sql.SQL("SELECT 1 FROM {} WHERE {} = %s").format(sql.Identifier(table), sql.Identifier(column))
    return connection.execute(query, [name]).fetchone() is not None
