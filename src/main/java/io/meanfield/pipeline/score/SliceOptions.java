package io.meanfield.pipeline.score;

import io.meanfield.data.Dataset;
import io.meanfield.data.formats.DataContents;
import io.meanfield.data.source.KeptColumns;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.Predictions;
import io.meanfield.evaluate.slice.Monotone;
import io.meanfield.evaluate.slice.Slice;
import io.meanfield.evaluate.slice.Slices;
import io.meanfield.network.Model;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.store.RunDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What {@code evaluate} computes of parts of the rows.
 *
 * @param by the columns whose values divide the rows
 * @param monotone the directions that are expected of columns
 */
public record SliceOptions(List<String> by, List<Monotone.Rule> monotone) {
  /** Nothing is computed. */
  public static final SliceOptions NONE = new SliceOptions(List.of(), List.of());

  /** Removes columns that are named twice. */
  public SliceOptions {
    by = by.stream().distinct().toList();
    monotone = List.copyOf(monotone);
  }

  /** Returns the columns whose values divide the rows. */
  KeptColumns kept() {
    return new KeptColumns("--by", by);
  }

  /** Throws unless the data are a table whose columns can be read. */
  void requireTable(JobSettings settings) {
    DataContents contents = settings.data().contents();
    if (!by.isEmpty() && contents != DataContents.TABLES && contents != DataContents.ROWS) {
      throw UserException.of(
          ErrorCode.WRONG_ARGUMENTS,
          "--by reads columns of a table, but data.format = %s has none; expected csv, parquet or"
              + " spark",
          settings.data().format());
    }
  }

  /**
   * Computes and writes the tables {@code slices} and {@code monotone}; returns lines to print.
   *
   * @param targets the names of the outputs; those of classes have none
   */
  List<String> write(
      RunDirectory run, Model model, Dataset data, Predictions predictions, List<String> targets) {
    Slices.delete(run);
    Monotone.delete(run);
    return Stream.concat(
            slices(run, data, predictions, targets).stream(),
            monotone(run, model, data, predictions).stream())
        .toList();
  }

  private List<String> slices(
      RunDirectory run, Dataset data, Predictions predictions, List<String> targets) {
    if (by.isEmpty()) {
      return List.of();
    }
    List<Slice> slices =
        Slices.of(
            predictions, data.count(), by, data.kept().orElseThrow(), data.encoder(), targets);
    Slices.write(run, slices);
    return SliceLines.of(by, slices);
  }

  private List<String> monotone(
      RunDirectory run, Model model, Dataset data, Predictions predictions) {
    if (monotone.isEmpty()) {
      return List.of();
    }
    Monotone counts =
        new Monotone(
            model,
            data.blocks(),
            data.encoder()
                .filter(found -> found.inputs() == data.width())
                .orElseThrow(SliceOptions::noColumns),
            predictions.spec());
    List<Monotone.Result> results = new ArrayList<>();
    monotone.forEach(rule -> results.add(counts.of(rule)));
    Monotone.write(run, results);
    return results.stream().map(Monotone.Result::line).toList();
  }

  private static UserException noColumns() {
    return new UserException(
        ErrorCode.WRONG_ARGUMENTS,
        "--monotone needs a model that was trained on a table with one number in each column");
  }
}
