from . import quiz_announcement
