package io.meanfield.gate;

import io.meanfield.data.Dataset;
import io.meanfield.data.column.ColumnUse;
import io.meanfield.data.encoding.CategoryInputs;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** Computes the profile of a data set on the cluster; driver only. */
public final class DataProfiler {
  private static final int BINS = 10;

  private final ProfileLayout layout;
  private final DataSketch sketch;
  private final List<ColumnUse> uses;

  private DataProfiler(ProfileLayout layout, DataSketch sketch, List<ColumnUse> uses) {
    this.layout = layout;
    this.sketch = sketch;
    this.uses = uses;
  }

  /**
   * Returns the profile that the gate computes of a data set.
   *
   * @param classes the number of classes of the network
   */
  public static DataProfile profile(Dataset data, int classes) {
    return of(data, classes).profile();
  }

  /**
   * Reads a data set in the units of its table; its numbers may be scaled.
   *
   * @param classes the number of classes of the network
   * @throws UserException if it has no examples
   */
  public static DataProfiler of(Dataset examples, int classes) {
    if (examples.count() == 0) {
      throw UserException.of(ErrorCode.DATA_UNREADABLE, "%s has no examples", examples.display());
    }
    Dataset data = examples.unscaled();
    ProfileLayout layout = ProfileLayout.of(data, classes);
    DataSketch sketch =
        data.blocks()
            .mapPartitions(blocks -> List.of(DataSketch.of(blocks, layout)).iterator())
            .treeReduce(DataSketch::plus);
    return new DataProfiler(layout, sketch, examples.findings().columns());
  }

  /** Returns what the columns of a table are for; none if a model's encoder tells it. */
  List<ColumnUse> uses() {
    return uses;
  }

  /** Returns the profile with bins of its own. */
  DataProfile profile() {
    return profile(i -> sketch.number(i).histogram(BINS));
  }

  /** Returns the profile with the bins of a reference; empty if the reference has other columns. */
  Optional<DataProfile> profile(DataProfile reference) {
    Map<String, NumberColumn> columns = new LinkedHashMap<>();
    reference.allNumbers().forEach(column -> columns.put(column.name(), column));
    return columns.keySet().containsAll(layout.numbers())
        ? Optional.of(
            profile(
                i ->
                    sketch
                        .number(i)
                        .histogram(columns.get(layout.numbers().get(i)).histogram().edges())))
        : Optional.empty();
  }

  private DataProfile profile(IntFunction<Histogram> histograms) {
    List<NumberColumn> features = new ArrayList<>();
    List<NumberColumn> targets = new ArrayList<>();
    for (int i = 0; i < layout.numbers().size(); i++) {
      ValueSketch values = sketch.number(i);
      NumberColumn column =
          new NumberColumn(
              layout.numbers().get(i), values.min(), values.max(), histograms.apply(i));
      (i < layout.features() ? features : targets).add(column);
    }
    return new DataProfile(
        sketch.examples(),
        layout.images() ? Optional.of(layout.shape()) : Optional.empty(),
        features,
        categories(),
        targets,
        layout.classes().isEmpty() ? Optional.empty() : Optional.of(label()));
  }

  private List<CategoryColumn> categories() {
    List<CategoryColumn> columns = new ArrayList<>();
    for (int i = 0; i < layout.categories().size(); i++) {
      CategoryInputs category = layout.categories().get(i);
      Map<String, Long> counts = new LinkedHashMap<>();
      for (int code = 0; code < category.codes(); code++) {
        counts.put(ProfileLayout.codeName(category, code), sketch.category(i, code));
      }
      columns.add(new CategoryColumn(category.name(), counts));
    }
    return columns;
  }

  private CategoryColumn label() {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (int cls = 0; cls < layout.classes().size(); cls++) {
      counts.put(layout.classes().get(cls), sketch.label(cls));
    }
    return new CategoryColumn("label", counts);
  }
}
