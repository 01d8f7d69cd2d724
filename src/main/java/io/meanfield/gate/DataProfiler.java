package io.meanfield.gate;

import io.meanfield.data.CategoryInputs;
import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Computes the profile of a data set on the cluster; driver only. */
public final class DataProfiler {
  private static final int BINS = 10;
  private static final String PIXELS = "pixels";
  private static final int PIXEL_BINS = 16;

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
    for (int i = 0; i < layout.numbers().size(); i++) {
      edges.add(sketch.number(i).quantileEdges(BINS));
    }
    Optional<List<NumberColumn>> comparable =
        reference.map(DataProfiler::counted).filter(this::areOfLayout);
    comparable.ifPresent(
        columns -> columns.forEach(column -> edges.add(column.histogram().edgeArray())));
    List<Histogram> histograms = histograms(edges.toArray(double[][]::new));
    int count = layout.numbers().size();
    List<Histogram> own =
        histograms.subList(0, count).stream().map(Histogram::withoutEmptyBins).toList();
    return new Result(
        profile(own),
        comparable.map(known -> profile(histograms.subList(count, histograms.size()))));
  }

  /** Returns the columns whose values are counted in a second pass. */
  private static List<NumberColumn> counted(DataProfile reference) {
    return reference.allNumbers().stream()
        .filter(column -> reference.imageShape().isEmpty() || !column.name().equals(PIXELS))
        .toList();
  }

  private boolean areOfLayout(List<NumberColumn> columns) {
    return columns.stream().map(NumberColumn::name).toList().equals(layout.numbers());
  }

  /**
   * Counts the numbers of examples between given edges.
   *
   * @param edges the edges for each number of the layout; several sets of edges may be counted in
   *     one pass, one after another
   */
  private List<Histogram> histograms(double[][] edges) {
    if (edges.length == 0) {
      return List.of();
    }
    ProfileLayout columns = layout; // a local variable, because this object does not travel
    long[][] counts =
        data.blocks()
            .mapPartitions(blocks -> List.<long[][]>of(count(blocks, columns, edges)).iterator())
            .treeReduce(DataProfiler::sum);
    return IntStream.range(0, edges.length)
        .mapToObj(i -> Histogram.of(edges[i], counts[i]))
        .toList();
  }

  private static long[][] count(Iterator<Examples> blocks, ProfileLayout layout, double[][] edges) {
    long[][] counts =
        Arrays.stream(edges).map(each -> new long[each.length + 1]).toArray(long[][]::new);
    ProfileRow values = new ProfileRow(layout);
    int numbers = layout.numbers().size();
    while (blocks.hasNext()) {
      Examples block = blocks.next();
      for (int row = 0; row < block.count(); row++) {
        values.read(block, row);
        for (int i = 0; i < edges.length; i++) {
          float value = values.number(i % numbers);
          if (!Float.isNaN(value)) { // a missing value is in no bin
            counts[i][Histogram.bin(edges[i], value)]++;
          }
        }
      }
    }
    return counts;
  }

  private static long[][] sum(long[][] one, long[][] other) {
    for (int i = 0; i < one.length; i++) {
      long[] counts = one[i];
      long[] added = other[i];
      Arrays.setAll(counts, bin -> counts[bin] + added[bin]);
    }
    return one;
  }

  private DataProfile profile(List<Histogram> histograms) {
    List<NumberColumn> features = new ArrayList<>();
    List<NumberColumn> targets = new ArrayList<>();
    if (layout.images()) {
      features.add(pixels());
    }
    for (int i = 0; i < histograms.size(); i++) {
      ValueSketch values = sketch.number(i);
      NumberColumn column =
          new NumberColumn(layout.numbers().get(i), values.min(), values.max(), histograms.get(i));
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
