package io.meanfield.pipeline.train;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.meanfield.data.column.ColumnUse;
import io.meanfield.data.source.BadRows;
import io.meanfield.pipeline.page.RunPage;
import io.meanfield.pipeline.run.ColumnsTable;
import io.meanfield.report.page.Page;
import io.meanfield.store.Manifest;
import io.meanfield.store.Status;
import io.meanfield.train.history.EarlyStopping;
import io.meanfield.train.history.EpochResult;
import io.meanfield.train.history.History;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is known of a fit besides its model: what the manifest, the status and the tables of a run
 * tell.
 *
 * @param epochs in order
 * @param bestEpoch the number of the best epoch
 * @param monitor the name of the metric by which epochs are compared
 * @param columns what the columns of the table are for
 * @param manifest as in run.json, without the fingerprint of the data unless the fit is a run
 * @param status as in status.json
 */
public record FitRecord(
    List<EpochResult> epochs,
    int bestEpoch,
    String monitor,
    List<ColumnUse> columns,
    Map<String, Object> manifest,
    Status status) {
  private static final String BAD_ROWS = "settings.data.bad-rows";

  static FitRecord of(
      Manifest manifest, Status status, List<EpochResult> epochs, TrainingExamples examples) {
    EarlyStopping earlyStopping = examples.settings().train().earlyStopping();
    return new FitRecord(
        epochs,
        earlyStopping.best(epochs).epoch(),
        earlyStopping.monitor().metric(),
        examples.data().findings().columns(),
        manifest.json().root().unwrapped(),
        status);
  }

  /** Returns the setting of the fit for rows that cannot be used. */
  public BadRows badRows() {
    Config settings = ConfigFactory.parseMap(manifest);
    return settings.hasPath(BAD_ROWS)
        ? BadRows.valueOf(settings.getString(BAD_ROWS).toUpperCase(Locale.ROOT))
        : BadRows.REFUSE;
  }

  /** Returns the page, as of a run with these tables. */
  public Page page(String title) {
    return RunPage.of(
        title,
        new Manifest(ConfigFactory.parseMap(manifest)),
        status,
        Map.of(
            "epochs", History.stored(epochs, bestEpoch, monitor),
            "columns", ColumnsTable.stored(columns)));
  }
}
