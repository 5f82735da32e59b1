"""A run of the tests itself."""

import signal

import pytest

from passeur.foundation.tests import plugin


def test_one_that_is_told_to_end_fails_no_test_for_it():
    """What `sys.exit` raises, pytest takes for a failure of the test that it is at."""
    with pytest.raises(pytest.exit.Exception, match="SIGTERM"):
        plugin._leave(signal.SIGTERM, None)
