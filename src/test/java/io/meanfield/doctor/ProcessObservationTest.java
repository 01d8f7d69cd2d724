package io.meanfield.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.learner.NativeMemory;
import io.meanfield.store.DirectoryAccess;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessObservationTest {
  private static final DataLocation DATA = new DataLocation("data.train", "hdfs:///data/train.csv");

  private static ProcessObservation observation(int files) {
    return new ProcessObservation(
        new SoftwareVersions(17, "3.5.9", "2.12.18"),
        new MemoryLimits(1, 0, new NativeMemory(0, 0), 0, 0),
        new DirectoryCheck("run.directory", "/runs", false, true, new DirectoryAccess(1, true, "")),
        List.of(new DataAccess(DATA, files, "")));
  }

  private static List<String> failed(List<Finding> findings) {
    return Diagnosis.of(findings).sentences(Finding.Result.FAILED);
  }

  @Test
  void dataThatOnlyTheExecutorMissesFailAtTheStartOfAJob() {
    assertThat(failed(observation(0).startupFindings("executor 1", observation(1))))
        .containsExactly(
            "executor 1: hdfs:///data/train.csv matches no file, but the driver can read it; move"
                + " the data to a file system that all machines share, such as hdfs:///data");
  }

  @Test
  void dataThatTheDriverMissesAreLeftToTheJob() {
    assertThat(failed(observation(0).startupFindings("executor 1", observation(0)))).isEmpty();
    assertThat(failed(observation(0).executorFindings("executor 1", observation(0)))).hasSize(1);
  }
}
