package io.meanfield.pipeline.page;

import io.meanfield.report.page.Block;
import io.meanfield.report.page.Card;
import io.meanfield.report.page.Cards;
import io.meanfield.report.page.Fact;
import io.meanfield.report.page.Gallery;
import io.meanfield.report.page.Paragraph;
import io.meanfield.report.page.Picture;
import io.meanfield.report.page.Section;
import io.meanfield.store.StoredRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The most confident mistakes, or the largest errors, beside random other examples. */
final class ExampleSection {
  private static final double STANDS_OUT = 2; // standard deviations
  private static final Map<String, String> CAPTIONS =
      Map.of(
          "mistake", "The most confident mistakes",
          "correct", "Random correct predictions",
          "largest_error", "The largest errors",
          "random", "Random examples");

  private final Map<Long, List<StoredRow>> columns;

  private ExampleSection(RunRecord run) {
    this.columns =
        run.table("sample_columns").stream()
            .collect(Collectors.groupingBy(ExampleSection::example));
  }

  private static long example(StoredRow row) {
    return (long) RunRecord.number(row, "example_id", 0);
  }

  static Optional<Section> of(RunRecord run) {
    List<Block> blocks = new ArrayList<>();
    List<StoredRow> samples = run.table("samples");
    ExampleSection section = new ExampleSection(run);
    for (String kind : List.of("mistake", "correct", "largest_error", "random")) {
      List<StoredRow> some =
          samples.stream().filter(row -> row.text("kind").orElse("").equals(kind)).toList();
      if (!some.isEmpty()) {
        blocks.add(section.block(CAPTIONS.get(kind), some));
      }
    }
    if (!blocks.isEmpty()) {
      blocks.add(0, new Paragraph(section.legend(samples)));
    }
    return blocks.isEmpty()
        ? Optional.empty()
        : Optional.of(new Section("examples", "Examples", blocks));
  }

  private String legend(List<StoredRow> samples) {
    if (hasPictures(samples)) {
      return "Below each picture: actual class → predicted class, probability of the predicted"
          + " class.";
    }
    return columns.isEmpty()
        ? "Each card is an example with its actual and its predicted value."
        : "Each card is an example with its actual and its predicted value, and the columns that"
            + " are farthest from the mean, in standard deviations (σ). A star marks columns at"
            + " least 2 σ away.";
  }

  private static boolean hasPictures(List<StoredRow> samples) {
    return samples.stream().allMatch(row -> row.bytes("pixels").isPresent());
  }

  private Block block(String caption, List<StoredRow> samples) {
    return hasPictures(samples)
        ? new Gallery(caption, samples.stream().map(ExampleSection::picture).toList())
        : new Cards(caption, samples.stream().map(this::card).toList());
  }

  private static Picture picture(StoredRow sample) {
    String caption =
        text(sample, "actual")
            + " → "
            + text(sample, "predicted")
            + sample.number("probability").map(p -> ", " + Numbers.percent(p)).orElse("");
    return new Picture(
        PixelPng.of(sample),
        caption,
        String.format(
            Locale.ROOT,
            "example %s: actual %s, predicted %s",
            text(sample, "example_key"),
            text(sample, "actual"),
            text(sample, "predicted")));
  }

  private Card card(StoredRow sample) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("actual", text(sample, "actual")));
    facts.add(new Fact("predicted", text(sample, "predicted")));
    sample
        .number("probability")
        .ifPresent(probability -> facts.add(new Fact("probability", Numbers.percent(probability))));
    for (StoredRow column : columns.getOrDefault(example(sample), List.of())) {
      facts.add(fact(column));
    }
    return new Card("example " + text(sample, "example_key"), facts);
  }

  private static Fact fact(StoredRow column) {
    double deviation = RunRecord.number(column, "deviation", 0);
    String name = column.text("column").filter(text -> !text.isBlank()).orElse("(no name)");
    String value =
        String.format(Locale.ROOT, "%s (%+.1f σ)", column.text("value").orElse(""), deviation);
    return Math.abs(deviation) >= STANDS_OUT ? Fact.strong(name, value) : new Fact(name, value);
  }

  private static String text(StoredRow sample, String column) {
    return sample.text(column).orElse("");
  }
}
