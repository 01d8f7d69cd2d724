"""Retrains a model every night with Airflow. Copy this file into the folder of DAGs.

BashOperator marks the task as skipped after exit code 99 (no new data, or the champion stays) and as failed after all others
but 0. After a crash the command is started again. It has the same date and therefore continues the same run. Wrong settings
(2) and refused data (3) cannot be told from a crash, so these are tried again, too; they end within seconds to minutes.

SparkSubmitOperator is no substitute: it starts spark-submit instead of scripts/submit, knows no exit code that means skipped,
and in cluster deploy mode it sees only the success or failure that the cluster manager reports.
"""

from datetime import datetime, timedelta, timezone

from airflow import DAG
from airflow.timetables.trigger import CronTriggerTimetable

try:
    from airflow.providers.standard.operators.bash import BashOperator  # Airflow 3
except ImportError:
    from airflow.operators.bash import BashOperator

with DAG(
    dag_id="meanfield_retrain",
    # The logical date is the date on which a run starts. A schedule "0 2 * * *" would mean the day before in Airflow 2.
    schedule=CronTriggerTimetable("0 2 * * *", timezone="UTC"),
    start_date=datetime(2026, 1, 1, tzinfo=timezone.utc),
    # A run of an older date would not replace a newer champion, and every run finds all data that have arrived.
    catchup=False,
    max_active_runs=1,
    tags=["meanfield"],
):
    BashOperator(
        task_id="retrain",
        # For a second model with the same run.directory: --run-id NAME-{{ ds }} --date {{ ds }}
        bash_command=(
            "/opt/meanfield/scripts/submit --master 'local[*]'"
            " retrain --conf /opt/meanfield/jobs/mnist-retrain.conf --run-id {{ ds }}"
        ),
        # Relative paths of the job file resolve here.
        cwd="/var/lib/meanfield",
        env={"JAVA_HOME": "/usr/lib/jvm/java-17-openjdk-amd64", "SPARK_HOME": "/opt/spark"},
        append_env=True,
        skip_on_exit_code=99,
        retries=2,
        retry_delay=timedelta(minutes=5),
    )
