"""The models that tests of connectors look into, by the factories of the rooms they belong to."""

from passeur.accounts.tests.factories import MemberFactory
from passeur.channels.tests.factories import IdentityFactory, ImportRunFactory
from passeur.communities.tests.factories import CommunityFactory
from passeur.conversations.tests.factories import (
    ContributionFactory,
    ConversationFactory,
    ConversationLinkFactory,
    ReactionFactory,
    SearchMissFactory,
)
from passeur.skills.tests.factories import DeclaredSkillFactory

Community = CommunityFactory._meta.model
Contribution = ContributionFactory._meta.model
Conversation = ConversationFactory._meta.model
ConversationLink = ConversationLinkFactory._meta.model
DeclaredSkill = DeclaredSkillFactory._meta.model
Identity = IdentityFactory._meta.model
ImportRun = ImportRunFactory._meta.model
Member = MemberFactory._meta.model
Reaction = ReactionFactory._meta.model
SearchMiss = SearchMissFactory._meta.model
