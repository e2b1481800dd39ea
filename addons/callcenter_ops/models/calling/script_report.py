from markupsafe import Markup

from ...tools.calling.ab_test import Arm, compare
from ...tools.calling.call_counts import IN_FORCE
from ..common.figure_text import percent_text

# A client of the campaign counts once, under the script that he hears.
_ARMS = f"""
SELECT script_id, count(*) AS clients, count(*) FILTER (WHERE is_target) AS targets,
       count(*) FILTER (WHERE has_lead) AS leads,
       count(*) FILTER (WHERE is_sale) AS sales
  FROM (SELECT call.script_id, call.contact_id, bool_or(call.is_target) AS is_target,
               bool_or(call.lead_id IS NOT NULL) AS has_lead,
               bool_or(call.is_sale) AS is_sale
          FROM callcenter_call call
         WHERE call.campaign_id = %(campaign)s AND call.is_contact
           AND call.direction = 'out' AND call.script_id IS NOT NULL AND {IN_FORCE}
         GROUP BY call.script_id, call.contact_id) AS heard
 GROUP BY script_id
"""  # noqa: S608
# Where conversations came to, and where they ended without what they were for.
_STEPS = f"""
SELECT passed.step::int AS step_id, count(*) AS reached,
       count(*) FILTER (WHERE passed.position = passed.length) AS ended,
       count(*) FILTER (WHERE passed.position = passed.length
                          AND passed.is_target IS NOT TRUE) AS lost
  FROM (SELECT step.value AS step, step.ordinality AS position,
               jsonb_array_length(call.script_path) AS length, call.is_target
          FROM callcenter_call call
         CROSS JOIN LATERAL jsonb_array_elements_text(call.script_path)
               WITH ORDINALITY AS step(value, ordinality)
         WHERE call.campaign_id = %(campaign)s AND call.script_id = %(script)s
           AND call.is_contact AND jsonb_typeof(call.script_path) = 'array'
           AND {IN_FORCE}) AS passed
 GROUP BY passed.step
"""  # noqa: S608
MEASURES = ("targets", "leads", "sales")


class ScriptReport:
    """Which script of a campaign works, and where in it clients drop off.

    :param campaign: one ``callcenter.campaign``
    """

    def __init__(self, campaign):
        self.campaign = campaign
        self.env = campaign.env
        self.scripts = campaign.script_id | campaign.rival_script_id

    def get_arms(self):
        """Clients reached and results: ``{script id: {"clients", *MEASURES}}``."""
        rows = self._fetch(_ARMS)
        return {row.pop("script_id"): row for row in rows}

    def compare(self):
        """``{measure: (Arm, Arm, Comparison)}`` of the two scripts; empty without."""
        if not self.campaign.rival_script_id:
            return {}
        arms = self.get_arms()
        nobody = dict.fromkeys(("clients", *MEASURES), 0)
        one, other = (arms.get(script.id, nobody) for script in self.scripts)
        pairs = {
            name: [Arm(arm["clients"], arm[name]) for arm in (one, other)]
            for name in MEASURES
        }
        return {name: (*pair, compare(*pair)) for name, pair in pairs.items()}

    def get_steps(self, script):
        """``[(step, reached, ended, lost)]`` of a script, in its order.

        ``lost``: conversations that ended there without a target contact.
        """
        found = {row["step_id"]: row for row in self._fetch(_STEPS, script=script.id)}
        nothing = dict.fromkeys(("reached", "ended", "lost"), 0)
        return [
            (step, *(found.get(step.id, nothing)[name] for name in nothing))
            for step in script.step_ids.sorted()
        ]

    def render(self):
        """The report as tables, or False for a campaign without a script in steps."""
        if not self.scripts:
            return False
        blocks = [self._render_comparison(self.compare())]
        blocks += [self._render_steps(script) for script in self.scripts]
        return Markup().join(blocks)

    def _fetch(self, statement, **values):
        self.env.flush_all()
        values["campaign"] = self.campaign.id or 0
        # The text is the program's own, values are passed beside it.
        self.env.cr.execute(statement, values)  # pylint: disable=sql-injection
        return self.env.cr.dictfetchall()

    def _render_comparison(self, compared):
        if not compared:
            return ""
        names = self._get_measure_names()
        head = (self.env._("Clients with"), *self.scripts.mapped("name"))
        lines = [
            (names[name], self._describe(one), self._describe(other), self._judge(said))
            for name, (one, other, said) in compared.items()
        ]
        return _table((*head, self.env._("Verdict")), lines)

    def _describe(self, arm):
        return f"{arm.hits} / {arm.clients} = {percent_text(self.env, arm.share)}"

    def _judge(self, said):
        if said.verdict == "empty":
            return self.env._("Nobody was reached with one of them yet.")
        first, second = self.scripts.mapped("name")
        if said.verdict == "open":
            return self._judge_open(said)
        return self.env._(
            "%(script)s is better: chance alone does that in %(chance)s of cases.",
            script=first if said.verdict == "a" else second,
            chance=percent_text(self.env, said.p_value),
        )

    def _judge_open(self, said):
        if not said.needed:
            return self.env._("No difference.")
        return self.env._(
            "May be chance (%(chance)s): a difference of this size shows with "
            "%(count)s clients per script.",
            chance=percent_text(self.env, said.p_value),
            count=said.needed,
        )

    def _get_measure_names(self):
        return {
            "targets": self.env._("a target contact"),
            "leads": self.env._("a lead"),
            "sales": self.env._("a sale"),
        }

    def _render_steps(self, script):
        head = (
            self.env._("Step of %(script)s", script=script.name),
            self.env._("Came to it"),
            self.env._("Ended there"),
            self.env._("Of them without a target contact"),
        )
        lines = [
            (
                step.name,
                reached,
                ended,
                f"{lost} ({percent_text(self.env, _share(lost, reached))})",
            )
            for step, reached, ended, lost in self.get_steps(script)
        ]
        return _table(head, lines)


def _share(part, whole):
    return part / whole if whole else None


def _table(head, lines):
    """A table of cells, each escaped."""
    rows = [Markup("<td>%s</td>") * len(line) % tuple(line) for line in lines]
    top = Markup("<th>%s</th>") * len(head) % tuple(head)
    body = Markup().join(Markup("<tr>%s</tr>") % row for row in (top, *rows))
    return Markup("<table class='table table-sm'>%s</table>") % body
