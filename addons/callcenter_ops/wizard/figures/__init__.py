from . import figure_compare
from . import figure_compare_row
from . import phone_package_compare
from . import phone_package_compare_row
