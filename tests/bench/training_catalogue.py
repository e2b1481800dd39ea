"""A large catalogue for the benchmarks of training, made by SQL and rolled back."""

ATTRIBUTES = ("Brand", "Sport", "Size", "Colour", "Season", "Level")


def build_catalogue(env, count):
    """``count`` products in 50 categories with six attributes; no facts yet.

    Plain SQL tells the builder nothing: it is called by whoever measures it.
    """
    categories = env["product.category"].create(
        [{"name": f"Bench {number}"} for number in range(50)]
    )
    values = [_build_attribute(env, name) for name in ATTRIBUTES]
    env.flush_all()
    uom_id = env.ref("uom.product_uom_unit").id
    env.cr.execute(
        """INSERT INTO product_template
               (name, type, service_tracking, uom_id, categ_id, list_price, weight,
                default_code, active, sale_ok, callcenter_launch_date)
           SELECT jsonb_build_object('en_US', 'Article ' || n), 'consu', 'no', %s,
                  (%s::int[])[1 + n %% 50], 100 + (n * 37 %% 9900), 1 + n %% 90,
                  'GOODS-' || 900000 + n, TRUE, TRUE, CURRENT_DATE - (n %% 400)
             FROM generate_series(1, %s) n RETURNING id""",
        [uom_id, categories.ids, count],
    )
    product_ids = [id_ for (id_,) in env.cr.fetchall()]
    for attribute_id, value_ids in values:
        _give(env, product_ids, attribute_id, value_ids)
    # A catalogue of life has statistics; one made a moment ago has none.
    env.cr.execute("ANALYZE product_template")
    env.cr.execute("ANALYZE product_template_attribute_line")
    env.invalidate_all()
    return product_ids


def _build_attribute(env, name):
    attribute = env["product.attribute"].create(
        {"name": f"Bench {name}", "create_variant": "no_variant"}
    )
    values = env["product.attribute.value"].create(
        [{"name": f"{name} {n}", "attribute_id": attribute.id} for n in range(8)]
    )
    return attribute.id, values.ids


def _give(env, product_ids, attribute_id, value_ids):
    env.cr.execute(
        """WITH line AS (
               INSERT INTO product_template_attribute_line
                      (product_tmpl_id, attribute_id, active, value_count, sequence)
               SELECT unnest(%s::int[]), %s, TRUE, 1, 10 RETURNING id)
           INSERT INTO product_attribute_value_product_template_attribute_line_rel
                  (product_template_attribute_line_id, product_attribute_value_id)
           SELECT id, (%s::int[])[1 + id %% 8] FROM line""",
        [product_ids, attribute_id, value_ids],
    )
