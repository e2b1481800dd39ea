from . import phone_package_compare
from . import phone_package_compare_row
