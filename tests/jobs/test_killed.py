"""Workers and their jobs are killed; fifty times: ``make soak``."""

from soaking import kill_jobs, kill_workers


def test_a_killed_worker_takes_its_job_with_it_and_the_next_takes_it_up(folder):
    """The record says "stopped" at once, so that the next worker need not wait."""
    assert kill_workers(folder, 2).state == "cancelled"


def test_a_worker_outlives_jobs_that_are_killed(folder):
    jobs = kill_jobs(folder, 3)
    assert [job.state for job in jobs] == ["failed"] * 3
    assert all("was killed (SIGKILL)" in job.reason for job in jobs)
