"""What the room does, by use case: requests to people, and evidence that follows what happens."""

from .contesting import accept_again, contest
from .deciding import accept_referral, decline_referral, let_go, note_answer
from .evaluation import measure
from .learning import learn, learn_again, learn_reaction, mark_stale, mark_stale_around
from .listing import open_lists, write_listing
from .passing_on import expire_due, pass_on, release, serve_queue
from .rebuilding import rebuild, rebuild_due, refit_due
from .referring import refer, refer_invited, withdraw, withdraw_by_id
from .telling import note_mailed, tell
from .titles import follow_title

__all__ = [
    "accept_again",
    "accept_referral",
    "contest",
    "decline_referral",
    "expire_due",
    "follow_title",
    "learn",
    "learn_again",
    "learn_reaction",
    "let_go",
    "mark_stale",
    "mark_stale_around",
    "measure",
    "note_answer",
    "note_mailed",
    "open_lists",
    "pass_on",
    "rebuild",
    "rebuild_due",
    "refer",
    "refer_invited",
    "refit_due",
    "release",
    "serve_queue",
    "tell",
    "withdraw",
    "withdraw_by_id",
    "write_listing",
]
