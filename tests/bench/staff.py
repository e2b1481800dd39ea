"""People of a large call centre, for benchmarks of what is done with many of them."""

LIST_ROWS = 80


def build_staff(env, count, **vals):
    """``count`` appointed people in one post; returns the post and the people."""
    job = env["hr.job"].create({"name": "Post of the benchmark"})
    people = env["hr.employee"].create(
        [{"name": f"Person {n}", "job_id": job.id} | vals for n in range(count)]
    )
    people._transition({"callcenter_status": "appointed"})
    env.flush_all()
    return job, people


def open_list(records, names, domain=()):
    """What the web client asks when it opens a list with the columns ``names``."""
    columns = {
        name: {"fields": {"display_name": {}}}
        if records._fields[name].type == "many2one"
        else {}
        for name in names
        if name in records._fields
    }
    return records.web_search_read(list(domain), columns, limit=LIST_ROWS)
