from . import test_desk_js
