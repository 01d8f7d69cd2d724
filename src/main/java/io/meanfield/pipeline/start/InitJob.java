package io.meanfield.pipeline.start;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.Printable;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.start.ColumnUse.Role;
import io.meanfield.report.MarkdownTable;
import io.meanfield.store.file.ExportedFile;
import io.meanfield.store.file.HadoopPaths;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * The command {@code init}: looks at the columns of a table and writes a settings file for it.
 * Creates no run.
 */
public final class InitJob {
  private final SparkSession spark;
  private final Request request;

  /**
   * What the user asks for.
   *
   * @param path of files; empty for a table of a catalog
   * @param table the name of a table; empty for files
   * @param test the test set, a path or a name as the table's; empty for a share of the table
   * @param label the column to predict; empty if it was left out, which is an error that lists the
   *     columns
   * @param out the path of the settings file; empty for the name of the table and {@code .conf}
   */
  public record Request(
      Optional<String> path,
      Optional<String> table,
      Optional<String> test,
      Optional<String> label,
      Optional<String> out) {
    private String location() {
      return path.or(() -> table).orElseThrow();
    }

    private String conf() {
      return out.orElseGet(
          () ->
              plain(path.isPresent() ? location() : location().replaceAll(".*\\.", "")) + ".conf");
    }

    /** Returns the name of the first run. */
    private String run() {
      return plain(conf()) + "-1";
    }

    /**
     * Returns the name of a file without folders, endings and characters that a run cannot have.
     */
    private static String plain(String file) {
      String last = file.replaceAll("/+$", "").replaceAll(".*/", "");
      String stem = last.replaceAll("(\\.(csv|tsv|txt|data|parquet|gz|conf))+$", "");
      String plain = stem.replaceAll("[^A-Za-z0-9_-]+", "-").replaceAll("^[^A-Za-z0-9]+|-+$", "");
      return plain.isEmpty() ? "table" : plain;
    }
  }

  /** Prepares the job. */
  public InitJob(SparkSession spark, Request request) {
    this.spark = spark;
    this.request = request;
  }

  /**
   * Writes the settings file.
   *
   * @return the lines to print: the columns, the file, and the next commands
   * @throws UserException if the table, the label or the file cannot be used
   */
  public List<String> run() {
    requireFree();
    TableInput input =
        request
            .table()
            .map(name -> TableInput.table(name, request.test()))
            .orElseGet(() -> TableInput.files(spark, request.location(), request.test()));
    String label = LabelRules.require(request.label(), input.columns(spark));
    List<ColumnStatistics> survey = input.survey(spark);
    TableInput read = input.withNumbersOf(survey);
    List<ColumnStatistics> known = read.equals(input) ? survey : read.survey(spark);
    List<ColumnUse> columns = DateForm.unify(known.stream().map(each -> use(each, label)).toList());
    requireFeatures(columns);
    String text = String.join("\n", new DraftSettings(read, columns).lines()) + "\n";
    String written =
        ExportedFile.write(
            hadoop(), request.conf(), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    return lines(columns, input, written);
  }

  private static ColumnUse use(ColumnStatistics column, String label) {
    return column.name().equals(label) ? LabelRules.of(column) : ColumnRules.of(column);
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }

  private void requireFree() {
    Path path = HadoopPaths.resolve(request.conf());
    try {
      if (path.getFileSystem(hadoop()).exists(path)) {
        throw new UserException(
            ErrorCode.WRONG_ARGUMENTS,
            HadoopPaths.display(path)
                + " exists already; delete it, or name another file in --out");
      }
    } catch (IOException e) {
      throw new UserException(
          ErrorCode.WRONG_ARGUMENTS,
          HadoopPaths.display(path) + " cannot be used: " + e.getMessage(),
          e);
    }
  }

  private void requireFeatures(List<ColumnUse> columns) {
    if (columns.stream().noneMatch(InitJob::isFeature)) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE,
          request.location()
              + " has no column beside the label that a network can use: "
              + String.join(
                  ", ",
                  columns.stream()
                      .filter(use -> use.role() == Role.EXCLUDED)
                      .map(use -> use.name() + " (" + use.reason() + ")")
                      .toList()));
    }
  }

  private static boolean isFeature(ColumnUse use) {
    return use.role() == Role.NUMBER || use.role() == Role.TIME || use.role() == Role.CATEGORY;
  }

  private List<String> lines(List<ColumnUse> columns, TableInput input, String written) {
    List<String> lines =
        new ArrayList<>(
            new MarkdownTable(
                    List.of("column", "use", "values", "missing"),
                    columns.stream().map(InitJob::cells).toList())
                .lines());
    lines.add("rows     " + columns.get(0).column().rows());
    lines.add("conf     " + written);
    String run = request.run();
    lines.add(next("train --conf " + shell(request.conf()), run));
    lines.add(next("evaluate --model " + run, run + "-test"));
    lines.add(
        next(
            "predict --model "
                + run
                + " --data "
                + shell(input.test().orElse(input.location()))
                + " --out "
                + run
                + "-predictions"
                + (input.key().equals("path") ? " --columns '*'" : "")
                + (input.format().equals(TableInput.CSV) ? " --format csv" : ""),
            run + "-predict"));
    return lines;
  }

  private static String next(String command, String run) {
    return "next     scripts/submit " + command + " --run-id " + run;
  }

  private static String shell(String word) {
    return Printable.shellWord(word);
  }

  private static List<String> cells(ColumnUse use) {
    return List.of(
        Printable.escaped(use.name()),
        use.role().toString(),
        use.reason(),
        use.column().missing() == 0 ? "" : Long.toString(use.column().missing()));
  }
}
