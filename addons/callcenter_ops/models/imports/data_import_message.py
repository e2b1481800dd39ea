from odoo import models


class DataImportMessage(models.AbstractModel):
    """What is wrong with a file or a line, in words, with what to do about it."""

    _name = "callcenter.data.import.message"
    _description = "Messages of an import"

    def _describe_table_error(self, error):
        """Why the whole file cannot be read.

        :param error: ``tools.table_format.TableError``
        """
        return self._get_table_messages().get(error.code, error.code) % {
            "line": 0,
            "limit": 0,
            "name": "",
            "encoding": "",
            **error.values,
        }

    def _describe_problems(self, problems):
        return "\n".join(self._describe_problem(problem) for problem in problems)

    def _describe_problem(self, problem):
        """One fault of a line.

        :param problem: ``tools.row_problems.Problem``
        """
        messages = (
            self._get_row_messages()
            | self._get_phone_messages()
            | self._get_debt_messages()
            | self._get_exchange_messages()
        )
        return messages.get(problem.code, problem.code) % {
            "value": problem.value,
            "column": problem.column,
        }

    def _get_table_messages(self):
        return {
            "empty": self.env._("The file is empty: choose the one with the data."),
            "old_excel": self.env._(
                "This is the old Excel format (.xls): save the table as .xlsx or CSV."
            ),
            "not_a_table": self.env._("This is no table: give a CSV or an XLSX file."),
            "damaged_archive": self.env._(
                "The XLSX file is damaged: open it in a spreadsheet program and save"
                " it again."
            ),
            "archive_bomb": self.env._(
                "The file unpacks to far more than an honest table: it is refused."
            ),
            "no_sheet": self.env._("The workbook has no sheet “%(name)s”."),
            "bad_encoding": self.env._(
                "The text is not in %(encoding)s: leave the encoding empty or choose"
                " another one."
            ),
            "broken_quotes": self.env._(
                "The record that starts on line %(line)s opens a quotation mark and"
                " never closes it: correct the line and load the file again."
            ),
            "too_many_columns": self.env._(
                "Line %(line)s has more than %(limit)s columns: is the delimiter right?"
            ),
        }

    def _get_row_messages(self):
        return {
            "width": self.env._("The line has %(value)s cells instead of %(column)s."),
            "unreadable": self.env._(
                "Letters were lost by a wrong encoding: “%(value)s”."
            ),
            "formula": self.env._("A formula stands instead of a value: “%(value)s”."),
            "markup": self.env._("HTML code is not a text: “%(value)s”."),
            "too_long": self.env._("The text is too long: “%(value)s…”."),
            "no_name": self.env._("The name is missing."),
            "no_key": self.env._("Neither a telephone nor a tax number is given."),
            "no_code": self.env._("Neither a code nor a barcode is given."),
            "bad_email": self.env._("“%(value)s” is no e-mail address: left empty."),
            "bad_vat": self.env._(
                "The check digits of the tax number “%(value)s” are wrong."
            ),
            "bad_amount": self.env._("“%(value)s” is no amount."),
            "negative_amount": self.env._("A price cannot be negative: “%(value)s”."),
            "bad_barcode": self.env._(
                "The check digit of the barcode “%(value)s” is wrong."
            ),
            "unknown_region": self.env._(
                "No region is called “%(value)s”: left empty."
            ),
            "unknown_country": self.env._(
                "No country is called “%(value)s”: left empty."
            ),
            "repeated": self.env._("Same as line %(value)s of this file."),
            "archived": self.env._("“%(value)s” is in the archive: restore it first."),
            "several": self.env._(
                "The telephone, the tax number and the code belong to different"
                " records: %(value)s."
            ),
            "other_vat": self.env._(
                "The telephone belongs to another tax number: %(value)s."
            ),
            "refused": self.env._("The record was refused: %(value)s"),
        }

    def _get_debt_messages(self):
        return {
            "bad_date": self.env._("“%(value)s” is no day."),
            "no_date": self.env._("The day is missing."),
            "no_amount": self.env._("The amount is missing or zero."),
            "no_number": self.env._("The number of the document is missing."),
            "no_payment_number": self.env._("The number of the payment is missing."),
            "no_client": self.env._(
                "Nothing says whose debt it is: give a code, a tax number or a"
                " telephone."
            ),
            "unknown_client": self.env._(
                "No client has this code, tax number or telephone: load him first."
            ),
            "unknown_debt": self.env._("There is no debt by “%(value)s”."),
            "other_client": self.env._(
                "The debt by this document is another client's: %(value)s."
            ),
        }

    def _get_exchange_messages(self):
        return {
            "bad_moment": self.env._("“%(value)s” is no day and time."),
            "future_moment": self.env._("The call lies in the future: “%(value)s”."),
            "bad_seconds": self.env._("“%(value)s” is no length of time."),
            "no_wait": self.env._("How long the caller waited is missing."),
            "bad_answer": self.env._(
                "“%(value)s” does not say whether the call was answered."
            ),
        }

    def _get_phone_messages(self):
        return {
            "phone_no_city_code": self.env._(
                "The number “%(value)s” has no city code: write it in full."
            ),
            "phone_spoilt": self.env._(
                "A spreadsheet has rounded the number “%(value)s”: format the column"
                " as text and fill it in again."
            ),
            "phone_no_digits": self.env._("“%(value)s” is no telephone number."),
            "phone_too_long": self.env._(
                "“%(value)s…” is too long for a telephone number."
            ),
            "phone_invalid": self.env._(
                "No such telephone number can exist: “%(value)s”."
            ),
        }

    def _describe_result(self):
        return self.env._(
            "%(state)s: %(created)s created, %(updated)s updated, %(unchanged)s"
            " unchanged, %(duplicate)s repeated, %(error)s bad.",
            state=dict(self._fields["state"]._description_selection(self.env))[
                self.state
            ],
            created=self.created_count,
            updated=self.updated_count,
            unchanged=self.unchanged_count,
            duplicate=self.duplicate_count,
            error=self.error_count,
        )
