package io.meanfield.gate;

import io.meanfield.data.CategoryInputs;
import io.meanfield.data.Dataset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Computes the profile of a data set on the cluster; driver only. */
public final class DataProfiler {
  private static final int BINS = 10;

  private final Dataset data;
  private final ProfileLayout layout;
  private final DataSketch sketch;

  /**
   * The profile of a data set.
   *
   * @param profile the profile with bins of its own
   * @param compared the profile with the bins of the reference; empty if there is no reference, or
   *     if it has other columns
   */
  record Result(DataProfile profile, Optional<DataProfile> compared) {}

  private DataProfiler(Dataset data, ProfileLayout layout, DataSketch sketch) {
    this.data = data;
    this.layout = layout;
    this.sketch = sketch;
  }

  /**
   * Returns the profile that the gate computes of a data set.
   *
   * @param classes the number of classes of the network
   */
  public static DataProfile profile(Dataset data, int classes) {
    return profile(data, classes, Optional.empty()).profile();
  }

  /**
   * Profiles a data set in the units of its table: one pass finds ranges and quantiles, a second
   * one counts the values between them.
   *
   * @param examples the data set, whose numbers may be scaled
   * @param classes the number of classes of the network
   * @param reference the profile whose bins the data are counted in, too
   */
  static Result profile(Dataset examples, int classes, Optional<DataProfile> reference) {
    Dataset data = examples.unscaled();
    ProfileLayout layout = ProfileLayout.of(data, classes);
    DataSketch sketch =
        data.blocks()
            .mapPartitions(blocks -> List.of(DataSketch.of(blocks, layout)).iterator())
            .treeReduce(DataSketch::plus);
    return new DataProfiler(data, layout, sketch).profile(reference);
  }

  private Result profile(Optional<DataProfile> reference) {
    List<double[]> edges = new ArrayList<>();
    numbers().forEach(i -> edges.add(sketch.number(i).quantileEdges(BINS)));
    Optional<DataProfile> comparable = reference.filter(this::hasSameNumbers);
    comparable.ifPresent(
        known -> known.allNumbers().forEach(column -> edges.add(column.histogram().edgeArray())));
    List<Histogram> histograms = HistogramCounts.of(data, layout, edges.toArray(double[][]::new));
    int count = layout.numbers().size();
    List<Histogram> own =
        histograms.subList(0, count).stream().map(Histogram::withoutEmptyBins).toList();
    return new Result(
        profile(own),
        comparable.map(known -> profile(histograms.subList(count, histograms.size()))));
  }

  private boolean hasSameNumbers(DataProfile reference) {
    return reference.allNumbers().stream()
        .map(NumberColumn::name)
        .toList()
        .equals(layout.numbers());
  }

  private DataProfile profile(List<Histogram> histograms) {
    List<NumberColumn> columns = numbers().map(i -> column(i, histograms.get(i))).toList();
    return new DataProfile(
        sketch.examples(),
        sketch.pixels().stream().findFirst().map(pixels -> pixels.profile(layout.shape())),
        columns.subList(0, layout.features()),
        categories(),
        columns.subList(layout.features(), columns.size()),
        layout.classes().isEmpty() ? Optional.empty() : Optional.of(label()));
  }

  private Stream<Integer> numbers() {
    return IntStream.range(0, layout.numbers().size()).boxed();
  }

  private NumberColumn column(int i, Histogram histogram) {
    ValueSketch values = sketch.number(i);
    return new NumberColumn(layout.numbers().get(i), values.min(), values.max(), histogram);
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
