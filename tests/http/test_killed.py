"""Gunicorn's processes are killed under load; fifty times: ``make soak``."""

import made_tables
from running import serving
from soaking import kill_web_processes

from cache.store import Store


def test_visitors_get_right_answers_while_processes_are_killed(tmp_path):
    store = Store(str(tmp_path / "cache"), create=True)
    store.write("tiny", made_tables.heads(), made_tables.provenance())
    with serving(tmp_path / "cache", tmp_path / "log", processes=2) as server:
        seen = kill_web_processes(server, "/api/bins?model=tiny&width=1", kills=3)
    assert not seen.wrong
    assert seen.right > 20
    assert seen.cut_off <= 3 * 4  # no more than were asking when a process was killed
    assert "Traceback" not in (tmp_path / "log").read_text()
