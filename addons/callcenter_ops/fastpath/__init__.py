from . import plain_row
