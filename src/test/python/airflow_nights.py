"""Calls `airflow dags test` with the only DAG of Airflow's folder, for each date. Usage: airflow_nights.py RESULT DATE…

RESULT receives JSON: what Airflow has understood of the DAG, and the states of run and task of each date.
"""

import json
import sys

import airflow
from airflow.cli.cli_parser import get_parser
from airflow.models.dagrun import DagRun
from airflow.utils import db
from airflow.utils.session import create_session

try:
    from airflow.dag_processing.dagbag import DagBag  # Airflow 3
except ImportError:
    from airflow.models.dagbag import DagBag

result, *dates = sys.argv[1:]
db.initdb()
bag = DagBag()
assert not bag.import_errors, bag.import_errors
(dag,) = bag.dags.values()
nights = []
for date in dates:
    arguments = get_parser().parse_args(["dags", "test", dag.dag_id, date])
    try:
        arguments.func(arguments)
    except SystemExit as failed:  # of Airflow 3
        assert failed.code, failed
    with create_session() as session:
        run = session.query(DagRun).order_by(DagRun.id.desc()).first()
        (task,) = run.get_task_instances(session=session)
        nights.append(f"{date} {run.state} {task.state} {task.try_number}")
with open(result, "w", encoding="utf-8") as file:
    json.dump(
        {
            "version": airflow.__version__,
            "schedule": f"{dag.timetable.summary} {dag.timetable._timezone}",
            "catchup": dag.catchup,
            "max_active_runs": dag.max_active_runs,
            "nights": nights,
        },
        file,
    )
