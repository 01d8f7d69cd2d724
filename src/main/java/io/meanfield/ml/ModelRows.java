package io.meanfield.ml;

import io.meanfield.data.encoding.ColumnNames;
import io.meanfield.data.encoding.ColumnRoles;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.encoding.Vocabulary;
import io.meanfield.data.frame.FrameSource;
import io.meanfield.data.source.ReadContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;

/**
 * Rows of a frame, which are read as training read its own: those that cannot be used are refused
 * or skipped as then. Driver only.
 *
 * @param features the only column of features; empty if they have the names of the training
 * @param frame with the model's columns of features
 */
record ModelRows(TrainedNetwork trained, Optional<String> features, Dataset<?> frame) {
  /**
   * The column that a model predicts.
   *
   * @param isClass whether it is a class, not a number
   */
  record Label(String column, boolean isClass) {}

  /** Opens the rows with their labels. */
  io.meanfield.data.Dataset labelled(Label label) {
    return open(Optional.of(label), context(trained.encoder().encoder()).withTargets());
  }

  /** Opens the rows without labels and with the values before their preprocessing. */
  io.meanfield.data.Dataset raw() {
    return open(Optional.empty(), context(trained.encoder().encoder().unscaled()));
  }

  private ReadContext context(TableEncoder encoder) {
    return ReadContext.of(
            JavaSparkContext.fromSparkContext(frame.sparkSession().sparkContext()),
            trained.network().settings().labelClasses())
        .withEncoder(Optional.of(encoder))
        .withBadRows(trained.fit().badRows());
  }

  private io.meanfield.data.Dataset open(Optional<Label> label, ReadContext context) {
    List<Column> selected = new ArrayList<>();
    for (String name : trained.encoder().columns()) {
      selected.add(ColumnNames.named(features.orElse(name)).as(name));
    }
    label.map(Label::column).map(ColumnNames::named).ifPresent(selected::add);
    return new FrameSource(
            frame.select(selected.toArray(Column[]::new)), roles(label), TrainingFrame.DISPLAY)
        .open(context);
  }

  private ColumnRoles roles(Optional<Label> label) {
    TableEncoder encoder = trained.encoder().encoder();
    return new ColumnRoles(
        Optional.empty(),
        Optional.of(encoder.features()),
        encoder.categorical().stream().map(Vocabulary::column).toList(),
        label.filter(Label::isClass).map(Label::column),
        label.filter(found -> !found.isClass()).map(Label::column).stream().toList(),
        encoder.handleUnknown());
  }
}
