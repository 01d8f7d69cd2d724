"""Loads a DAG file with stand-ins for the modules of Airflow, and prints as JSON what the file hands to them.

Usage: load_dag.py FILE 2|3     The number is Airflow's major version, which decides where BashOperator is.
The stand-ins have the names of Airflow's own parameters, so Python refuses any other.
"""

import ast
import json
import sys
import types

dag_file, version = sys.argv[1:]
dags, operators = [], []


class CronTriggerTimetable:
    def __init__(self, cron, *, timezone):
        self.description = f"{cron} {timezone}"


class DAG:
    def __init__(self, dag_id, *, schedule, start_date, catchup, max_active_runs, tags):
        dags.append(
            {
                "dag_id": dag_id,
                "schedule": schedule.description,
                "start_date": start_date.isoformat(),
                "catchup": catchup,
                "max_active_runs": max_active_runs,
            }
        )

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        return False


class BashOperator:
    def __init__(
        self, *, task_id, bash_command, cwd, env, append_env, skip_on_exit_code, retries, retry_delay
    ):
        operators.append(
            {
                "task_id": task_id,
                "bash_command": bash_command,
                "cwd": cwd,
                "env": env,
                "append_env": append_env,
                "skip_on_exit_code": skip_on_exit_code,
                "retries": retries,
                "retry_delay": retry_delay.total_seconds(),
            }
        )


def module(name, **members):
    stand_in = types.ModuleType(name)
    stand_in.__path__ = []
    vars(stand_in).update(members)
    sys.modules[name] = stand_in


module("airflow", DAG=DAG)
module("airflow.timetables")
module("airflow.timetables.trigger", CronTriggerTimetable=CronTriggerTimetable)
bash = "airflow.providers.standard.operators.bash" if version == "3" else "airflow.operators.bash"
for end in range(2, bash.count(".") + 1):
    module(".".join(bash.split(".")[:end]))
module(bash, BashOperator=BashOperator)

with open(dag_file, encoding="utf-8") as file:
    tree = ast.parse(file.read(), dag_file)
imports = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
imports += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
exec(compile(tree, dag_file, "exec"), {"__name__": "dag"})
print(json.dumps({"imports": sorted(imports), "dags": dags, "operators": operators}))
