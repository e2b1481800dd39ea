"""Formulas that a person writes: numbers, names of figures, and nothing else.

A formula is lines ``name = expression``; the last line may be an expression alone and
is the result. Expressions know ``+ - * /``, ``min``, ``max``, ``round``, comparisons,
``and``, ``or``, ``not`` and ``a if condition else b``. They are read by Python's own
parser and walked by ours: nothing of them is ever run as Python. Numbers are exact
decimals.
"""

import ast
import operator
from dataclasses import dataclass
from decimal import Decimal, DecimalException

RESULT = "result"
_LONGEST = 4_000
_MOST_NODES = 500
# So deep may signs and brackets stand in each other: what goes deeper is no formula,
# and would end the interpreter's stack.
_DEEPEST = 60
_OPERATIONS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_COMPARISONS = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
_SIGNS = {ast.UAdd: operator.pos, ast.USub: operator.neg, ast.Not: operator.not_}
_LARGEST = Decimal(10) ** 15


class FormulaError(Exception):
    """``code`` says what is wrong, ``line`` (from 1) where, ``word`` what it is about.

    Codes: syntax, long, name, taken, forbidden, arguments, no_result, zero, large.
    """

    def __init__(self, code, line=0, word=""):
        super().__init__(f"{code} {line} {word}")
        self.code, self.line, self.word = code, line, word


@dataclass(frozen=True)
class Step:
    """A line worked out: ``text`` as written, ``numbers`` with values for names."""

    name: str
    text: str
    numbers: str
    value: Decimal


class Formula:
    """A formula that was read and found sound."""

    def __init__(self, text, names):
        """:param text: as written; :param names: figures that it may speak of

        :raise FormulaError: see there
        """
        if len(text) > _LONGEST:
            raise FormulaError("long")
        self._lines, self._names = [], set(names)
        tree = _parse(text)
        if sum(1 for _node in ast.walk(tree)) > _MOST_NODES:
            raise FormulaError("long")
        for place, statement in enumerate(tree.body):
            self._read(statement, is_last=place == len(tree.body) - 1)
        if not self._lines:
            raise FormulaError("no_result")

    def _read(self, statement, is_last):
        line = statement.lineno
        if isinstance(statement, ast.Expr) and is_last:
            name, expression = RESULT, statement.value
        elif isinstance(statement, ast.Assign) and _is_plain(statement):
            name, expression = statement.targets[0].id, statement.value
        elif isinstance(statement, ast.Expr):
            raise FormulaError("no_result", line)
        else:
            raise FormulaError("forbidden", line)
        known = self._names | {one for one, _expression in self._lines}
        _check(expression, known)
        if name in known or name in _FUNCTIONS:
            raise FormulaError("taken", line, name)
        self._lines.append((name, expression))

    def get_names(self):
        """Figures that it speaks of, sorted."""
        used = {
            node.id
            for _name, expression in self._lines
            for node in ast.walk(expression)
            if isinstance(node, ast.Name)
        }
        return sorted(used & self._names)

    def work_out(self, values):
        """
        :param values: dict name -> number; None counts as 0
        :return: list of ``Step``; the value of the last one is the result
        :raise FormulaError: zero (something is divided by it) or large
        """
        known = {name: _to_number(values.get(name)) for name in self._names}
        steps = []
        for name, expression in self._lines:
            value = _get_value(expression, known)
            numbers = ast.unparse(_Filler(known).visit(_copy(expression)))
            steps.append(Step(name, ast.unparse(expression), numbers, value))
            known[name] = value
        return steps


def _parse(text):
    try:
        return ast.parse(text)
    except SyntaxError as error:
        raise FormulaError("syntax", error.lineno or 0) from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise FormulaError("syntax") from error


def _copy(expression):
    return ast.parse(ast.unparse(expression), mode="eval").body


def _is_plain(statement):
    [target, *others] = statement.targets
    return isinstance(target, ast.Name) and not others


def _to_number(value):
    return Decimal(str(value or 0))


# ------------------------------------------------------------------------- reading


def _check(node, known, depth=0):
    """Refuse all but the few kinds of nodes that a formula may have."""
    if depth > _DEEPEST:
        raise FormulaError("long", node.lineno)
    check = _CHECKS.get(type(node))
    if check is None:
        raise FormulaError("forbidden", node.lineno, ast.unparse(node))
    for part in check(node, known):
        _check(part, known, depth + 1)


def _check_constant(node, _known):
    if type(node.value) not in (int, float) or abs(node.value) > _LARGEST:
        raise FormulaError("forbidden", node.lineno, ast.unparse(node))
    return []


def _check_name(node, known):
    if node.id not in known:
        raise FormulaError("name", node.lineno, node.id)
    return []


def _check_call(node, _known):
    name = getattr(node.func, "id", None)
    if name not in _FUNCTIONS:
        raise FormulaError("forbidden", node.lineno, ast.unparse(node.func))
    fewest, most = _ARGUMENTS[name]
    is_starred = any(isinstance(one, ast.Starred) for one in node.args)
    if node.keywords or is_starred or not fewest <= len(node.args) <= most:
        raise FormulaError("arguments", node.lineno, name)
    return node.args


def _check_operation(node, _known):
    if type(node.op) not in _OPERATIONS:
        raise FormulaError("forbidden", node.lineno, ast.unparse(node))
    return [node.left, node.right]


def _check_sign(node, _known):
    if type(node.op) not in _SIGNS:
        raise FormulaError("forbidden", node.lineno, ast.unparse(node))
    return [node.operand]


def _check_comparison(node, _known):
    if any(type(one) not in _COMPARISONS for one in node.ops):
        raise FormulaError("forbidden", node.lineno, ast.unparse(node))
    return [node.left, *node.comparators]


_CHECKS = {
    ast.Constant: _check_constant,
    ast.Name: _check_name,
    ast.Call: _check_call,
    ast.BinOp: _check_operation,
    ast.UnaryOp: _check_sign,
    ast.Compare: _check_comparison,
    ast.BoolOp: lambda node, _known: node.values,
    ast.IfExp: lambda node, _known: [node.test, node.body, node.orelse],
}

# --------------------------------------------------------------------- working out


def _get_value(node, known):
    try:
        value = Decimal(_WORKERS[type(node)](node, known))
    except (ZeroDivisionError, DecimalException) as error:
        raise FormulaError("zero", node.lineno, ast.unparse(node)) from error
    if abs(value) > _LARGEST:
        raise FormulaError("large", node.lineno, ast.unparse(node))
    return value


def _work_call(node, known):
    function = _FUNCTIONS[node.func.id]
    return function(*(_get_value(one, known) for one in node.args))


def _work_comparison(node, known):
    values = [_get_value(one, known) for one in (node.left, *node.comparators)]
    return all(
        _COMPARISONS[type(one)](values[place], values[place + 1])
        for place, one in enumerate(node.ops)
    )


def _work_logic(node, known):
    truths = (bool(_get_value(one, known)) for one in node.values)
    return all(truths) if isinstance(node.op, ast.And) else any(truths)


def _work_choice(node, known):
    return _get_value(node.body if _get_value(node.test, known) else node.orelse, known)


def _round(value, digits=Decimal(0)):
    return round(value, max(0, min(6, int(digits))))


_FUNCTIONS = {"min": min, "max": max, "round": _round}
_ARGUMENTS = {"min": (2, 20), "max": (2, 20), "round": (1, 2)}
_WORKERS = {
    ast.Constant: lambda node, _known: str(node.value),
    ast.Name: lambda node, known: known[node.id],
    ast.Call: _work_call,
    ast.BinOp: lambda node, known: _OPERATIONS[type(node.op)](
        _get_value(node.left, known), _get_value(node.right, known)
    ),
    ast.UnaryOp: lambda node, known: _SIGNS[type(node.op)](
        _get_value(node.operand, known)
    ),
    ast.Compare: _work_comparison,
    ast.BoolOp: _work_logic,
    ast.IfExp: _work_choice,
}


class _Filler(ast.NodeTransformer):
    """Puts the values in place of the names, for the explanation."""

    def __init__(self, known):
        self._known = known

    def visit_Name(self, node):
        return ast.Name(id=show(self._known[node.id]))

    def visit_Call(self, node):
        node.args = [self.visit(one) for one in node.args]
        return node


def show(value):
    """A number as people write it: at most four decimals, no zeros behind them."""
    text = f"{round(Decimal(value), 4):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
