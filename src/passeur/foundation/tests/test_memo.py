"""What one request has worked out is kept until it ends, never longer."""

import pytest
from django.http import HttpResponse

from passeur.foundation import memo


class WorkOut:
    """Works something out, and counts how often."""

    def __init__(self):
        self.calls: list[tuple[str, int]] = []

    def __call__(self, key=("roles", 1)):
        return memo.once(key, lambda: self._work(key))

    def _work(self, key):
        self.calls.append(key)
        return len(self.calls)


@pytest.fixture
def work_out():
    return WorkOut()


def test_outside_a_request_nothing_is_kept(work_out):
    assert (work_out(), work_out()) == (1, 2)


def test_in_a_request_a_value_is_worked_out_once(work_out, rf):
    memo.MemoMiddleware(lambda request: HttpResponse(work_out() + work_out()))(rf.get("/"))
    assert len(work_out.calls) == 1


def test_the_next_request_starts_afresh(work_out, rf):
    answer = memo.MemoMiddleware(lambda request: HttpResponse(work_out()))
    answer(rf.get("/"))
    answer(rf.get("/"))
    assert len(work_out.calls) == 2


def test_what_a_service_forgets_is_worked_out_again(work_out, rf):
    def view(request):
        work_out(("roles", 1)), work_out(("other", 1))
        memo.forget("roles")
        work_out(("roles", 1)), work_out(("other", 1))
        return HttpResponse()

    memo.MemoMiddleware(view)(rf.get("/"))
    assert work_out.calls == [("roles", 1), ("other", 1), ("roles", 1)]
