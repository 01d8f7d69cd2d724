package io.meanfield.cli;

import io.meanfield.doctor.Diagnosis;
import io.meanfield.doctor.Finding;
import io.meanfield.json.Json;
import java.util.List;

/**
 * The findings of the command {@code doctor} for a program.
 *
 * @param state {@code succeeded} if nothing would fail, else {@code failed}
 */
record DoctorReport(String state, int exitCode, List<Finding> findings) {
  static DoctorReport of(Diagnosis diagnosis) {
    return new DoctorReport(
        diagnosis.isHealthy() ? "succeeded" : "failed", exitCode(diagnosis), diagnosis.findings());
  }

  static int exitCode(Diagnosis diagnosis) {
    return diagnosis.isHealthy() ? 0 : 1;
  }

  String toJson() {
    return Json.printed(this);
  }
}
