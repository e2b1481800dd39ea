from random import Random

from .common import Story

_SEED = 2027


# Name, what earns the points, points, instant fail, topic.
_CRITERIA = [
    ("Приветствие", "Назвал себя и компанию", 10, False, "phone_etiquette"),
    ("Цель звонка", "Сказал, зачем звонит, за две фразы", 15, False, "communication"),
    ("Выявление потребности", "Задал открытые вопросы", 25, False, "sales_techniques"),
    ("Знание товара", "Верно ответил на вопросы о товаре", 25, False, "assortment"),
    ("Следующий шаг", "Договорился о следующем шаге", 15, False, "sales_techniques"),
    ("Прощание", "Поблагодарил за разговор", 10, False, "phone_etiquette"),
    ("Корректность", "Без грубости и ложных обещаний", 0, True, "communication"),
]
_ANSWERS = ("yes", "yes", "yes", "partly", "no")


class QualityStory(Story):
    """How the demo company's sales director listens to calls."""

    def tell(self):
        card = self._as("sales", self.env["callcenter.scorecard"]).create(
            {
                "name": "Исходящий информативный звонок",
                "pass_percent": 75,
                "criterion_ids": [
                    (0, 0, self._prepare_criterion(number, *criterion))
                    for number, criterion in enumerate(_CRITERIA)
                ],
            }
        )
        card.action_approve()
        rule = self._as("sales", self.env["callcenter.sampling.rule"]).create(
            {
                "name": "Самые долгие разговоры недели",
                "scorecard_id": card.id,
                "kind": "longest",
                "call_count": 3,
            }
        )
        self._evaluate(rule._sample())

    def _prepare_criterion(self, number, name, guide, points, is_fatal, topic):
        return {
            "sequence": number,
            "name": name,
            "guide": guide,
            "points": points,
            "is_fatal": is_fatal,
            "topic_id": self.env.ref(f"callcenter_ops.topic_{topic}").id,
        }

    def _evaluate(self, evaluations):
        """Two calls of three are judged; the rest still wait."""
        chance = Random(_SEED)
        for number, evaluation in enumerate(evaluations):
            if number % 3 == 2:
                continue
            for line in evaluation.line_ids:
                line.answer = "yes" if line.is_fatal else chance.choice(_ANSWERS)
            evaluation.action_finish()
