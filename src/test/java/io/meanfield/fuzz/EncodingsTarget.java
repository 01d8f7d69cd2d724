package io.meanfield.fuzz;

import io.meanfield.data.EncodingsFile;
import io.meanfield.data.TableEncoder;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** The encodings beside a model, of the oldest and of the newest version. */
final class EncodingsTarget implements Target {
  private static final String OLDEST =
      """
      {
        "schema_version" : 1,
        "features" : [ "age", "a.b" ],
        "categorical" : [ {
          "column" : "color",
          "values" : [ "blue", "red" ]
        } ],
        "handle_unknown" : "extra_column",
        "label" : [ {
          "column" : "kind",
          "values" : [ "iris", "rose" ]
        } ]
      }
      """;

  private final Configuration hadoop = new Configuration();
  private final Path file;
  private final byte[] newest;

  EncodingsTarget(Path folder) {
    this.newest = Fixtures.bytes(EncodingsFile.content(Tables.encoder()));
    this.file = Fixtures.write(folder.resolve("run/" + EncodingsFile.NAME), newest);
  }

  @Override
  public Sample sample() {
    return new Sample(file, List.of(newest, Fixtures.bytes(OLDEST)));
  }

  @Override
  public void read() {
    Path model = file.resolveSibling("model.zip");
    TableEncoder encoder =
        EncodingsFile.beside(hadoop, new org.apache.hadoop.fs.Path(model.toUri()))
            .orElseThrow(() -> new WrongContent("the file was not found"));
    WrongContent.unless(encoder.equals(reread(encoder)), "written again, it reads differently");
  }

  private static TableEncoder reread(TableEncoder encoder) {
    return EncodingsFile.parse(Fixtures.bytes(EncodingsFile.content(encoder)), "a copy");
  }
}
