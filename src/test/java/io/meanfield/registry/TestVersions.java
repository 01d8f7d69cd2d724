package io.meanfield.registry;

import io.meanfield.store.Lease;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.RunResult;
import io.meanfield.store.Runs;
import io.meanfield.store.Status;
import io.meanfield.store.file.FileContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Creates finished runs, whose model.zip holds a text: the registry copies the file unread. */
public final class TestVersions {
  private TestVersions() {}

  /** Returns the manifest of a version with a fixed time and a fixed list of files. */
  public static byte[] undated(byte[] sealed) {
    Manifest fixed =
        Manifest.parse(sealed, "version.json")
            .with("created", Instant.EPOCH.toString())
            .with("files", Map.of("model.zip", "00"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      fixed.content().writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Creates a finished run of train with this model. */
  public static RunDirectory run(Configuration hadoop, String runs, String id, String model) {
    return run(hadoop, runs, id, model, Map.of());
  }

  /** Creates a finished run of train with further entries of its manifest. */
  public static RunDirectory run(
      Configuration hadoop, String runs, String id, String model, Map<String, ?> entries) {
    FileContent content = out -> out.write(model.getBytes(StandardCharsets.UTF_8));
    return run(hadoop, runs, id, model, content, entries);
  }

  /**
   * Creates a finished run of train.
   *
   * @param name of the model, which stands for its data and weights
   */
  public static RunDirectory run(
      Configuration hadoop,
      String runs,
      String id,
      String name,
      FileContent model,
      Map<String, ?> entries) {
    Manifest manifest =
        Manifest.of(
            Map.of(
                "run_id",
                id,
                "command",
                "train",
                "engine",
                "torch",
                "data",
                Map.of("train", Map.of("fingerprint", "f-" + name, "examples", 60)),
                "settings",
                Map.of("train", Map.of("epochs", 3))));
    for (Map.Entry<String, ?> entry : entries.entrySet()) {
      manifest = manifest.with(entry.getKey(), entry.getValue());
    }
    RunDirectory run = new Runs(hadoop, runs).claim(new RunId(id), manifest);
    try (Lease lease = Lease.take(run)) {
      lease.run().writeModel(model);
      RunResult result =
          new RunResult(Map.of("validation_accuracy", 0.75), Optional.of("weights-of-" + name));
      Instant now = Instant.EPOCH;
      lease
          .run()
          .write(
              Status.running(now)
                  .succeeded(now, 0, "trained", result)
                  .withModel(lease.run().modelSha256()));
    }
    return run;
  }
}
