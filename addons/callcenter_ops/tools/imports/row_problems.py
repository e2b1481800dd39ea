"""What is wrong with a row of an imported table."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Problem:
    """``code`` names the fault; a blocking one keeps the row out of the base."""

    code: str
    column: str = ""
    value: str = ""
    blocking: bool = True


@dataclass
class ParsedRow:
    """Values of a row by target column, with its faults."""

    line: int
    values: dict = field(default_factory=dict)
    problems: list = field(default_factory=list)

    @property
    def is_loadable(self):
        return not any(problem.blocking for problem in self.problems)

    def add(self, code, column="", value="", blocking=True):
        self.problems.append(Problem(code, column, str(value)[:200], blocking))
