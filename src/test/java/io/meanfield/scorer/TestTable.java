package io.meanfield.scorer;

import io.meanfield.data.column.ColumnScaling;
import io.meanfield.data.column.DatePart;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.TextForm;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.encoding.ColumnRoles.HandleUnknown;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.encoding.Vocabulary;
import io.meanfield.evaluate.metric.PredictedColumns;
import io.meanfield.export.input.ModelInput;
import io.meanfield.export.onnx.OnnxModel;
import io.meanfield.network.Engine;
import io.meanfield.network.Intervals;
import io.meanfield.network.Loss;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.TaskType;
import io.meanfield.network.Threshold;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Dense;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A table with a column of each kind, and a network with random weights that reads it. */
public record TestTable(HandleUnknown unknown) {
  static final List<String> LABELS = List.of("no", "yes");

  public TableEncoder encoder() {
    TreeMap<String, TextForm> forms = new TreeMap<>();
    forms.put("price", new TextForm("1,234.5", 0, "$"));
    forms.put("born", new TextForm("d.M.yyyy", 0, ""));
    return new TableEncoder(
        List.of(
            FeatureColumn.plain("plain"),
            FeatureColumn.number(
                "price", ValueType.NUMBER, true, new ColumnScaling(5, 2), List.of(9.0), true),
            FeatureColumn.number(
                "open", ValueType.BOOLEAN, false, ColumnScaling.NONE, List.of(), false),
            time("seen", ValueType.TIMESTAMP),
            time("born", ValueType.DATE)),
        List.of(
            new Vocabulary("kind", List.of("a", "b", "c")),
            new Vocabulary("store", List.of("1", "2", "3"))),
        unknown,
        List.of(new Vocabulary("y", LABELS)),
        List.of(),
        forms);
  }

  private static FeatureColumn time(String name, ValueType type) {
    return new FeatureColumn(
        name,
        type,
        false,
        new ColumnScaling(8_000, 1_000),
        List.of(),
        List.of(8_000.0),
        true,
        DatePart.cyclic(type),
        List.of());
  }

  Model model() {
    return model(1);
  }

  public Model model(long seed) {
    NetworkSettings network =
        new NetworkSettings(
            List.of(encoder().inputs()),
            List.of(new Dense(16, Activation.TANH), new Dense(1, Activation.SIGMOID)),
            Loss.BINARY_CROSSENTROPY,
            new Optimizer.Sgd(0.1));
    return Model.untrained(network, seed).withEngine(Engine.TORCH);
  }

  byte[] onnx() {
    return new OnnxModel(model(), new ModelInput.Columns(encoder()), LABELS).file("1.0", Map.of());
  }

  static PredictedColumns predictions() {
    return new PredictedColumns(
        TaskType.BINARY, 1, true, Threshold.DEFAULT, Intervals.NONE, LABELS, List.of());
  }

  Scorer scorer() {
    return Scorer.of(onnx(), encoder(), predictions());
  }
}
