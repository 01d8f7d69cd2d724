package io.meanfield.pipeline.score;

import io.meanfield.data.ChosenExamples;
import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.Targets;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.source.DatasetCheck;
import io.meanfield.data.source.ReadContext;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.Prediction;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.layers.Shape;
import io.meanfield.pipeline.run.ModelCatalog;
import io.meanfield.pipeline.run.SkippedRowsTable;
import io.meanfield.pipeline.settings.DerivedSettings;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.pipeline.train.ModelReference;
import io.meanfield.report.GrayText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** The command {@code show}: renders examples of a data set as lines of text. Creates no run. */
public final class ShowJob {
  // The largest number of examples that are shown at once.
  private static final int MAX_EXAMPLES = 400;

  private final JavaSparkContext context;
  private final JobSettings settings;
  private final DataSplit split;
  private final Optional<ModelReference> model;
  private final NetworkSettings network;
  private final Dataset data;

  /**
   * Opens the data set.
   *
   * @param model the id of a run, the path of a model file, or a version of a registered model,
   *     whose predictions are shown
   */
  public ShowJob(
      SparkSession spark, JobSettings settings, DataSplit split, Optional<String> model) {
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.settings = settings;
    this.split = split;
    this.model = model.map(this::reference);
    this.data = data();
    this.network =
        this.model
            .map(reference -> reference.model().network().settings())
            .orElseGet(() -> DerivedSettings.of(settings, data).settings().network());
    if (model.isPresent() || data.hasImages()) {
      new DatasetCheck(data).requireWidth(network.inputs());
    }
  }

  private ModelReference reference(String name) {
    ModelCatalog catalog = ModelCatalog.of(context.hadoopConfiguration(), settings);
    return ModelReference.load(catalog, settings, name);
  }

  private Dataset data() {
    int classes =
        model
            .map(reference -> reference.model().network().settings().labelClasses())
            .orElseGet(settings::labelClasses);
    ReadContext reading =
        ReadContext.of(context, classes)
            .withEncoder(model.flatMap(ModelReference::encoder))
            .fittedTo(split.fitting(settings))
            .withBadRows(settings.data().badRows());
    return split.open(settings.data(), reading);
  }

  /** Returns a sentence about rows that cannot be used; empty if there are none. */
  public Optional<String> note() {
    return SkippedRowsTable.note(data);
  }

  /** Returns the lines of the examples with these ids. */
  public List<String> named(List<String> ids) {
    requireFew(ids.size());
    return lines(all -> ChosenExamples.named(all, ids));
  }

  /** Returns the lines of {@code count} examples, drawn at random with run.seed. */
  public List<String> random(int count) {
    requireFew(count);
    return lines(all -> ChosenExamples.random(all.blocks(), all.count(), count, settings.seed()));
  }

  private static void requireFew(int count) {
    if (count < 1 || count > MAX_EXAMPLES) {
      throw UserException.of(
          ErrorCode.WRONG_ARGUMENTS,
          "expected 1 to %s examples to show at once, found %s",
          MAX_EXAMPLES,
          count);
    }
  }

  private List<String> lines(Function<Dataset, Examples> chosen) {
    Examples examples = chosen.apply(data);
    List<List<String>> captions = captions(examples);
    return image()
        .map(shape -> images(examples, shape, captions))
        .orElseGet(() -> rows(tableUnits(examples, chosen), captions));
  }

  private static List<String> images(
      Examples examples, Shape.Image shape, List<List<String>> captions) {
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < examples.count(); row++) {
      float[] values = features(examples, row);
      lines.addAll(GrayText.lines(shape.height(), shape.width(), shape.channels(), values));
      lines.addAll(captions.get(row));
    }
    return lines;
  }

  // A reader knows the numbers of the table, not those that the network sees.
  private Examples tableUnits(Examples examples, Function<Dataset, Examples> chosen) {
    Dataset unscaled = data.unscaled();
    return unscaled == data ? examples : chosen.apply(unscaled);
  }

  /** Returns the size of the images; empty if the examples are not images. */
  private Optional<Shape.Image> image() {
    Shape shape = Shape.of(network.input());
    if (shape instanceof Shape.Image image && (image.channels() == 1 || image.channels() == 3)) {
      return Optional.of(image);
    }
    if (!data.hasImages()) {
      return Optional.empty();
    }
    if (shape instanceof Shape.Sequence rows) {
      return Optional.of(new Shape.Image(rows.steps(), rows.features(), 1));
    }
    int side = (int) Math.round(Math.sqrt(shape.count()));
    if (shape instanceof Shape.Flat && side * side == shape.count()) {
      return Optional.of(new Shape.Image(side, side, 1));
    }
    throw UserException.of(
        ErrorCode.WRONG_SETTINGS,
        "the images of %s cannot be drawn: expected network.input to be the square of a number, or"
            + " [height, width, channels] with 1 or 3 channels and { flatten = true } as the first"
            + " layer, found %s",
        data.display(),
        network.input());
  }

  private static float[] features(Examples examples, int row) {
    float[] features = new float[examples.width()];
    examples.features().write(row, features, 0);
    return features;
  }

  private List<String> rows(Examples examples, List<List<String>> captions) {
    List<String> lines = new ArrayList<>();
    // Examples that are not images come from a table, which has an encoder.
    TableEncoder tableUnits = data.unscaled().encoder().orElseThrow();
    for (int row = 0; row < examples.count(); row++) {
      lines.add(String.join(", ", captions.get(row)));
      Map<String, String> described = tableUnits.describe(features(examples, row));
      described.forEach((name, value) -> lines.add("  " + name + " = " + value));
    }
    return lines;
  }

  private List<List<String>> captions(Examples examples) {
    Optional<List<Prediction>> predictions =
        model.map(reference -> Prediction.of(reference.model(), examples));
    return IntStream.range(0, examples.count())
        .mapToObj(
            row ->
                predictions
                    .map(all -> List.of(label(examples, row), prediction(all.get(row))))
                    .orElseGet(() -> List.of(label(examples, row))))
        .toList();
  }

  private String label(Examples examples, int row) {
    String name = examples.displayName(row);
    if (examples.targets() instanceof Targets.Values numbers) {
      return "%s: targets %s"
          .formatted(name, numbers(numbers.values(), row * numbers.width(), numbers.width()));
    }
    return examples.isLabelled() ? name + ": label " + labelName(examples.label(row)) : name;
  }

  private String prediction(Prediction prediction) {
    if (prediction.predicted().isEmpty()) {
      return "outputs " + numbers(prediction.outputs(), 0, prediction.outputs().length);
    }
    String predicted = "predicted " + labelName(prediction.predicted().orElseThrow());
    return prediction.probability().isPresent()
        ? String.format(
            Locale.ROOT, "%s, %.2f %%", predicted, 100 * prediction.probability().orElseThrow())
        : predicted;
  }

  private String labelName(int cls) {
    return data.encoder().flatMap(encoder -> encoder.labelName(cls)).orElse(Integer.toString(cls));
  }

  private static String numbers(float[] values, int offset, int count) {
    return IntStream.range(offset, offset + count)
        .mapToObj(i -> String.format(Locale.ROOT, "%.4g", values[i]))
        .collect(Collectors.joining(", "));
  }
}
