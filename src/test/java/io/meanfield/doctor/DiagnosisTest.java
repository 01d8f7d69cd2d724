package io.meanfield.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
  private static Finding ok(String where) {
    return Finding.ok("memory", where, "heap 1.0 GiB");
  }

  @Test
  void equalFindingsOfSeveralProcessesAreOne() {
    Finding clock = Finding.ok("clock", "executor 1", "fine");
    Finding large = Finding.failed("memory", "executor 2", "too large", "reduce it");
    assertThat(Diagnosis.of(List.of(ok("driver"), clock, ok("executor 1"), large)).findings())
        .containsExactly(
            new Finding(
                "memory", List.of("driver", "executor 1"), Finding.Result.OK, "heap 1.0 GiB", ""),
            large,
            clock);
  }

  @Test
  void onlyFailuresAreUnhealthy() {
    assertThat(Diagnosis.of(List.of(Finding.warning("a", "b", "c", "d"))).isHealthy()).isTrue();
    assertThat(Diagnosis.of(List.of(Finding.failed("a", "b", "c", "d"))).isHealthy()).isFalse();
  }

  @Test
  void sentencesNameProcessesAndRemedy() {
    Finding first = Finding.failed("memory", "executor 1", "too large", "reduce it");
    Finding second = Finding.failed("memory", "executor 2", "too large", "reduce it");
    Diagnosis diagnosis = Diagnosis.of(List.of(first, ok("driver"), second));
    assertThat(diagnosis.sentences(Finding.Result.FAILED))
        .containsExactly("executor 1, executor 2: too large; reduce it");
    assertThat(diagnosis.sentences(Finding.Result.OK)).containsExactly("driver: heap 1.0 GiB");
  }

  @Test
  void everyFindingIsALine() {
    List<Finding> findings =
        List.of(
            ok("driver"),
            Finding.failed("run.directory", "driver", "/a cannot be written", "choose another"));
    assertThat(Diagnosis.of(findings).lines())
        .containsExactly(
            "ok       memory             driver: heap 1.0 GiB",
            "failed   run.directory      driver: /a cannot be written; choose another");
  }
}
