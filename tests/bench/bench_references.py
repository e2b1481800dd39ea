"""What the machine itself can do; everything of ours is compared with these."""

import io

from registry import bench

QUEUE_ROWS = 1_000_000

MAKE_QUEUE = """
DROP TABLE IF EXISTS bench_queue;
CREATE UNLOGGED TABLE bench_queue (
    id serial PRIMARY KEY, campaign_id int NOT NULL, priority int NOT NULL,
    next_call_at timestamp, state varchar NOT NULL, claimed_by int
);
INSERT INTO bench_queue (campaign_id, priority, next_call_at, state)
SELECT mod(i, 10), mod(i, 5), now() - i * interval '1 second', 'queued'
  FROM generate_series(1, %s) i;
CREATE INDEX ON bench_queue (campaign_id, priority DESC, next_call_at)
 WHERE state = 'queued';
ANALYZE bench_queue;
"""
CLAIM = """
UPDATE bench_queue SET state = 'claimed', claimed_by = 1 WHERE id = (
    SELECT id FROM bench_queue
     WHERE state = 'queued' AND campaign_id = 3 AND next_call_at <= now()
     ORDER BY priority DESC, next_call_at LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING id
"""


@bench("one claim in plain psycopg2", unit="claims/s")
def plain_claim(context):
    with context.connection() as connection, connection.cursor() as cursor:
        cursor.execute(MAKE_QUEUE, [QUEUE_ROWS])
        connection.commit()

        def claim():
            cursor.execute(CLAIM)
            if not cursor.fetchone():
                raise RuntimeError("the benchmark's queue ran empty")
            connection.commit()

        rate = context.rate(claim)
        cursor.execute("DROP TABLE bench_queue")
        connection.commit()
    return rate


@bench("COPY of 50 000 rows, no index", unit="rows/s")
def plain_copy(context):
    rows = "".join(
        f"{i}\tInvented client {i}\t+7000{i:07d}\tTown {i % 50}\n"
        for i in range(50_000)
    )
    with context.connection() as connection, connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE bench_copy (id int, name text, phone text, city text)"
        )
        return context.timed(
            lambda: cursor.copy_expert("COPY bench_copy FROM STDIN", io.StringIO(rows)),
            50_000,
        )


@bench("res.users.context_get over HTTP", unit="calls/s")
def smallest_call(context):
    rpc = context.rpc()
    return context.rate(lambda: rpc.call("res.users", "context_get"))
