package io.meanfield.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.fixture.TestPython;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The notebook of docs/serving.md, run as Jupyter runs it. */
@Tag("cluster")
@Tag("promise")
class NotebookIT {
  private static final Path JUPYTER = Path.of("target/pyspark/3.5.9/bin").toAbsolutePath();

  @Test
  void serverFollowsTheNightsAndTheRollback() throws Exception {
    String printed =
        TestPython.run(
            JUPYTER,
            Path.of(""),
            "notebook.py",
            Path.of("docs/notebooks/serving.ipynb").toAbsolutePath());
    assertThat(printed)
        .containsSubsequence(
            "done     promoted late@1",
            "serving  late@1 at http://127.0.0.1:",
            "'model_version': '1'",
            "done     promoted late@2",
            "late@2 replaces late@1",
            "'model_version': '2'",
            "late@1 replaces late@2",
            "'model_version': '1'",
            "done     stopped",
            "exit code 0");
  }
}
