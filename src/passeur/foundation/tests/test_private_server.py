"""The private server of a data folder: made once, shared, closed to others, clear when it fails."""

import stat
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import psycopg
import pytest

from passeur.foundation.postgres import folder, places, server
from passeur.foundation.postgres.errors import (
    DatabaseUnusable,
    DiskFull,
    FolderClosed,
    ForeignFolder,
    OtherVersion,
)

QUICK = server.FAST


@pytest.fixture(scope="module")
def data_dir(server_folder):
    """A data folder whose server has been made."""
    with server.running(server_folder, settings=QUICK):
        pass
    return server_folder


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_last_to_leave_stops_the_server(data_dir):
    with server.running(data_dir, settings=QUICK) as first:
        with server.running(data_dir) as second:
            assert (first.started, second.started) == (True, False)
            assert second.pid == first.pid
        assert server.is_answering(data_dir)
    assert not server.is_answering(data_dir)


def test_leaving_first_does_not_stop_it_under_the_others(data_dir):
    first = server.running(data_dir, settings=QUICK)
    first.__enter__()
    with server.running(data_dir) as second:
        first.__exit__(None, None, None)
        with psycopg.connect(second.url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    assert not server.is_answering(data_dir)


def test_a_killed_user_leaves_the_server_to_the_next(data_dir):
    source = (
        "import os, signal, sys; from pathlib import Path; from passeur.foundation.postgres import server\n"
        "with server.running(Path(sys.argv[1]), settings=server.FAST): os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-c", source, str(data_dir)], check=False)
    assert killed.returncode == -9
    assert server.is_answering(data_dir)
    with server.running(data_dir) as taken_over:
        assert not taken_over.started
    assert not server.is_answering(data_dir)


def test_a_server_that_somebody_else_started_is_left_running(data_dir):
    from passeur.foundation.postgres import account

    server._start(data_dir, account.server_account(places.cluster(data_dir)), QUICK)
    (data_dir / "postgres.users").write_text("")
    with server.running(data_dir):
        pass
    assert server.is_answering(data_dir)
    server.stop(data_dir)


def test_pages_do_not_run_as_the_administrator_of_the_server(data_dir):
    with server.running(data_dir, settings=QUICK) as running, psycopg.connect(running.url) as connection:
        rights = connection.execute("SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user")
        assert rights.fetchone() == (False, False)
        connection.execute("CREATE TABLE anything (id int)")
        assert connection.execute("SELECT extname FROM pg_extension WHERE extname = 'vector'").fetchone()
        connection.rollback()


def test_its_log_holds_no_value_of_a_row(data_dir):
    with server.running(data_dir, settings=QUICK) as running, psycopg.connect(running.url) as connection:
        connection.execute("CREATE TABLE people (name text PRIMARY KEY)")
        for _ in range(2):
            try:
                connection.execute("INSERT INTO people VALUES ('zoe-quillevere')")
            except psycopg.errors.UniqueViolation:
                connection.rollback()
                break
    log = (places.cluster(data_dir) / "log").read_text()
    assert "duplicate key value violates unique constraint" in log
    assert "zoe-quillevere" not in log


def test_others_can_neither_list_nor_write_the_data_folder(data_dir):
    with server.running(data_dir, settings=QUICK):
        assert not mode(data_dir) & 0o066
        assert mode(places.cluster(data_dir)) == 0o700
        socket = places.socket_dir(data_dir) / f".s.PGSQL.{places.PORT}"
        assert mode(socket) & 0o077 == 0


def test_a_folder_left_open_by_hand_is_closed(tmp_path):
    open_to_all = tmp_path / "data"
    open_to_all.mkdir()
    open_to_all.chmod(0o777)
    folder.prepare(open_to_all)
    assert not mode(open_to_all) & 0o066


def test_a_path_too_long_for_a_socket_finds_another_place_that_is_closed_too(server_folder):
    deep = server_folder / ("a folder with blanks " * 3) / ("and one more " * 4)
    with server.running(deep, settings=QUICK) as running:
        socket = places.socket_dir(deep)
        assert socket != places.cluster(deep)
        assert mode(socket) == 0o700
        psycopg.connect(running.url).close()
    assert not socket.exists()


def test_a_folder_of_another_version_is_not_touched(tmp_path):
    places.cluster(tmp_path).mkdir()
    (places.cluster(tmp_path) / "PG_VERSION").write_text("16\n")
    with pytest.raises(OtherVersion, match=r"PostgreSQL 16 .* PostgreSQL 18"), server.running(tmp_path):
        pass
    assert [path.name for path in places.cluster(tmp_path).iterdir()] == ["PG_VERSION"]


def test_half_a_cluster_is_not_taken_for_a_database(tmp_path):
    places.cluster(tmp_path).mkdir()
    (places.cluster(tmp_path) / "base").mkdir()
    with pytest.raises(ForeignFolder, match="interrompue"), server.running(tmp_path):
        pass


def test_it_stops_even_when_its_account_has_lost_the_way_to_it(data_dir):
    with server.running(data_dir, settings=QUICK):
        data_dir.chmod(0o700)
    assert not server.is_answering(data_dir)


def test_a_full_disk_is_said_before_anything_is_written(tmp_path, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("shutil.disk_usage", lambda path: usage(10**9, 10**9, 3 * 2**20))
    with pytest.raises(DiskFull, match="3 Mo libres"), server.running(tmp_path):
        pass
    assert not places.cluster(tmp_path).exists()


def test_a_disk_that_fills_up_during_the_first_start_leaves_nothing_half_made(tmp_path):
    cluster = places.cluster(tmp_path)
    cluster.mkdir()
    with pytest.raises(DiskFull):
        server._explain(cluster, 'initdb: error: could not write file "x": No space left on device')
    assert not cluster.exists()


def test_a_data_dir_that_is_a_file_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(FolderClosed, match="DATA_DIR"), server.running(tmp_path / "file"):
        pass


def test_what_the_server_wrote_is_in_the_sentence_when_it_cannot_start(data_dir):
    with (
        pytest.raises(DatabaseUnusable, match="shared_buffers") as refusal,
        server.running(data_dir, settings=["shared_buffers=nonsense"]),
    ):
        pass
    assert "\n" not in str(refusal.value)


def test_a_folder_one_may_not_write_to_is_one_sentence(tmp_path, monkeypatch):
    # Root may write everywhere, and these tests may run as root: the answer of the system is given here.
    monkeypatch.setattr("os.access", lambda path, rights: False)
    with pytest.raises(FolderClosed, match="Permission"), server.running(tmp_path):
        pass


@pytest.mark.parametrize(
    ("limit", "pages"), [("1073741824\n", "128MB"), ("104857600\n", "32MB"), ("34359738368\n", "1024MB")]
)
def test_it_keeps_an_eighth_of_the_memory_that_its_container_may_have(monkeypatch, tmp_path, limit, pages):
    monkeypatch.setattr("os.sysconf", {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": 2 * 2**20}.get)
    (tmp_path / "memory.max").write_text(limit)
    monkeypatch.setattr(server, "CONTAINER", (tmp_path / "none", tmp_path / "memory.max"))
    assert f"shared_buffers={pages}" in server._tuning()
    (tmp_path / "memory.max").write_text("max\n")
    assert "shared_buffers=1024MB" in server._tuning()
