from .story import tell_stories
