package io.meanfield.bench.scaling;

/**
 * A Spark job of a training.
 *
 * @param parts how often the workers of a task average in memory in the job
 * @param steps minibatches of a worker in a part
 */
record SparkJob(int tasks, int workersOfTask, int parts, long steps) {
  SparkJob {
    if (tasks < 1 || workersOfTask < 1 || parts < 1 || steps < 0) {
      throw new IllegalArgumentException(
          "a job needs tasks, workers and parts, found "
              + tasks
              + ", "
              + workersOfTask
              + " and "
              + parts);
    }
  }
}
