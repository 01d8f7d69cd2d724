package io.meanfield.gate;

import io.meanfield.data.CategoryInputs;
import io.meanfield.data.Dataset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Computes the profile of a data set on the cluster; driver only. */
public final class DataProfiler {
  private static final int BINS = 10;
  private static final String PIXELS = "pixels";
  private static final int PIXEL_BINS = 16;

  private final ProfileLayout layout;
  private final DataSketch sketch;

  private DataProfiler(ProfileLayout layout, DataSketch sketch) {
    this.layout = layout;
    this.sketch = sketch;
  }

  /**
   * Returns the profile that the gate computes of a data set.
   *
   * @param classes the number of classes of the network
   */
  public static DataProfile profile(Dataset data, int classes) {
    return of(data, classes).profile();
  }

  /** Reads a data set in the units of its table; its numbers may be scaled. */
  static DataProfiler of(Dataset examples, int classes) {
    Dataset data = examples.unscaled();
    ProfileLayout layout = ProfileLayout.of(data, classes);
    DataSketch sketch =
        data.blocks()
            .mapPartitions(blocks -> List.of(DataSketch.of(blocks, layout)).iterator())
            .treeReduce(DataSketch::plus);
    return new DataProfiler(layout, sketch);
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
    if (layout.images()) {
      features.add(pixels());
    }
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

  private NumberColumn pixels() {
    long[] counts = sketch.pixels();
    int size = counts.length / PIXEL_BINS;
    int[] present = IntStream.range(0, counts.length).filter(i -> counts[i] > 0).toArray();
    double[] edges = IntStream.range(1, PIXEL_BINS).mapToDouble(bin -> bin * size - 1).toArray();
    long[] bins =
        IntStream.range(0, PIXEL_BINS)
            .mapToLong(bin -> LongStream.of(counts).skip((long) bin * size).limit(size).sum())
            .toArray();
    return new NumberColumn(
        PIXELS, present[0], present[present.length - 1], Histogram.of(edges, bins));
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
