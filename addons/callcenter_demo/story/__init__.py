"""What happened in the demo company before today, each room's part in its own file."""

from .budget import MoneyStory
from .calling import CallsStory
from .debts import DebtsStory
from .figures import PbxStory
from .imports import BaseStory
from .mastery import SeasonStory
from .personnel import PeopleStory
from .quality import QualityStory
from .quiz import QuizStory
from .workstation import PlacesStory

# Each part goes through what the ones before it brought.
STORIES = (
    BaseStory,
    PlacesStory,
    PeopleStory,
    MoneyStory,
    CallsStory,
    DebtsStory,
    PbxStory,
    QualityStory,
    QuizStory,
    SeasonStory,
)


def tell_stories(env):
    """Let the demo company's past happen, unless it did in this database already."""
    operator = env.ref("callcenter_demo.employee_anna_demo")
    if operator.callcenter_status != "candidate":
        return
    for story in STORIES:
        story(env).tell()
    # Invented addresses receive nothing.
    env["mail.mail"].search([("state", "=", "outgoing")]).unlink()
