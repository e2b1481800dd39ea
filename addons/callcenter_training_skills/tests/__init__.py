from . import test_certificate
