from . import evaluation_words
