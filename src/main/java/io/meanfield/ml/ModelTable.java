package io.meanfield.ml;

import io.meanfield.json.Json;
import io.meanfield.pipeline.run.ColumnsTable;
import io.meanfield.pipeline.train.FitRecord;
import io.meanfield.report.page.Page;
import io.meanfield.store.file.FileContent;
import io.meanfield.store.table.RowTable;
import io.meanfield.train.history.History;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.classification.ClassificationModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/** A table about a model, or of what the model is registered for. Driver only. */
enum ModelTable {
  /** The table {@code epochs} of a run. */
  HISTORY {
    @Override
    Dataset<Row> of(TrainedModel<?> model, Dataset<?> frame) {
      FitRecord fit = model.trained().fit();
      return History.epochs(frame.sparkSession(), fit.epochs(), fit.bestEpoch(), fit.monitor());
    }
  },
  /** The table {@code columns} of a run. */
  COLUMNS {
    @Override
    Dataset<Row> of(TrainedModel<?> model, Dataset<?> frame) {
      return ColumnsTable.frame(frame.sparkSession(), model.trained().fit().columns());
    }
  },
  /** The summary of the training, in one row. */
  SUMMARY {
    @Override
    Dataset<Row> of(TrainedModel<?> model, Dataset<?> frame) {
      return TrainingSummary.TABLE.frame(frame.sparkSession(), List.of(model.summary()));
    }
  },
  /** The page of the fit as HTML, in one row. */
  REPORT {
    @Override
    Dataset<Row> of(TrainedModel<?> model, Dataset<?> frame) {
      return PAGES.frame(frame.sparkSession(), List.of(model.page()));
    }
  },
  /** The model as ONNX, and the description of the file as JSON, in one row. */
  ONNX {
    @Override
    Dataset<Row> of(TrainedModel<?> model, Dataset<?> frame) {
      return FILES.frame(frame.sparkSession(), List.of(model.onnx(frame)));
    }
  },
  /** The table {@code importance} of a run. */
  IMPORTANCES {
    @Override
    Dataset<Row> of(TrainedModel<?> model, Dataset<?> frame) {
      return model.columnImportances(frame);
    }
  },
  /** What the command {@code evaluate} measures, with a row for each metric. */
  EVALUATION {
    @Override
    Dataset<Row> of(TrainedModel<?> model, Dataset<?> frame) {
      return METRICS.frame(frame.sparkSession(), List.copyOf(model.evaluate(frame).entrySet()));
    }
  },
  /** The columns that the model takes as a function of SQL, of the name in the only row. */
  FUNCTION {
    @Override
    Dataset<Row> of(TrainedModel<?> model, Dataset<?> frame) {
      SparkSession spark = frame.sparkSession();
      String name = frame.toDF().first().getString(0);
      boolean hasClasses = model instanceof ClassificationModel;
      return COLUMNS_OF_FUNCTION.frame(
          spark, RowFunction.register(spark, name, model.trained(), hasClasses));
    }
  };

  private static final RowTable<Map.Entry<String, Double>> METRICS =
      RowTable.<Map.Entry<String, Double>>named("metrics")
          .column("metric", DataTypes.StringType, Map.Entry::getKey)
          .column("value", DataTypes.DoubleType, Map.Entry::getValue);

  private static final RowTable<String> COLUMNS_OF_FUNCTION =
      RowTable.<String>named("columns").column("column", DataTypes.StringType, name -> name);
  private static final RowTable<OnnxFile> FILES =
      RowTable.<OnnxFile>named("files")
          .column("content", DataTypes.BinaryType, OnnxFile::content)
          .column("record", DataTypes.StringType, file -> Json.text(file.record()));
  private static final RowTable<Page> PAGES =
      RowTable.<Page>named("pages").column("html", DataTypes.StringType, ModelTable::html);

  private static String html(Page page) {
    try {
      FileContent content = page::write;
      return new String(content.bytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write into memory", e);
    }
  }

  static List<String> ids() {
    return Arrays.stream(values()).map(ModelTable::id).toList();
  }

  static Optional<ModelTable> named(String id) {
    return Arrays.stream(values()).filter(table -> table.id().equals(id)).findFirst();
  }

  private String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the table.
   *
   * @param frame with labels, for a table that measures the model; with the name of a function,
   *     which is registered in its session; else only its session counts
   */
  abstract Dataset<Row> of(TrainedModel<?> model, Dataset<?> frame);
}
