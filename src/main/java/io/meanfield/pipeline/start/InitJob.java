package io.meanfield.pipeline.start;

import io.meanfield.data.column.ColumnUse;
import io.meanfield.data.column.ColumnUse.Role;
import io.meanfield.data.frame.TableSurvey;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.Printable;
import io.meanfield.error.UserException;
import io.meanfield.report.MarkdownTable;
import io.meanfield.settings.NearestName;
import io.meanfield.store.file.ExportedFile;
import io.meanfield.store.file.HadoopPaths;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * The command {@code init}: looks at the columns of a table and writes a settings file for it.
 * Creates no run.
 */
public final class InitJob {
  private static final int MOST_COLUMNS = 30;
  private static final int MOST_NOTES = 8;
  private final SparkSession spark;
  private final Request request;
  private final Consumer<String> progress;

  /**
   * What the user asks for.
   *
   * @param path of files; empty for a table of a catalog
   * @param table the name of a table; empty for files
   * @param test the test set, a path or a name as the table's; empty for a share of the table
   * @param label the column to predict, or several with commas; empty if it was left out, which is
   *     an error that lists the columns
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

    private String model() {
      return plain(conf());
    }

    /** Returns the name of the first run. */
    private String run() {
      return model() + "-1";
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

  /**
   * Prepares the job.
   *
   * @param progress receives a line before the table is read
   */
  public InitJob(SparkSession spark, Request request, Consumer<String> progress) {
    this.spark = spark;
    this.request = request;
    this.progress = progress;
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
    List<String> labels = require(request.label(), input);
    TableInput.Surveyed table = input.survey(spark, labels);
    requireRows(table);
    Draft draft = Draft.of(table.survey(), labels);
    requireFeatures(draft);
    DraftSettings settings = new DraftSettings(table.input(), draft, request.model());
    String text = String.join("\n", settings.lines()) + "\n";
    String written =
        ExportedFile.write(
            hadoop(), request.conf(), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    return lines(draft, settings, written);
  }

  /** Returns the columns to predict: one, whose name may have commas, or several. */
  private List<String> require(Optional<String> label, TableInput input) {
    List<String> columns = input.columns(spark);
    progress.accept("reading  the %d columns of %s".formatted(columns.size(), input.location()));
    if (label.isEmpty()) {
      throw UserException.of(
          ErrorCode.WRONG_ARGUMENTS,
          "--label must be the column to predict, one of %s",
          Printable.listed(columns, MOST_COLUMNS));
    }
    List<String> labels =
        columns.contains(label.get())
            ? List.of(label.get())
            : Stream.of(label.get().split(",")).map(String::strip).distinct().toList();
    labels.forEach(each -> requireColumn(each, columns, input));
    return labels;
  }

  private static void requireColumn(String label, List<String> columns, TableInput input) {
    if (!columns.contains(label)) {
      throw UserException.of(
          ErrorCode.WRONG_ARGUMENTS,
          "--label must be a column of the table, found %s; %s%s",
          label,
          NearestName.column(label, columns),
          input.format().equals(TableInput.CSV) && NearestName.similar(label, columns).isEmpty()
              ? "; the first line must be the header, so delete lines above it"
              : "");
    }
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }

  private void requireFree() {
    Path path = HadoopPaths.resolve(request.conf());
    try {
      if (path.getFileSystem(hadoop()).exists(path)) {
        throw UserException.of(
            ErrorCode.WRONG_ARGUMENTS,
            "%s exists already; delete it, or name another file in --out",
            HadoopPaths.display(path));
      }
    } catch (IOException e) {
      throw UserException.causedBy(
          e,
          ErrorCode.WRONG_ARGUMENTS,
          "%s cannot be used: %s",
          HadoopPaths.display(path),
          e.getMessage());
    }
  }

  private void requireRows(TableInput.Surveyed table) {
    TableSurvey survey = table.survey();
    if (survey.rows() > 0) {
      return;
    }
    if (survey.malformed() == 0) {
      throw UserException.of(ErrorCode.DATA_UNREADABLE, "%s has no rows", request.location());
    }
    throw UserException.of(
        ErrorCode.DATA_UNREADABLE,
        "each of the %d records of %s has another number of fields than the header, which has %d;"
            + " correct the header",
        survey.malformed(),
        request.location(),
        survey.columns().size());
  }

  private void requireFeatures(Draft draft) {
    if (draft.features().isEmpty()) {
      throw UserException.of(
          ErrorCode.DATA_UNREADABLE,
          "%s has no column beside the label %s",
          request.location(),
          draft.labels().get(0).column());
    }
    if (draft.features().stream().allMatch(use -> use.role() == Role.LEFT_OUT)) {
      throw UserException.of(
          ErrorCode.DATA_UNREADABLE,
          "%s has no column beside the label that a network can use: %s",
          request.location(),
          ColumnUse.explained(draft.features()));
    }
  }

  private List<String> lines(Draft draft, DraftSettings settings, String written) {
    TableInput input = settings.input();
    List<String> cells = List.of("column", "use", "values", "missing");
    List<String> lines = new ArrayList<>(new MarkdownTable(cells, draft.cells()).lines());
    int more = draft.survey().uses().size() - draft.cells().size();
    if (more > 0) {
      lines.add("columns  %d more, all of which %s lists".formatted(more, written));
    }
    lines.add("rows     " + draft.survey().rows());
    input
        .encoding()
        .ifPresent(name -> lines.add("note     the texts are not in UTF-8, but read as " + name));
    List<String> unusable = settings.unusable();
    unusable.stream()
        .limit(MOST_NOTES)
        .forEach(reason -> lines.add("note     " + reason + "; bad-rows = skip leaves them out"));
    if (unusable.size() > MOST_NOTES) {
      lines.add(
          "note     so are values of %d more columns, which bad-rows in %s lists"
              .formatted(unusable.size() - MOST_NOTES, written));
    }
    new DraftNotes(draft).lines().forEach(note -> lines.add("note     " + note));
    lines.add("conf     " + written);
    String run = request.run();
    lines.add(next("train --conf " + shell(request.conf()), run));
    lines.add(next("evaluate --model " + run, run + "-test"));
    lines.add(
        next(
            "predict --model %s --data %s --out %s-predictions%s%s"
                .formatted(
                    run,
                    shell(input.test().orElse(input.location())),
                    run,
                    input.key().equals("path") ? " --columns '*'" : "",
                    input.format().equals(TableInput.CSV) ? " --format csv" : ""),
            run + "-predict"));
    if (input.nightly().isPresent()) {
      lines.add("note     before the first retrain, set retrain.floor in the settings file");
      lines.add(
          "next     scripts/submit retrain --conf %s --date today"
              .formatted(shell(request.conf())));
    }
    return lines;
  }

  private static String next(String command, String run) {
    return "next     scripts/submit %s --run-id %s".formatted(command, run);
  }

  private static String shell(String word) {
    return Printable.shellWord(word);
  }
}
