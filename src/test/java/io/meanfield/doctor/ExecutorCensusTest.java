package io.meanfield.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutorCensusTest {
  @Test
  void executorsThatAllAnswerAreOk() {
    assertThat(new ExecutorCensus(List.of(), 2, 2).findings())
        .containsExactly(Finding.ok("executors", "driver", "2 executors answered"));
  }

  @Test
  void executorThatRunsNoTaskFails() {
    assertThat(new ExecutorCensus(List.of("b:7"), 1, 0).findings())
        .containsExactly(
            Finding.failed(
                "executors",
                "b:7",
                "the executor ran none of the tasks that were offered to it",
                "stop other jobs of this application, and look for errors in the executor's log"),
            Finding.ok("executors", "driver", "1 executor answered"));
  }

  @Test
  void fewerExecutorsThanRequestedAreAWarning() {
    assertThat(new ExecutorCensus(List.of(), 2, 4).findings())
        .containsExactly(
            Finding.warning(
                "executors",
                "driver",
                "2 of 4 requested executors answered",
                "free resources of the cluster, or request fewer executors"));
  }

  @Test
  void applicationWithoutExecutorsFails() {
    assertThat(new ExecutorCensus(List.of(), 0, 0).findings())
        .containsExactly(
            Finding.failed(
                "executors",
                "driver",
                "no executor answered",
                "give the application executors, and look for errors in the log of the cluster"
                    + " manager"));
  }

  @Test
  void failedTasksAreAFinding() {
    assertThat(ExecutorCensus.broken("Job aborted"))
        .isEqualTo(
            Finding.failed(
                "executors",
                "driver",
                "the tasks of the check failed: Job aborted",
                "look for errors in the executors' logs; Meanfield needs Java 17 or newer"
                    + " there"));
  }
}
