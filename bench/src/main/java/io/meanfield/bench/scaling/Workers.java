package io.meanfield.bench.scaling;

/** Where the logical workers run: a choice of {@code train.workers-per-task}. */
public enum Workers {
  /** Each worker has a task of its own: {@code workers-per-task = 1}. */
  TASK_EACH,
  /**
   * The workers of an executor share a task and average in memory: {@code workers-per-task} is the
   * number of an executor's cores.
   */
  TASK_FOR_EXECUTOR,
  /** One task has all workers and trains many rounds: {@code auto} with one executor. */
  ONE_TASK
}
