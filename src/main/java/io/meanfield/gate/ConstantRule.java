package io.meanfield.gate;

import io.meanfield.settings.Section;
import java.util.List;
import java.util.stream.Stream;

/**
 * Bounds of features that are the same in all examples, all zero for instance.
 *
 * @param maxColumns the largest number of such columns of a table
 * @param maxPixels the largest share of such pixels of images
 */
record ConstantRule(int maxColumns, double maxPixels) implements GateRule {

  static ConstantRule read(Section gate) {
    return new ConstantRule(
        gate.integer("max-constant-columns", 0), Share.read(gate, "max-constant-pixels"));
  }

  @Override
  public List<GateCheck> check(Inspection data) {
    return List.of(
        data.profile().image().map(this::pixels).orElseGet(() -> columns(data.profile())));
  }

  private GateCheck pixels(ImageProfile image) {
    double share = image.constantShare();
    return GateCheck.of(
        CheckKind.CONSTANT,
        "at most " + GateCheck.digits(maxPixels) + " of the pixels",
        GateCheck.digits(share),
        share <= maxPixels,
        "a share of "
            + GateCheck.digits(share)
            + " of the pixels is the same in all training images, expected at most "
            + GateCheck.digits(maxPixels)
            + "; repair the images, or set gate.max-constant-pixels");
  }

  private GateCheck columns(DataProfile profile) {
    List<String> constant = constant(profile);
    String found =
        constant.isEmpty() ? "none" : constant.size() + ": " + GateCheck.listed(constant);
    return GateCheck.of(
        CheckKind.CONSTANT,
        "at most " + maxColumns + " columns",
        found,
        constant.size() <= maxColumns,
        "columns that are the same in all training examples: "
            + found
            + ", expected at most "
            + maxColumns
            + "; repair them, leave them out of data.columns, or set gate.max-constant-columns");
  }

  private static List<String> constant(DataProfile profile) {
    return Stream.concat(
            profile.numbers().stream()
                .filter(NumberColumn::isConstant)
                .map(column -> column.name() + " (always " + GateCheck.digits(column.min()) + ")"),
            profile.categories().stream()
                .filter(CategoryColumn::isConstant)
                .map(column -> column.name() + " (always " + column.present().get(0) + ")"))
        .toList();
  }
}
