"""Jobs of conversations."""

from .counting import fold_counts
from .search import forget_old_misses, index_all_conversations, index_conversations, index_theme
from .similarity import index_all_similar, index_similar, keep_close_lists
from .telling import tell_community, tell_exchanges, tell_untold

__all__ = [
    "fold_counts",
    "forget_old_misses",
    "index_all_conversations",
    "index_all_similar",
    "index_conversations",
    "index_similar",
    "index_theme",
    "keep_close_lists",
    "tell_community",
    "tell_exchanges",
    "tell_untold",
]
