"""The way to the mail server: quick to find out that it is away, slow to give up while it thinks.

A server may take minutes over a message before it says yes. Who hangs up meanwhile sends it again, and the
person has it twice: so the time to connect is short, and the time to answer is long (RFC 5321, 4.5.3.2).
"""

from __future__ import annotations

from django.core.mail.backends.smtp import EmailBackend

LONGEST_THOUGHT = 600  # seconds; what the RFC asks for after the end of a message


class PatientBackend(EmailBackend):
    """`EMAIL_TIMEOUT` holds until the line is open; then the server has its time."""

    def open(self) -> bool | None:
        opened = super().open()
        sock = getattr(self.connection, "sock", None)
        if opened and sock is not None:
            sock.settimeout(LONGEST_THOUGHT)
        return opened
