from datetime import timedelta
from random import Random

from .personnel import OPERATORS
from .quiz import QuizStory

_SEED = 2028
# Days before today: the skis come, everybody is asked, learns, is asked again.
_LAUNCH, _ROUND = 24, 14
_SITTINGS = ((18, 0.5), (12, 0.85), (8, 0.9), (4, 0.95), (1, 0.95))
_ETIQUETTE_DAY, _PRACTICE_DAY, _PRICE_DAY = 16, 6, 2
_PRACTICE_CARDS = 6
_HASTY = "egor"


class SeasonStory(QuizStory):
    """How the demo company's operators learnt the winter's new goods.

    Every answer goes through the runners, so marks, mastery, signals and statistics
    are what the engine made of them.
    """

    def tell(self):
        self._launch_skis()
        etiquette = self._ref("quiz_etiquette")
        skis = self._ref("quiz_skis")
        for quiz in etiquette | skis:
            self._announce(quiz, self._get_today() - timedelta(days=_LAUNCH - 1))
        days = {
            _ETIQUETTE_DAY: lambda day: self._sit(etiquette, day, 0.8),
            _ROUND: self._hold_round,
            _PRACTICE_DAY: self._practise,
            _PRICE_DAY: self._change_prices,
        } | {
            before: lambda day, known=known: self._sit(skis, day, known)
            for before, known in _SITTINGS
        }
        for before in sorted(days, reverse=True):
            days[before](self._get_today() - timedelta(days=before))
        # The nightly jobs of the training addon, once.
        self.env["callcenter.quiz.attempt.item"]._count_exposures()
        self.env["callcenter.item.stat"]._build()

    def _get_products(self, category):
        return self.env["product.template"].search(
            [("categ_id.name", "=", category)], order="default_code"
        )

    def _launch_skis(self):
        day = self._get_today() - timedelta(days=_LAUNCH)
        with self._at(self._get_moment(day, 9)):
            skis = self._get_products("Лыжи")
            skis.callcenter_launch_date = day
            kinds = [
                skis.filtered(lambda one, code=code: one.default_code.startswith(code))
                for code in ("LZ", "LB", "LP")
            ]
            # Each pair of skis goes with boots and poles of its own.
            for pair, boots, poles in zip(*kinds, strict=True):
                pair.callcenter_accessory_ids = boots | poles
            sections = self._ref("quiz_skis").section_ids
            sections.categ_ids = skis.categ_id

    def _change_prices(self, day):
        with self._at(self._get_moment(day, 18)):
            for product in self._get_products("Велосипеды")[:4]:
                product.list_price += 500

    def _sit(self, quiz, day, known):
        """Everybody takes the quiz once, half an hour apart."""
        for number, name in enumerate(OPERATORS):
            user = self._get_employee(name).user_id
            chance = Random(f"{_SEED}/{quiz.id}/{name}/{known}")
            moment = self._get_moment(day, 10, number * 30 % 60)
            moment += timedelta(hours=number // 2)
            self._take(quiz.with_user(user), chance, known, moment)

    def _get_pause(self, random, user):
        hasty = user == self._ref(f"employee_{_HASTY}").user_id
        return timedelta(seconds=1) if hasty else super()._get_pause(random, user)

    def _hold_round(self, day):
        department = self._ref("employee_anna").department_id
        with self._at(self._get_moment(day, 9)):
            briefing = self._as("sales", self.env["callcenter.briefing"]).create(
                {"date": day, "department_id": department.id, "question_count": 8}
            )
            briefing.action_fill()

    def _practise(self, day):
        for number, name in enumerate(OPERATORS):
            user = self._get_employee(name).user_id
            runner = self.env["callcenter.practice.runner"].with_user(user)
            chance = Random(f"{_SEED}/{name}")
            for card in range(_PRACTICE_CARDS):
                with self._at(self._get_moment(day, 15, number * 8 + card)):
                    shown = runner.next_card()
                    runner.answer_card(
                        shown["card_id"],
                        self._choose_practice(shown, chance.random() < 0.8),
                        shown["nonce"],
                    )

    def _choose_practice(self, shown, right):
        card = self.env["callcenter.practice.card"].browse(shown["card_id"])
        return self._choose_by_key(card.key, shown, right, card.id)
